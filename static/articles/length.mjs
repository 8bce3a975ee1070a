// @ts-check
// The live count: the characters that `articles.bodies.html.length` counts, beside the section's usual length.
import { body, form, whenReady } from "./manuscript.mjs";

const shown = form.querySelector("[data-counted]");
const output = shown.querySelector("[data-length]");
const usual = shown.querySelector("[data-usual]");

// What the server takes out before it counts: elements without words for readers, and what nobody sees.
const DROPPED = "script, style, noscript, template, title, iframe, object, textarea, select, xmp, noframes";
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNSEEN = /[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}/gu;

export function lengthOf(html) {
  const words = new DOMParser().parseFromString(html, "text/html");
  words.querySelectorAll(DROPPED).forEach((element) => element.remove());
  return [...words.documentElement.textContent.replace(UNSEEN, "")].length;
}

function show() {
  const length = lengthOf(body.html);
  output.textContent = length;
  const section = form.querySelector("[name=section]:checked")?.closest("[data-usual]")?.dataset;
  usual.textContent = section ? `，这个栏目一般 ${section.usual}` : "";
  shown.classList.toggle("outside", Boolean(section && length && (length < section.shortest || (section.longest && length > section.longest))));
}

// Reading a long text out of the editor takes some milliseconds: not at every key.
let timer;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(show, 250);
}

document.addEventListener("editorchange", soon);
form.addEventListener("input", soon);
whenReady(show);
