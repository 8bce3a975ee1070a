// @ts-check
// Tells the service worker what is read, and offers to keep a whole issue for the train.
import { ask } from "./asking.mjs";

const issue = document.querySelector("[data-keeps]");
const box = document.querySelector(".keep");

/** Of what has come: what is still to be seen may never be. */
function pictures() {
  const shown = [...document.images].filter((image) => image.complete && image.naturalWidth);
  return shown.map((image) => new URL(image.currentSrc, location.href).pathname);
}

async function tellWhatIsRead() {
  if (!issue) return;
  await ask("opened", {
    path: location.pathname,
    issue: issue.dataset.keeps,
    title: issue.dataset.label,
    pictures: pictures(),
    isSparing: Boolean(navigator.connection?.saveData),
  });
}

async function showWhetherItIsKept() {
  const kept = await ask("list");
  const own = kept.find((each) => each.issue === box.dataset.issue);
  box.hidden = false;
  box.classList.toggle("saved", Boolean(own?.saved));
  box.querySelector("button").textContent = own?.saved ? "从本机删除这一期" : "保存整期";
}

async function saveOrForget() {
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  button.disabled = true;
  try {
    if (box.classList.contains("saved")) await ask("forget", { issue: box.dataset.issue });
    else {
      navigator.storage?.persist?.();
      await ask("save", { issue: box.dataset.issue }, (done, of) => (status.textContent = `正在保存 ${done} / ${of}`));
      status.textContent = "已保存，没有网络也能读。";
    }
  } catch {
    status.textContent = "没有保存完：请检查网络和本机的剩余空间，再点一次。";
  }
  button.disabled = false;
  await showWhetherItIsKept();
}

async function begin() {
  await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  addEventListener("online", () => ask("look"));
  if (box) {
    box.querySelector("button").addEventListener("click", saveOrForget);
    await showWhetherItIsKept();
  }
  await tellWhatIsRead();
}

// Not before the page is there, nor for one that is only prepared.
function whenRead(then) {
  const whenThere = () => (document.readyState === "complete" ? then() : addEventListener("load", then, { once: true }));
  if (document.prerendering) document.addEventListener("prerenderingchange", whenThere, { once: true });
  else whenThere();
}

if ("serviceWorker" in navigator) whenRead(() => begin().catch(() => {})); // without: as ever
