// @ts-check
// An article read aloud, sentence by sentence, each marked while it is heard. Only voices that are
// on the machine: the text goes nowhere.
const READ = "h1, .standfirst, .body :is(p, h2, h3, h4, li, figcaption, blockquote, caption, td, th)";
const INNERMOST = ":is(p, li, blockquote)";
const SENTENCE = /[^。！？!?；;…]+[。！？!?；;…]*[”’」』）)]*/g;
const RATES = [0.8, 1, 1.2, 1.5];
/** @type {Array<{range: Range, words: string, block: Element}>} */
const sentences = [];
const bar = document.createElement("div");
const status = document.createElement("span");
const pause = button("暂停", toggle);
const rate = button("语速 1", faster);
let at = -1;
let run = 0; // an utterance that was cut off ends too, and must not go on
let speed = 1;

function button(words, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", does);
  return made;
}

/** The text of a block without the numbers of notes. @param {Element} block */
function* textsIn(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const outside = walker.currentNode.parentElement.closest("sup, .beside, .back, [aria-hidden]");
    if (!outside || !block.contains(outside)) yield walker.currentNode;
  }
}

function gather() {
  for (const block of document.querySelector(".reading").querySelectorAll(READ)) {
    if (block.querySelector(INNERMOST) || block.closest(".beside")) continue;
    const texts = /** @type {Text[]} */ ([...textsIn(block)]);
    const whole = texts.map((text) => text.data).join("");
    for (const found of whole.matchAll(SENTENCE)) {
      if (!/[\p{L}\p{N}]/u.test(found[0])) continue;
      const range = document.createRange();
      range.setStart(...place(texts, found.index));
      range.setEnd(...place(texts, found.index + found[0].length, true));
      sentences.push({ range, words: found[0].trim(), block });
    }
  }
}

/** @param {Text[]} texts @param {number} index @param {boolean} [isEnd] @returns {[Text, number]} */
function place(texts, index, isEnd = false) {
  let left = index;
  for (const text of texts) {
    if (left < text.length || (isEnd && left === text.length)) return [text, left];
    left -= text.length;
  }
  const last = texts.at(-1);
  return [last, last.length];
}

function mark({ range, block }) {
  for (const each of document.querySelectorAll(".spoken")) each.classList.remove("spoken");
  if (CSS.highlights) CSS.highlights.set("spoken", new Highlight(range));
  else block.classList.add("spoken");
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 120) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + top - innerHeight / 3, behavior: calm ? "instant" : "smooth" });
  }
}

function voice() {
  const local = speechSynthesis.getVoices().filter((each) => each.localService);
  return local.find((each) => /^(zh|cmn)[-_](CN|Hans)/i.test(each.lang)) ?? local.find((each) => /^(zh|cmn)/i.test(each.lang));
}

function say(number) {
  if (number < 0 || number >= sentences.length) return end();
  const mine = ++run;
  at = number;
  const utterance = new SpeechSynthesisUtterance(sentences[at].words);
  utterance.voice = voice();
  if (!utterance.voice) return end(); // no other voice gets the text
  utterance.lang = utterance.voice.lang;
  utterance.rate = speed;
  utterance.addEventListener("end", () => mine === run && say(at + 1));
  utterance.addEventListener("error", () => mine === run && end());
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
  mark(sentences[at]);
  pause.textContent = "暂停";
  status.textContent = `${at + 1} / ${sentences.length} 句`;
}

function toggle() {
  const isSpeaking = pause.textContent === "暂停";
  if (isSpeaking) {
    run += 1; // telephones do not know how to pause: the sentence begins again
    speechSynthesis.cancel();
    pause.textContent = "继续";
  } else say(at);
}

function faster() {
  speed = RATES[(RATES.indexOf(speed) + 1) % RATES.length];
  rate.textContent = `语速 ${speed}`;
  if (pause.textContent === "暂停") say(at);
}

function end() {
  run += 1;
  speechSynthesis.cancel();
  CSS.highlights?.delete("spoken");
  for (const each of document.querySelectorAll(".spoken")) each.classList.remove("spoken");
  bar.hidden = true;
}

/** From the first sentence that is in view. */
export function begin() {
  if (!sentences.length) gather();
  const first = sentences.findIndex(({ range }) => range.getBoundingClientRect().bottom > 0);
  bar.hidden = false;
  say(Math.max(0, first));
  pause.focus({ preventScroll: true });
}

bar.className = "speaking";
bar.setAttribute("role", "group");
bar.setAttribute("aria-label", "朗读");
status.className = "count";
bar.append(pause, button("上一句", () => say(Math.max(0, at - 1))), button("下一句", () => say(at + 1)), rate, status, button("停止", end));
document.body.append(bar);
addEventListener("pagehide", end);
