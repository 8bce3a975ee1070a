// One sending for one click, and no word lost by leaving the page.
import { isSafe, settle } from "./autosave.mjs";
import { csrfToken, form } from "./manuscript.mjs";
import { keep } from "./keeping.mjs";

const saving = form.querySelector("[data-saving]");
let sending = false;
let isSettled = false;

// First by itself, so that a server which does not answer costs no page; then by the button.
form.addEventListener("submit", async (event) => {
  if (isSettled) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  saving.textContent = "正在保存……";
  isSettled = await settle();
  sending = isSettled;
  if (!isSettled) return;
  form.querySelector("[name=csrfmiddlewaretoken]").value = csrfToken();
  setTimeout(() => form.requestSubmit(event.submitter)); // it is deaf while this event lasts
});
// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", ({ persisted }) => {
  sending = isSettled = false;
  if (persisted) saving.textContent = "";
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && !isSafe() && !keep()) event.preventDefault();
});
form.querySelector("[data-faults]")?.focus();
