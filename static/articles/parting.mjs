// @ts-check
// A page that is reloaded while its last words are on their way is made before they arrive: it would
// take its own words for another page's. So a page that parts notes what it sent, and the next one in
// the same tab waits for it.
import { essence } from "./essence.mjs";
import { field, form, pairsOf, written } from "./manuscript.mjs";

const NAME = `parting:${form.dataset.writer}`;
const FRESH = 30_000; // ms: what did not arrive by then never left
const WAITS = [200, 500, 1000, 1500];

export function note() {
  const sent = { article: form.dataset.article, base: field("base").value, at: Date.now(), pairs: written() };
  try {
    sessionStorage.setItem(NAME, JSON.stringify(sent));
  } catch {
    // The copy in the other storage is offered, as after any crash.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Nothing is in a storage that is closed.
  }
}

function noted() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME));
  } catch {
    return null;
  }
}

// What this tab sent for the text that the page still shows; null where nothing is on its way.
export function underway() {
  const sent = noted();
  forget();
  const isOurs = sent?.article && sent.article === form.dataset.article && sent.base === field("base").value;
  return isOurs && Date.now() - sent.at < FRESH && essence(sent.pairs) !== essence(written()) ? sent : null;
}

// The base under which the server has it; "" where it has not come, or somebody else's has.
export async function arrived(sent) {
  for (const wait of WAITS) {
    await new Promise((done) => {
      setTimeout(done, wait);
    });
    const there = await present();
    const base = there?.elements.namedItem("base").value;
    if (base && base !== sent.base) return essence(pairsOf(there)) === essence(sent.pairs) ? base : "";
  }
  return "";
}

async function present() {
  try {
    const response = await fetch(form.getAttribute("action"), { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("[data-manuscript]");
  } catch {
    return null;
  }
}
