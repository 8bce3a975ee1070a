// One sending for one click: what is on its way is not sent again.
for (const form of document.querySelectorAll("form[data-once]")) {
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (sending) event.preventDefault();
    sending = true;
  });
  // Back from the next page, the form may be sent again.
  window.addEventListener("pageshow", () => (sending = false));
}
