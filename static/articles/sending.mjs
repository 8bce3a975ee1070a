// One sending for one click, and no word lost by leaving the page.
import { form } from "./manuscript.mjs";

const saving = form.querySelector("[data-saving]");
let changed = false;
let sending = false;
form.addEventListener("input", () => (changed = true));
document.addEventListener("editorchange", () => (changed = true));
form.addEventListener("submit", (event) => {
  if (sending) {
    event.preventDefault();
    return;
  }
  sending = true;
  saving.textContent = "正在保存……";
});
// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", () => {
  sending = false;
  saving.textContent = "";
});
window.addEventListener("beforeunload", (event) => {
  if (changed && !sending) event.preventDefault();
});
form.querySelector("[data-faults]")?.focus();
