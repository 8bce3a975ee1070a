// @ts-check
// Who else has this text open, and whether it was changed meanwhile: asked every half minute.
const page = document.querySelector("[data-presence]");
const others = document.querySelector("[data-others]");

async function beat() {
  try {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await fetch(page.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) return;
    const now = await answer.json();
    const changed = now.digest === page.dataset.digest ? "" : page.dataset.changed;
    others.textContent = [now.others, changed].filter(Boolean).join("");
    others.hidden = !others.textContent;
  } catch {
    // Without a network there is nothing to tell; the next beat tries again.
  }
}
if (others) {
  setInterval(() => document.visibilityState === "visible" && beat(), 30_000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && beat());
}
