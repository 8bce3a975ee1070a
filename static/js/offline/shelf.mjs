// @ts-check
// What this browser keeps, on the page that says so; the same page stands in for one that it has not.
import { ask } from "./asking.mjs";

const list = document.querySelector(".shelf");
const nothing = document.querySelector(".nothing");

/** @param {{issue: string, title: string, saved: boolean, pages: number}} kept */
function row(kept) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const told = document.createElement("span");
  const button = document.createElement("button");
  link.href = kept.issue;
  link.textContent = kept.title;
  told.className = "meta";
  told.textContent = `${kept.saved ? "整期" : "看过的"} · ${kept.pages} 页`;
  button.type = "button";
  button.className = "link";
  button.textContent = "删除";
  button.setAttribute("aria-label", `删除 ${kept.title}`);
  button.addEventListener("click", async () => {
    await ask("forget", { issue: kept.issue });
    await show();
  });
  item.append(link, " ", told, " ", button);
  return item;
}

async function show() {
  const kept = (await ask("list")).filter((each) => each.pages);
  list.replaceChildren(...kept.map(row));
  list.hidden = !kept.length;
  nothing.hidden = Boolean(kept.length);
}

document.querySelector(".stands-in").hidden = location.pathname === "/offline/";
if (navigator.serviceWorker?.controller) show().catch(() => {});
