// @ts-check
// One sending for one click: what is on its way is not sent again, and its buttons say so.
// The server refuses a second sending by itself; this spares people the refusal.
const LONGEST = 15_000; // where no answer comes, the buttons come back

for (const form of document.querySelectorAll("form[data-once]")) {
  let sending = false;
  // Not `disabled`: what is disabled is not sent, and the button's value says what was pressed.
  const set = (isOnItsWay) => {
    sending = isOnItsWay;
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (isOnItsWay) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  };
  form.addEventListener("submit", (event) => {
    if (sending) return event.preventDefault();
    set(true);
    setTimeout(set, LONGEST, false);
  });
  // Back from the next page, the form may be sent again.
  window.addEventListener("pageshow", () => set(false));
}
