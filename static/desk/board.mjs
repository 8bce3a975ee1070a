// @ts-check
// The board: manuscripts are dragged by mouse or finger, carried by keys (`board/keys.mjs`), and each
// move is saved at once (`board/steps.mjs`). What others do comes in every few seconds
// (`board/told.mjs`). Without this script the same form is arranged by numbers and sent as a whole.
import { onKey, putBack } from "./board/keys.mjs";
import { chosen, dress, form, isWaiting, keyOf, lists, nameOf, placeOf, put, say, state, titleOf, together } from "./board/page.mjs";
import { move, send } from "./board/steps.mjs";
import { listen } from "./board/told.mjs";

function draggable(list) {
  window.Sortable.create(list, {
    group: "contents",
    handle: "[data-handle]",
    animation: 120,
    scroll: true,
    bubbleScroll: true,
    scrollSensitivity: 80,
    scrollSpeed: 14,
    fallbackTolerance: 4,
    onStart: () => (state.dragging = true),
    onEnd: (event) => {
      state.dragging = false;
      const { item, from, to, oldIndex, newIndex } = event;
      if (from === to && oldIndex === newIndex) return;
      const items = together(item);
      put(items, to, nextOther(item, items));
      move(items, `${titleOf(item)}放在${placeOf(item)}`);
    },
  });
}

function nextOther(item, items) {
  let next = item.nextElementSibling;
  while (next && items.includes(next)) next = next.nextElementSibling;
  return next;
}

function onClick(event) {
  const out = event.target.closest("[name=take_out]");
  const several = event.target.closest("[data-together]");
  const place = event.target.closest("[name=place]");
  if (out) {
    event.preventDefault();
    const item = out.closest("[data-article]");
    put([item], lists[0], null);
    move([item], `${titleOf(item)}移出本期`);
  } else if (several || place) {
    event.preventDefault();
    moveSeveral(several ? form.querySelector("[name=to]").value : "", place?.value);
  }
}

function ask(words) {
  say(words);
  form.querySelector("[data-help]").textContent = words;
}

// What is ticked to the end of a section, or each to the end of its own: as without this script.
async function moveSeveral(to, place) {
  if (place) {
    const all = form.querySelector("[name=waiting]");
    const own = place === "all" ? all.value.trim() : chosen().filter(isWaiting).map((item) => keyOf(item)).join(" ");
    if (!own) return ask("请先勾选要编入的稿件。");
    if (await send({ articles: own, to: "own", before: "" })) say("编进各自的栏目了，已保存。");
    return;
  }
  const list = lists.find((each) => each.dataset.section === to);
  const items = chosen();
  if (!list || items.length === 0) {
    return ask(items.length === 0 ? "请先勾选要移动的稿件。" : "请先选要移到哪个栏目。");
  }
  put(items, list, null);
  await move(items, `${items.length} 篇移到${nameOf(list)}`);
}

async function onUndo(event) {
  const undo = event.target.closest("[data-undo]");
  if (!undo) return;
  event.preventDefault();
  const { value } = undo.querySelector("[name=undo]");
  if (await send({ undo: value })) say("撤销了，目录和那一步以前一样。");
}

function begin() {
  form.classList.add("scripted");
  for (const item of form.querySelectorAll("[data-article]")) dress(item);
  form.querySelector("[data-help]").textContent =
    "按住把手拖动；或用 Tab 到把手，按空格拿起、方向键移动、空格放下。勾选几篇，一起移动。每一步立即保存。";
  for (const list of lists) draggable(list);
  form.addEventListener("keydown", onKey);
  form.addEventListener("click", onClick);
  document.querySelector('[data-part="undo"]').addEventListener("submit", onUndo);
  document.addEventListener("focusin", (event) => {
    if (state.carried && !event.target.closest?.("[data-handle]")) putBack();
  });
}

// Where both orders are in view, the whole is saved as without this script.
if (!("frozen" in form.dataset) && !("both" in form.dataset)) begin();
if (form.querySelector(".columns") && !("both" in form.dataset)) listen();
for (const filter of document.querySelectorAll("[data-filters] select")) {
  filter.addEventListener("change", () => filter.form.requestSubmit());
}
