// @ts-check
// The flipbook works by links and native scrolling; this adds keys, buttons, the address of the page
// in view, full screen, a search that stays on the page, and the way back.
import { lastTime, offer, remember, turned } from "./flipbook-way.mjs";

const book = document.querySelector(".leaves");
const leaves = [...book.children];
const turning = document.querySelector(".turning");
const [back, on] = turning.querySelectorAll("[data-turn]");
const count = turning.querySelector("b");
const full = turning.querySelector("[data-full]");
const panels = [...document.querySelectorAll(".panels details")];
const links = [...document.querySelectorAll(".thumbs a, .starts a")];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const last = leaves.length;
let at = named() ?? 1;
let wanted = 0; // where turning is heading, so that quick keys add up
let leapt = 0; // from where a link or key led far away

function named() {
  const number = Number(/^#[pt](\d+)$/.exec(location.hash)?.[1]);
  return number >= 1 && number <= last ? number : null;
}

function isSpread() {
  return leaves[0].offsetWidth < book.clientWidth * 0.75;
}

// The pages that stand beside each other with this one.
function beside(number) {
  if (!isSpread() || number === 1) return [number];
  const left = number - (number % 2);
  return left < last ? [left, left + 1] : [left];
}

function inView() {
  const place = Math.round(book.scrollLeft / book.clientWidth);
  return beside(Math.min(last, isSpread() ? Math.max(1, place * 2) : place + 1));
}

function go(number, smoothly = false) {
  const place = isSpread() ? Math.floor(number / 2) : number - 1;
  const behavior = smoothly && !calm.matches ? "smooth" : "instant";
  book.scrollTo({ left: place * book.clientWidth, behavior });
}

// In low windows a page is as wide as fits, and higher than the window: what is below comes first.
function more(by) {
  const below = book.scrollHeight - book.clientHeight - book.scrollTop;
  return by > 0 ? below > 2 : book.scrollTop > 2;
}

function turn(by) {
  const shown = beside(wanted || at);
  const next = by > 0 ? shown.at(-1) + 1 : shown[0] - 1;
  if (next < 1 || next > last) return;
  wanted = beside(next)[0];
  book.scrollTop = 0;
  go(wanted, true);
  turned();
}

function down(by) {
  if (!more(by)) return turn(by);
  book.scrollBy({ top: by * book.clientHeight * 0.85, behavior: calm.matches ? "instant" : "smooth" });
}

function leap(to) {
  leapt = at;
  wanted = beside(to)[0];
  book.scrollTop = 0;
  go(wanted);
}

// After a jump: how to come back.
function landed() {
  if (leapt && !beside(at).includes(leapt)) offer("回到刚才的位置", leapt);
  leapt = 0;
}

function show() {
  const pages = beside(at);
  const words = pages.join("–");
  if (count.textContent !== words) count.textContent = words;
  back.disabled = pages[0] === 1;
  on.disabled = pages.at(-1) === last;
  for (const link of links) {
    if (pages.includes(Number(link.hash.slice(2)))) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (document.readyState === "complete") fetchNear();
}

// The reader's place, once somebody looks: a page that a browser makes ready beforehand is not read.
function keep() {
  if (!document.prerendering) remember(beside(at)[0], last);
}

// The pages next to be seen, before they are.
function fetchNear() {
  const pages = beside(at);
  const reach = isSpread() ? 2 : 1;
  const near = leaves.slice(Math.max(0, pages[0] - 1 - reach), pages.at(-1) + reach);
  for (const leaf of near) leaf.querySelector("img").loading = "eager";
}

function settle() {
  const pages = inView();
  if (wanted && !pages.includes(wanted)) return; // still turning
  wanted = 0;
  if (pages.includes(at)) return;
  at = pages[0];
  show();
  keep();
  landed();
  // A page's opened text closes with the page: only a navigation changes what `:target` is.
  if (location.hash.startsWith("#t")) location.replace(`#p${at}`);
  else history.replaceState(history.state, "", `#p${at}`);
}

let waiting;
function moved() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    wanted = 0;
    settle();
  }, 160);
  settle();
}

function jump() {
  const number = named();
  if (!number) return;
  at = number;
  wanted = 0;
  if (!inView().includes(at)) go(at);
  show();
  keep();
  landed();
}

// The zoom comes when somebody wants it.
async function look(picture, event) {
  const closer = await import("./flipbook-closer.mjs").catch(() => null);
  if (closer) closer.look(picture, event);
  else location.assign(picture.href); // the network was away when it was asked for
}

function shut(panel) {
  panel.open = false;
  panel.querySelector("summary").focus();
}

const KEYS = {
  ArrowLeft: () => turn(-1),
  PageUp: () => down(-1),
  ArrowRight: () => turn(1),
  PageDown: () => down(1),
  " ": (event) => down(event.shiftKey ? -1 : 1),
  Home: () => leap(1),
  End: () => leap(last),
};

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const open = panels.find((panel) => panel.open);
  if (event.key === "Escape") {
    if (open) shut(open);
    else if (location.hash.startsWith("#t")) location.hash = `#p${at}`;
    return;
  }
  const busy = event.target.closest("input, dialog, .sheet, .words:target");
  const own = event.key === " " && event.target.closest("a, button, summary");
  if (busy || own || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key](event);
}

// One turn for each push of a wheel; a trackpad goes on sending long after the fingers left it.
let pushing;
function wheeled({ deltaX, deltaY, ctrlKey, target }) {
  if (book.scrollHeight > book.clientHeight + 2) return;
  if (ctrlKey || Math.abs(deltaX) >= Math.abs(deltaY) || target.closest(".words:target")) return;
  if (!pushing) turn(Math.sign(deltaY));
  clearTimeout(pushing);
  pushing = setTimeout(() => (pushing = 0), 150);
}

// What was found, on the pages themselves.
function mark(drawings) {
  for (const old of book.querySelectorAll(".marks")) old.remove();
  for (const drawing of drawings) {
    document.querySelector(`#p${drawing.dataset.page} .picture`)?.append(drawing);
  }
}

function toPage(event) {
  event.preventDefault();
  const field = event.target.querySelector("input");
  const number = Math.min(last, Math.max(1, Number(field.value)));
  for (const panel of panels) panel.open = false;
  field.value = "";
  if (number) leap(number);
}

async function search(event) {
  event.preventDefault();
  const form = event.target;
  const asked = new URL(form.action);
  asked.search = String(new URLSearchParams(/** @type {any} */ (new FormData(form))));
  const response = await fetch(`${asked}&part=found`).catch(() => null);
  if (!response || response.redirected || response.status >= 500) return form.submit();
  const found = document.querySelector(".found");
  found.innerHTML = await response.text();
  mark(found.querySelectorAll(".marks"));
  history.replaceState(history.state, "", `${asked.pathname}${asked.search}${location.hash}`);
}

turning.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.turn) turn(Number(button.dataset.turn));
  if (button && "zoom" in button.dataset) look(leaves[at - 1].querySelector(".picture"));
});
book.addEventListener("click", (event) => {
  const picture = event.target.closest(".picture");
  if (!picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  look(picture, event);
});
document.addEventListener("click", (event) => {
  const chosen = event.target.closest(".sheet a");
  for (const panel of panels) {
    if (panel.open && (chosen || !panel.contains(event.target))) panel.open = false;
  }
  if (chosen) leapt = at;
  // A link to the page whose address stands already changes nothing, but the reader may be elsewhere.
  const link = event.target.closest('a[href^="#p"]');
  if (link && link.hash === location.hash) go(Number(link.hash.slice(2)));
});
for (const panel of panels) {
  panel.addEventListener("toggle", () => {
    if (!panel.open) return;
    const field = panel.querySelector("[type=search]");
    if (field && !field.value) field.focus();
    for (const other of panels) if (other !== panel) other.open = false;
  });
}
document.querySelector(".search").addEventListener("submit", search);
document.querySelector(".to-page").addEventListener("submit", toPage);
document.addEventListener("keydown", pressed);
book.addEventListener("wheel", wheeled, { passive: true });
// A correction while somebody reads makes a new edition, and the pictures of the old one are gone.
book.addEventListener("error", () => (document.querySelector(".missing").hidden = false), true);
book.addEventListener("scroll", moved, { passive: true });
addEventListener("hashchange", jump);
addEventListener("load", fetchNear);
new ResizeObserver(() => go(at)).observe(book);

// Where there is none (telephones by Apple), its place stays empty: nothing moves.
if (!document.fullscreenEnabled) full.style.visibility = "hidden";
else {
  full.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  document.addEventListener("fullscreenchange", () =>
    full.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement))),
  );
}
show();

const before = lastTime();
if (before && !location.hash && !new URLSearchParams(location.search).has("q")) {
  if (!beside(at).includes(before)) offer("接着上次看", before);
} else if (named()) keep();
