// @ts-check
// The review page: comments beside their passages, keys, who else has the manuscript open.
// Everything here only helps with what the page's forms do anyway.
import { find, textOf } from "../articles/passages.mjs";

const page = document.querySelector("[data-review]");
const body = page.querySelector(".manuscript .body");
const commenting = page.querySelector("[data-commenting]");
document.documentElement.classList.add("scripted");

// A click on what was found shows where it stands in the text.
function leadToFindings() {
  if (!body || !globalThis.Highlight) return;
  for (const item of page.querySelectorAll("[data-finding]")) {
    item.querySelector(".passage").addEventListener("click", () => {
      const range = find(textOf(body), item.dataset.quote, item.dataset.before);
      if (!range) return;
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
      CSS.highlights.set("comment-shown", new Highlight(range));
    });
  }
}

function markComments() {
  if (!body || !globalThis.Highlight) return;
  const whole = textOf(body);
  const highlight = new Highlight();
  for (const item of page.querySelectorAll("[data-comment][data-quote]")) {
    const range = find(whole, item.dataset.quote, item.dataset.before);
    if (!range) continue;
    if (!item.classList.contains("settled")) highlight.add(range);
    const quote = item.querySelector("blockquote");
    quote.tabIndex = 0;
    quote.title = "看原文";
    const show = () => {
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
      CSS.highlights.set("comment-shown", new Highlight(range));
    };
    quote.addEventListener("click", show);
    quote.addEventListener("keydown", (event) => event.key === "Enter" && show());
  }
  CSS.highlights.set("comment", highlight);
}

// Selecting
const float = document.querySelector("[data-float]");
function chosen() {
  const selection = getSelection();
  if (!body || !commenting || selection.isCollapsed || !body.contains(selection.anchorNode) || !body.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { quote: selection.toString().trim(), before: before.toString().slice(-30), range };
}
function offer() {
  const choice = chosen();
  float.hidden = !choice?.quote;
  if (float.hidden) return;
  const box = choice.range.getBoundingClientRect();
  float.style.left = `${Math.min(box.left + scrollX, innerWidth - 90)}px`;
  float.style.top = `${box.bottom + scrollY + 6}px`;
}
function begin() {
  const choice = chosen();
  if (choice?.quote) {
    commenting.elements.quote.value = choice.quote.slice(0, 200);
    commenting.elements.before.value = choice.before;
  }
  float.hidden = true;
  commenting.elements.words.focus();
}
document.addEventListener("selectionchange", offer);
float.addEventListener("pointerdown", (event) => event.preventDefault());
float.addEventListener("click", begin);
commenting?.elements.quote.addEventListener("input", () => (commenting.elements.before.value = ""));

// A kind letter goes into the opinion, to be changed there.
const letters = page.querySelector("[data-letters]");
letters?.addEventListener("change", () => {
  const opinion = page.querySelector("#id_opinion");
  const written = [...letters.options].every((option) => option.dataset.words !== opinion.value) && opinion.value.trim();
  const words = letters.selectedOptions[0].dataset.words ?? "";
  opinion.value = written && words ? `${opinion.value}\n\n${words}` : words || opinion.value;
});

// Keys
const ACTIONS = { p: ["pass", "receive", "reopen"], r: ["return"], h: ["hold"], x: ["reject"] };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (key === "c" && commenting) {
    event.preventDefault();
    begin();
    return;
  }
  const names = ACTIONS[key] ?? [];
  const target = names.map((name) => page.querySelector(`[data-action="${name}"]`)).find(Boolean) ?? page.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "nearest" });
  if (target.matches("a")) target.click();
  else target.focus();
});

markComments();
leadToFindings();
