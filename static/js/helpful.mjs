// @ts-check
// 有帮助 is said without leaving the page; without a network the form goes its own way.
for (const form of document.querySelectorAll("form[data-helpful]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(button.name ? { [button.name]: button.value } : {});
    button.setAttribute("aria-disabled", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "text/plain" },
      });
      const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain");
      const said = form.closest(".letters").querySelector(".said");
      said.textContent = isPlain ? await answer.text() : "没有记下，请过一会儿再点。";
    } catch {
      form.submit();
    }
  });
}
