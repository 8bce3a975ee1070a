// @ts-check
// The board's parts as its scripts see them: the lists and their cards, what is said, how it stands.

export const form = document.querySelector("[data-make-up]");
export const lists = [...form.querySelectorAll("[data-list]")];
const status = document.querySelector("[data-status]");

// How the board stands with the server and with the hand that moves something.
export const state = {
  version: form.dataset.version,
  busy: "busy" in form.dataset, // pages are being drawn
  underway: 0, // steps that were sent and not answered yet
  /** What the keys hold. @type {{items: any[], item: any, home: any[][]} | undefined} */
  carried: undefined,
  dragging: false,
};

export const isHeld = () => state.underway > 0 || state.carried !== undefined || state.dragging;
export const say = (words) => (status.textContent = words);
export const keyOf = (item) => item.dataset.article;
export const titleOf = (item) => item.querySelector("[data-handle]").getAttribute("aria-label").slice(2);
export const itemOf = (key) => form.querySelector(`[data-article="${key}"]`);
export const nameOf = (list) =>
  list.dataset.section === "pile" ? "待编入" : list.closest("fieldset").querySelector("legend").firstChild.textContent.trim();
export const placeOf = (item) => `${nameOf(item.parentElement)}第 ${[...item.parentElement.children].indexOf(item) + 1} 篇`;
export const box = (item) => item.querySelector("[name=chosen]");

// What moves together: all that is ticked, in the order of the page, where one of them is taken up.
export function together(item) {
  if (!box(item).checked) return [item];
  return chosen();
}

export function tidy() {
  for (const list of lists) {
    const empty = list.parentElement.querySelector("[data-empty]");
    empty.hidden = list.children.length > 0;
  }
  const place = form.querySelector("[data-place]");
  if (!place) return;
  place.hidden = lists[0].children.length === 0;
  place.querySelector("[value=all]").hidden = lists[0].children.length < 2;
}

export function put(items, list, before) {
  for (const item of items) list.insertBefore(item, before);
  tidy();
}

export const chosen = () => [...form.querySelectorAll("[data-article]")].filter((each) => box(each).checked);
export const isWaiting = (item) => item.parentElement.dataset.section === "pile";

export function dress(item) {
  item.querySelector("[data-handle]").hidden = false;
}
