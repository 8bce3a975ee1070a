// @ts-check
// One sending for one click, and no word lost by leaving the page.
import { isQuiet, isSafe, settle } from "./autosave.mjs";
import { csrfToken, form } from "./manuscript.mjs";
import { keep } from "./keeping.mjs";

const saving = form.querySelector("[data-saving]");
let sending = false;
let isSettled = false;

// First by itself, so that a server which does not answer costs no page; then by the button.
form.addEventListener("submit", (event) => {
  if (isSettled) return;
  if (sending) return event.preventDefault();
  sending = true;
  saving.textContent = "正在保存……";
  if (isQuiet()) return renew();
  event.preventDefault();
  settle().then((settled) => {
    sending = isSettled = settled;
    if (settled) setTimeout(send, 0, event.submitter); // the form is deaf while its event lasts
  });
});

function send(submitter) {
  renew();
  form.requestSubmit(submitter);
}

// Signing in again, in another tab, made another token.
function renew() {
  form.querySelector("[name=csrfmiddlewaretoken]").value = csrfToken();
}

// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", ({ persisted }) => {
  sending = isSettled = false;
  if (persisted) saving.textContent = "";
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && !isSafe() && !keep()) event.preventDefault();
});
form.querySelector("[data-faults]")?.focus();
