// @ts-check
// What the proofreading aid finds in the text as it was last saved. It waits, folded, beside the text:
// nobody is interrupted while writing.
import { form } from "./manuscript.mjs";

const place = form.querySelector("[data-second-look]");
let newest = 0;
let last = "";

async function refresh() {
  const mine = ++newest;
  const response = await fetch(`/submissions/${form.dataset.article}/second-look/`).catch(() => null);
  if (!response?.ok || response.redirected) return; // what stands there stays; the next saving asks again
  const found = await response.text();
  if (mine !== newest || found === last) return;
  const wasOpen = place.querySelector("details")?.open;
  place.innerHTML = last = found;
  if (wasOpen && found) place.querySelector("details").open = true;
}

form.addEventListener("saved", refresh);
