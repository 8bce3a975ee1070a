// @ts-check
// The admin's box of suggestions is named by what is chosen in it, so an empty one has no name:
// it gets that of its field. Without JavaScript there is no such box.
function name(box) {
  const select = box.previousElementSibling;
  const label = select?.labels?.[0]?.textContent.trim().replace(/[:：]$/, "");
  if (!label) return;
  for (const part of box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
    part.setAttribute("aria-label", label);
    if (part.getAttribute("role") === "combobox") {
      // The name of the field first, then what is chosen.
      part.removeAttribute("aria-labelledby");
      const chosen = part.querySelector("[role=textbox]")?.textContent.trim();
      if (chosen) part.setAttribute("aria-label", `${label}：${chosen}`);
    }
  }
}

function nameAll() {
  document.querySelectorAll(".select2-container:has([role=combobox])").forEach(name);
}

if (window.django?.jQuery) {
  const $ = window.django.jQuery;
  $(document).on("change select2:close", "select", () => setTimeout(nameAll));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
  $(nameAll);
}
