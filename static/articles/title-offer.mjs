// @ts-check
// A text that was pasted whole may begin with its title: the first line is offered as one, never taken.
import { body, field } from "./manuscript.mjs";

const offer = document.querySelector("[data-title-offer]");
const title = field("title");
const LONGEST = 40;
const NUMBERED = /^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(]|第.{1,3}[章节条]|\d+[.．、)）]|[◎●○◆■•])/;

const parsed = () => new DOMParser().parseFromString(body.html, "text/html").body;
const wordsOf = (element) => element.textContent.replace(/\s+/g, " ").trim();

// The words of the first line, where it stands apart from a text below it as titles do.
function firstLine() {
  const [first, ...others] = parsed().children;
  if (!first?.matches("p, h2, h3, h4") || first.querySelector("br, img")) return "";
  const words = wordsOf(first);
  const isShort = words.length > 1 && words.length <= LONGEST;
  const isSentence = /[。！？；，：,;:…]$/.test(words) || words.includes("。");
  const hasText = others.some((each) => wordsOf(each).length > words.length);
  return isShort && !isSentence && !NUMBERED.test(words) && hasText ? words : "";
}

function show(words) {
  offer.hidden = !words;
  offer.querySelector("[data-title-words]").textContent = words;
}

// Unless the first line is another by now.
function take() {
  const all = parsed();
  const words = offer.querySelector("[data-title-words]").textContent;
  if (all.firstElementChild && wordsOf(all.firstElementChild) === words) {
    all.firstElementChild.remove();
    body.html = all.innerHTML;
    title.value = words;
    title.dispatchEvent(new Event("input", { bubbles: true }));
    title.focus();
  }
  show("");
}

offer.querySelector("[data-title-take]").addEventListener("click", take);
offer.querySelector("[data-title-leave]").addEventListener("click", () => show(""));
title.addEventListener("input", () => show(""));
document.addEventListener("pastedwhole", () => show(title.value.trim() ? "" : firstLine()));
