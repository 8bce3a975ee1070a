// @ts-check
// 送看: the address of a link is copied by a button; without scripts it is selected and copied.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.parentElement.querySelector("input");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "已复制";
  });
  field.addEventListener("focus", () => field.select());
}
