// @ts-check
// Notes beside the text on a wide screen, in a window of their own on a phone. Without this the
// numbers lead to the list at the end, and its arrows back.
const body = document.querySelector(".reading .body");
const marks = body ? [...body.querySelectorAll("a.note")] : [];
const wide = matchMedia("(min-width: 80em)");
const large = ["elder", "size"]; // large type leaves no margin
/** @type {Map<string, HTMLElement>} */
const beside = new Map();
let shown;
let from; // the number that opened the window

/** @param {HTMLAnchorElement} mark */
function noteOf(mark) {
  return document.getElementById(mark.hash.slice(1));
}

/** @param {HTMLElement} note */
function copyOf(note) {
  const copy = note.cloneNode(true);
  copy.querySelector(".back")?.remove();
  const held = document.createElement("div");
  held.append(...copy.childNodes);
  return held;
}

function hasMargin() {
  const { dataset } = document.documentElement;
  return wide.matches && !large.some((name) => name === "elder" ? name in dataset : Number(dataset[name]) > 3);
}

// Each as high as its mark, or below the one before.
function lay() {
  const isBeside = hasMargin();
  body.classList.toggle("with-margin", isBeside);
  if (!isBeside) return;
  let free = 0;
  const { top } = body.getBoundingClientRect();
  for (const mark of marks) {
    const aside = beside.get(mark.hash);
    if (!aside || aside.dataset.of !== mark.id) continue;
    const wanted = mark.getBoundingClientRect().top - top;
    const at = Math.max(wanted, free);
    aside.style.top = `${at}px`;
    free = at + aside.offsetHeight + 12;
  }
}

function putBeside() {
  for (const mark of marks) {
    const note = noteOf(mark);
    if (!note || !mark.id || beside.has(mark.hash)) continue;
    const aside = document.createElement("aside");
    const number = document.createElement("b");
    aside.className = "beside";
    aside.dataset.of = mark.id;
    aside.setAttribute("aria-hidden", "true"); // it is read in the list
    number.textContent = mark.textContent;
    const copy = copyOf(note);
    for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
    aside.append(number, copy);
    body.append(aside);
    beside.set(mark.hash, aside);
  }
}

function openWindow(mark, note) {
  shown ??= made();
  const shut = shown.querySelector("button");
  shown.replaceChildren(copyOf(note), shut);
  shown.setAttribute("aria-label", `注${mark.textContent}`);
  from = mark;
  shown.showPopover();
  shut.focus({ preventScroll: true });
}

function made() {
  const window = document.createElement("div");
  const shut = document.createElement("button");
  window.className = "note-window";
  window.popover = "auto";
  window.setAttribute("role", "dialog");
  shut.type = "button";
  shut.textContent = "关闭";
  shut.addEventListener("click", () => window.hidePopover());
  window.addEventListener("toggle", ({ newState }) => {
    if (newState === "closed") from.focus({ preventScroll: true });
  });
  window.append(shut);
  document.body.append(window);
  return window;
}

export function show() {
  if (!marks.length) return;
  putBeside();
  lay();
  new ResizeObserver(lay).observe(body);
  document.fonts?.ready.then(lay);
  body.addEventListener("click", (event) => {
    const mark = event.target.closest("a.note");
    const note = mark && noteOf(mark);
    if (!note) return;
    if (hasMargin() && beside.has(mark.hash)) {
      event.preventDefault();
      for (const each of beside.values()) each.classList.toggle("meant", each === beside.get(mark.hash));
    } else if ("popover" in HTMLElement.prototype) {
      event.preventDefault();
      openWindow(mark, note);
    }
  });
}
