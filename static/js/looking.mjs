// @ts-check
// Behind a preview link: a touch on a paragraph, or words that are selected, are what a note is
// about; notes are seen where they belong. The form at the end does without all this.
import { find, textOf } from "../articles/passages.mjs";

const body = document.querySelector(".reading");
const form = document.querySelector("[data-noting]");
const quote = form?.elements.quote;
const AROUND = 30;
const LONGEST = 200;

const offer = document.createElement("button");
offer.type = "button";
offer.className = "button noting";
offer.textContent = "对这一段提意见";
offer.hidden = true;
let choice = null;

function before(node, offset) {
  const range = document.createRange();
  range.setStart(body, 0);
  range.setEnd(node, offset);
  return range.toString().slice(-AROUND);
}

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !body.contains(selection.anchorNode) || !body.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  return { words: selection.toString().trim(), before: before(range.startContainer, range.startOffset) };
}

function choose(what, block) {
  document.querySelector(".looking .chosen")?.classList.remove("chosen");
  block?.classList.add("chosen");
  choice = what;
  offer.hidden = !choice?.words;
}

function begin() {
  quote.value = choice.words.slice(0, LONGEST);
  form.elements.before.value = choice.before;
  offer.hidden = true;
  form.scrollIntoView({ block: "center" });
  form.elements.words.focus({ preventScroll: true });
}

function drawNotes() {
  if (!globalThis.Highlight) return;
  const whole = textOf(body);
  const highlight = new Highlight();
  for (const item of document.querySelectorAll("[data-note]:not(.settled)")) {
    const range = item.dataset.quote ? find(whole, item.dataset.quote, item.dataset.before) : null;
    if (range) highlight.add(range);
  }
  CSS.highlights.set("noted", highlight);
}

if (body && quote) {
  document.body.classList.add("scripted");
  document.body.append(offer);
  const how = document.querySelector("[data-how]");
  how.textContent = "点文中的一段，或选中几个字，再点“对这一段提意见”。";
  body.addEventListener("click", (event) => {
    const block = event.target.closest(".body > :is(p, h2, h3, h4, blockquote, ul, ol), .standfirst");
    if (!block || event.target.closest("a, button, summary") || selected()) return;
    choose({ words: block.innerText.trim(), before: before(block, 0) }, block);
  });
  document.addEventListener("selectionchange", () => {
    const words = selected();
    if (words) choose(words, null);
  });
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  offer.addEventListener("click", begin);
  quote.addEventListener("input", () => {
    form.elements.before.value = "";
  });
  drawNotes();
}
