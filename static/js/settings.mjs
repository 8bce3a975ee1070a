// @ts-check
// The reader's settings: theme, type size, face, 长辈版. Kept in this browser, nowhere else.
const root = document.documentElement;
const panel = document.querySelector(".settings");
const elder = document.querySelector(".elder-switch");
const larger = elder.textContent;

function keep() {
  const { theme, size, face, elder: large, contrast, ruler } = root.dataset;
  try {
    const kept = { theme, size, face, elder: large, contrast, ruler };
    localStorage.setItem("reading", JSON.stringify(kept));
  } catch {
    // Not kept, but it holds for this page.
  }
}

function choose(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  keep();
  rule();
}

// Both belong to 长辈版, and wait for its return.
function rule() {
  const isOn = "elder" in root.dataset && root.dataset.ruler === "on";
  if (isOn || document.querySelector(".ruler")) {
    import("./ruler.mjs").then((part) => part.show(isOn), () => {});
  }
}

function showElder() {
  elder.textContent = "elder" in root.dataset ? elder.dataset.back : larger;
}

function close(event) {
  const outside = event.type === "click" && !panel.contains(event.target);
  const escaped = event.type === "keydown" && event.key === "Escape" && panel.open;
  if (escaped) panel.querySelector("summary").focus();
  if (outside || escaped) panel.open = false;
}

for (const input of panel.querySelectorAll("input")) {
  input.checked = input.value === (root.dataset[input.name] ?? "");
}
panel.addEventListener("change", ({ target }) => {
  const isOff = target.type === "checkbox" && !target.checked;
  choose(target.name, isOff ? "" : target.value);
});
document.addEventListener("click", close);
document.addEventListener("keydown", close);
elder.addEventListener("click", () => {
  choose("elder", "elder" in root.dataset ? "" : "on");
  showElder();
});
showElder();
rule();
