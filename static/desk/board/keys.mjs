// @ts-check
// By keys: the handle of a card lifts it, and what is ticked with it.
import { lists, placeOf, nameOf, put, say, state, tidy, titleOf, together } from "./page.mjs";
import { move } from "./steps.mjs";

function lift(item) {
  const items = together(item);
  state.carried = { item, items, home: items.map((each) => [each, each.parentElement, each.nextElementSibling]) };
  for (const each of items) each.classList.add("carried");
  say(`拿起${titleOf(item)}${items.length > 1 ? `等 ${items.length} 篇` : ""}，在${placeOf(item)}。方向键移动，空格放下，Esc 放回。`);
}

function carry(key) {
  const { items, item } = state.carried;
  const list = item.parentElement;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const beside = key === "ArrowUp" ? first(items, list) : after(items, list);
    if (beside === undefined) return say(`${placeOf(item)}，到头了。`);
    put(items, list, beside);
  } else {
    const next = lists[lists.indexOf(list) + (key === "ArrowLeft" ? -1 : 1)];
    if (!next) return say(`${nameOf(list)}，到头了。`);
    put(items, next, next.firstElementChild);
  }
  item.querySelector("[data-handle]").focus();
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(`${titleOf(item)}，${placeOf(item)}`);
}

// The one before which the carried go: one place up, or one place down.
function first(items, list) {
  const others = [...list.children].filter((each) => !items.includes(each));
  const at = others.filter((each) => each.compareDocumentPosition(items[0]) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  return at > 0 ? others[at - 1] : undefined;
}

function after(items, list) {
  const others = [...list.children].filter((each) => !items.includes(each));
  const at = others.filter((each) => each.compareDocumentPosition(items[0]) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  if (at >= others.length) return undefined;
  return others[at + 1] ?? null;
}

function drop() {
  const { items, item, home } = state.carried;
  letGo();
  const moved = home.some(([each, list, beside]) => each.parentElement !== list || each.nextElementSibling !== beside);
  if (moved) move(items, `${titleOf(item)}放在${placeOf(item)}`);
  else say(`${titleOf(item)}没有移动。`);
}

export function putBack() {
  const { item, home } = state.carried;
  letGo();
  for (const [each, list, beside] of home.toReversed()) list.insertBefore(each, beside);
  tidy();
  item.querySelector("[data-handle]").focus();
  say(`${titleOf(item)}放回${placeOf(item)}。`);
}

function letGo() {
  for (const each of state.carried.items) each.classList.remove("carried");
  state.carried = undefined;
}

export function onKey(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle) return;
  const item = handle.closest("[data-article]");
  if (event.key === " " || event.key === "Enter") {
    event.preventDefault();
    if (state.carried) drop();
    else lift(item);
  } else if (state.carried && event.key === "Escape") {
    event.preventDefault();
    putBack();
  } else if (state.carried && event.key.startsWith("Arrow")) {
    event.preventDefault();
    carry(event.key);
  }
}
