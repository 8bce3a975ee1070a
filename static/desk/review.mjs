// The review page: comments beside their passages, keys, who else has the manuscript open.
// Everything here only helps with what the page's forms do anyway.

const page = document.querySelector("[data-review]");
const body = page.querySelector(".manuscript .body");
const commenting = page.querySelector("[data-commenting]");
document.documentElement.classList.add("scripted");

// The text as one string, with the node that each part of it stands in.
function textOf(root) {
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  return { text, nodes };
}

// Words of a block end where its line ends; the passage that was kept has line ends in it.
const flat = (text) => text.replace(/\s/g, "");

function rangeOf({ nodes }, start, end) {
  const range = document.createRange();
  const at = (offset) => {
    const [from, node] = nodes.findLast(([first]) => first <= offset) ?? nodes[0];
    return [node, Math.min(offset - from, node.data.length)];
  };
  range.setStart(...at(start));
  range.setEnd(...at(end));
  return range;
}

// Where the passage stands, by its words and those before it, spaces aside.
function find(whole, quote, before) {
  const places = [];
  let packed = "";
  for (let index = 0; index < whole.text.length; index += 1) {
    if (/\s/.test(whole.text[index])) continue;
    packed += whole.text[index];
    places.push(index);
  }
  const wanted = flat(quote);
  if (!wanted) return null;
  const context = flat(before);
  let best = null;
  let most = -1;
  for (let at = packed.indexOf(wanted); at >= 0; at = packed.indexOf(wanted, at + 1)) {
    let alike = 0;
    while (alike < context.length && packed[at - 1 - alike] === context[context.length - 1 - alike]) alike += 1;
    if (alike > most) [best, most] = [at, alike];
  }
  return best === null ? null : rangeOf(whole, places[best], places[best + wanted.length - 1] + 1);
}

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
