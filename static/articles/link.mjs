// @ts-check
// A link to pass on: copied, or given to the phone's own list of ways to send.
const part = document.querySelector("[data-link]");
const field = part.querySelector("[data-address]");
const said = part.querySelector("[data-copied]");
const share = part.querySelector("[data-share]");

field.addEventListener("focus", () => field.select());

part.querySelector("[data-copy]").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "链接已复制，粘贴到聊天里发给负责人。";
  } catch {
    // No permission, or plain HTTP: the link is marked, and one key away from being copied.
    field.focus();
    said.textContent = "没能自动复制。链接已经选中，请按 Ctrl+C 或长按复制。";
  }
});

if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ title: document.title, url: field.value });
    } catch {
      // Closed without sending: nothing happened.
    }
  });
}
