// @ts-check
// What the server says of the board, after a step and every few seconds: put where it belongs, without
// moving what somebody holds, reads or is choosing.
import { dress, form, isHeld, itemOf, keyOf, lists, state, tidy } from "./page.mjs";

const BUSY = 1500; // ms, while pages are drawn
const PAUSE = 4000;

export const seen = form.querySelector("[name=seen]");

export async function apply(told) {
  state.version = told.version;
  seen.value = told.seen;
  state.busy = told.busy;
  const waiting = form.querySelector("[name=waiting]");
  if (waiting) waiting.value = told.placeable;
  if (told.frozen !== ("frozen" in form.dataset)) {
    location.reload();
    return;
  }
  const places = told.seen.split(" ").filter(Boolean).map((pair) => pair.split(":"));
  const wanted = [...places.map(([key, section]) => [key, section]), ...told.pile.map((key) => [String(key), "pile"])];
  await fetchUnknown(wanted.map(([key]) => key));
  // What is still to be sent, or held in a hand, stays where it was put; then the next round tells.
  if (state.carried || state.dragging) state.version = "";
  else if (state.underway <= 1) arrange(wanted);
  for (const [key, html] of Object.entries(told.facts)) renew(itemOf(key)?.querySelector("[data-facts]"), html);
  for (const [section, html] of Object.entries(told.heads)) renew(form.querySelector(`[data-head="${section}"]`), html);
  for (const [name, html] of Object.entries(told.parts)) renew(document.querySelector(`[data-part="${name}"]`), html);
}

const last = new WeakMap();
function renew(part, html) {
  if (!part || last.get(part) === html || isBeingChosen(part)) return;
  last.set(part, html);
  const hadFocus = part.contains(document.activeElement);
  const isOpen = part.querySelector("details")?.open;
  part.innerHTML = html;
  if (isOpen) part.querySelector("details")?.setAttribute("open", "");
  if (hadFocus) part.querySelector("a, button")?.focus();
}

// What somebody chose and has not saved yet stays in view.
function isBeingChosen(part) {
  return [...part.querySelectorAll("select")].some((each) => {
    const saved = [...each.options].find((option) => option.defaultSelected) ?? each.options[0];
    return each === document.activeElement || each.selectedOptions[0] !== saved;
  });
}

// A manuscript that was accepted, or placed by somebody, since this page was opened.
async function fetchUnknown(keys) {
  if (keys.every((key) => itemOf(key))) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const key of keys) {
    const item = itemOf(key) ? undefined : page.querySelector(`[data-article="${key}"]`);
    if (item) {
      lists[0].append(document.adoptNode(item));
      dress(item);
    }
  }
}

function arrange(wanted) {
  const focused = document.activeElement;
  const there = new Set(wanted.map(([key]) => key));
  for (const item of form.querySelectorAll("[data-article]")) if (!there.has(keyOf(item))) item.remove();
  for (const list of lists) {
    const keys = wanted.filter(([, section]) => section === list.dataset.section).map(([key]) => key);
    let at = list.firstElementChild;
    for (const key of keys) {
      const item = itemOf(key);
      if (!item) continue;
      if (item === at) at = at.nextElementSibling;
      else list.insertBefore(item, at);
    }
  }
  tidy();
  if (focused !== document.activeElement && document.contains(focused)) focused.focus();
}

async function poll() {
  if (!document.hidden && !isHeld()) {
    try {
      const address = new URLSearchParams(location.search);
      address.set("version", state.version);
      const answer = await fetch(`${form.dataset.state}?${address}`);
      if (answer.status === 200 && !isHeld()) await apply(await answer.json());
    } catch {
      // The next round tells.
    }
  }
  listen();
}

export function listen() {
  setTimeout(poll, state.busy ? BUSY : PAUSE);
}
