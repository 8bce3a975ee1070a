// @ts-check
// 清样: notes, comments and findings drawn where they stand; a click on a paragraph, or words that
// are selected, are what a correction is about. The forms do without all this.
import { find, textOf } from "../articles/passages.mjs";

const page = document.querySelector("[data-galley]");
const text = page.querySelector(".manuscript");
const form = page.querySelector("[data-noting]");
const LONGEST = 200;
const AROUND = 30;

function draw() {
  if (!globalThis.Highlight) return;
  const whole = textOf(text);
  const kinds = { noted: new Highlight(), comment: new Highlight(), finding: new Highlight() };
  for (const item of page.querySelectorAll("[data-comment], [data-place]")) {
    const range = item.dataset.quote ? find(whole, item.dataset.quote, item.dataset.before) : null;
    if (!range) continue;
    if (!item.classList.contains("settled")) kinds[item.dataset.place ?? "noted"].add(range);
    const quote = item.querySelector("blockquote, .passage");
    quote?.addEventListener("click", () => {
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
      CSS.highlights.set("comment-shown", new Highlight(range));
    });
  }
  for (const [name, highlight] of Object.entries(kinds)) CSS.highlights.set(name, highlight);
}

function before(node, offset) {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  return range.toString().slice(-AROUND);
}

function choose(words, start) {
  form.elements.quote.value = words.trim().slice(0, LONGEST);
  form.elements.before.value = start;
}

function selected() {
  const selection = getSelection();
  return !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode) ? selection : null;
}

if (form) {
  text.addEventListener("click", (event) => {
    const block = event.target.closest(".body > :is(p, h2, h3, h4, blockquote, ul, ol), h1, .standfirst");
    const selection = selected();
    if (selection) {
      const range = selection.getRangeAt(0);
      choose(selection.toString(), before(range.startContainer, range.startOffset));
    } else if (block && !event.target.closest("a")) choose(block.innerText, before(block, 0));
    else return;
    form.elements.words.focus({ preventScroll: matchMedia("(min-width: 60em)").matches });
  });
  form.elements.quote.addEventListener("input", () => {
    form.elements.before.value = "";
  });
}
draw();
