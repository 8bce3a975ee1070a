// @ts-check
// Signing in, in another tab, made another token: the cookie has the one that counts.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    const cookie = document.cookie.split("; ").find((each) => /^(__Host-)?csrftoken=/.test(each));
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (cookie && token) token.value = cookie.split("=")[1];
  });
}
