// @ts-check
// The board: manuscripts are dragged by mouse or finger, carried by keys, and each move is saved at
// once as a step made from the order that this page shows. What others do comes in every few seconds.
// Without this script the same form is arranged by numbers and sent as a whole.

const form = document.querySelector("[data-make-up]");
const status = document.querySelector("[data-status]");
const rival = document.querySelector("[data-rival]");
const lists = [...form.querySelectorAll("[data-list]")];
const seen = form.querySelector("[name=seen]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const columns = form.querySelector(".columns");

const BUSY = 1500;
const PAUSE = 4000;

let version = form.dataset.version;
let busy = "busy" in form.dataset;
/** @type {Promise<boolean | void>} */
let pending = Promise.resolve();
let steps = 0; // sent, and not answered yet
let carried; // what the keys hold: { items, home, item }
let dragging = false;
let refused; // the step that was not saved

const say = (words) => (status.textContent = words);
const keyOf = (item) => item.dataset.article;
const titleOf = (item) => item.querySelector("[data-handle]").getAttribute("aria-label").slice(2);
const itemOf = (key) => form.querySelector(`[data-article="${key}"]`);
const nameOf = (list) =>
  list.dataset.section === "pile" ? "待编入" : list.closest("fieldset").querySelector("legend").firstChild.textContent.trim();
const placeOf = (item) => `${nameOf(item.parentElement)}第 ${[...item.parentElement.children].indexOf(item) + 1} 篇`;
const box = (item) => item.querySelector("[name=chosen]");

// What moves together: all that is ticked, in the order of the page, where one of them is taken up.
function together(item) {
  if (!box(item).checked) return [item];
  return [...form.querySelectorAll("[data-article]")].filter((each) => box(each).checked);
}

function tidy() {
  for (const list of lists) {
    const empty = list.parentElement.querySelector("[data-empty]");
    empty.hidden = list.children.length > 0;
  }
  const place = form.querySelector("[data-place]");
  if (!place) return;
  place.hidden = lists[0].children.length === 0;
  place.querySelector("[value=all]").hidden = lists[0].children.length < 2;
}

function put(items, list, before) {
  for (const item of items) list.insertBefore(item, before);
  tidy();
}

// Steps

/** True once the server has it. @returns {Promise<boolean | void>} */
function send(data) {
  steps += 1;
  pending = pending.then(async () => {
    try {
      return await step(data);
    } finally {
      steps -= 1;
    }
  });
  return pending;
}

async function step(data) {
  const body = new URLSearchParams({ ...data, seen: seen.value, csrfmiddlewaretoken: token });
  let answer;
  try {
    answer = await fetch(form.dataset.step + location.search, { method: "POST", body });
  } catch {
    return lost();
  }
  if (![200, 409, 422].includes(answer.status) || answer.redirected) return lost();
  const told = await answer.json();
  if (answer.status === 200) {
    await apply(told);
    return true;
  }
  await apply(told);
  if (answer.status === 409 && told.yours.length > 0) showBoth(told, data);
  else say(told.said);
  if (answer.status !== 409 || told.yours.length === 0) complain(told.said);
}

function lost() {
  say("没有存上，请刷新页面，看过现在的目录再排。");
  complain("没有存上：网络断了，或者要重新登录。请刷新页面，看过现在的目录再排。");
}

function complain(words) {
  refused = undefined;
  rival.hidden = false;
  rival.classList.remove("two");
  rival.querySelector("[data-rival-said]").textContent = words;
  rival.querySelector("h2").focus();
}

function showBoth(told, data) {
  refused = data;
  rival.hidden = false;
  rival.classList.add("two");
  rival.querySelector("[data-rival-said]").textContent = told.said;
  fill(rival.querySelector("[data-rival-now]"), told.now);
  fill(rival.querySelector("[data-rival-yours]"), told.yours);
  rival.querySelector("h2").focus();
}

function fill(list, parts) {
  list.replaceChildren(
    ...parts.map((part) => {
      const row = document.createElement("li");
      const inner = document.createElement("ol");
      row.append(part.section, inner);
      inner.append(...part.titles.map((title) => Object.assign(document.createElement("li"), { textContent: title })));
      return row;
    }),
  );
}

function move(items, words) {
  const last = items.at(-1);
  if (items.length > 1) for (const item of items) box(item).checked = false;
  const list = last.parentElement;
  say(`${words}，正在保存。`);
  const sent = send({
    articles: items.map((item) => keyOf(item)).join(" "),
    to: list.dataset.section,
    before: last.nextElementSibling ? keyOf(last.nextElementSibling) : "",
  });
  return sent.then((saved) => saved && say(`${words}，已保存。`));
}

// What the server says

async function apply(told) {
  version = told.version;
  seen.value = told.seen;
  busy = told.busy;
  const waiting = form.querySelector("[name=waiting]");
  if (waiting) waiting.value = told.placeable;
  if (told.frozen !== ("frozen" in form.dataset)) {
    location.reload();
    return;
  }
  const places = told.seen.split(" ").filter(Boolean).map((pair) => pair.split(":"));
  const wanted = [...places.map(([key, section]) => [key, section]), ...told.pile.map((key) => [String(key), "pile"])];
  await fetchUnknown(wanted.map(([key]) => key));
  if (steps <= 1) arrange(wanted); // what is still to be sent stays where it was put
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
  if (!document.hidden && steps === 0 && !carried && !dragging) {
    try {
      const address = new URLSearchParams(location.search);
      address.set("version", version);
      const answer = await fetch(`${form.dataset.state}?${address}`);
      if (answer.status === 200 && steps === 0 && !carried && !dragging) await apply(await answer.json());
    } catch {
      // The next round tells.
    }
  }
  setTimeout(poll, busy ? BUSY : PAUSE);
}

// By keys: the handle of a card lifts it, and what is ticked with it.

function lift(item) {
  const items = together(item);
  carried = { item, items, home: items.map((each) => [each, each.parentElement, each.nextElementSibling]) };
  for (const each of items) each.classList.add("carried");
  say(`拿起${titleOf(item)}${items.length > 1 ? `等 ${items.length} 篇` : ""}，在${placeOf(item)}。方向键移动，空格放下，Esc 放回。`);
}

function carry(key) {
  const { items, item } = carried;
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
  const { items, item, home } = carried;
  letGo();
  const moved = home.some(([each, list, beside]) => each.parentElement !== list || each.nextElementSibling !== beside);
  if (moved) move(items, `${titleOf(item)}放在${placeOf(item)}`);
  else say(`${titleOf(item)}没有移动。`);
}

function putBack() {
  const { item, home } = carried;
  letGo();
  for (const [each, list, beside] of home.toReversed()) list.insertBefore(each, beside);
  tidy();
  item.querySelector("[data-handle]").focus();
  say(`${titleOf(item)}放回${placeOf(item)}。`);
}

function letGo() {
  for (const each of carried.items) each.classList.remove("carried");
  carried = undefined;
}

function onKey(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle) return;
  const item = handle.closest("[data-article]");
  if (event.key === " " || event.key === "Enter") {
    event.preventDefault();
    if (carried) drop();
    else lift(item);
  } else if (carried && event.key === "Escape") {
    event.preventDefault();
    putBack();
  } else if (carried && event.key.startsWith("Arrow")) {
    event.preventDefault();
    carry(event.key);
  }
}

// By mouse and finger

function dress(item) {
  item.querySelector("[data-handle]").hidden = false;
}

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
    onStart: () => (dragging = true),
    onEnd: (event) => {
      dragging = false;
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

const isWaiting = (item) => item.parentElement.dataset.section === "pile";
const chosen = () => [...form.querySelectorAll("[data-article]")].filter((each) => box(each).checked);

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
    if (carried && !event.target.closest?.("[data-handle]")) putBack();
  });
  rival.querySelector("[data-rival-again]").addEventListener("click", () => {
    rival.hidden = true;
    if (refused) send(refused);
  });
  rival.querySelector("[data-rival-drop]").addEventListener("click", () => (rival.hidden = true));
  window.addEventListener("beforeunload", (event) => {
    if (steps > 0) event.preventDefault();
  });
}

// Where both orders are in view, the whole is saved as without this script.
if (!("frozen" in form.dataset) && !("both" in form.dataset)) begin();
if (columns && !("both" in form.dataset)) setTimeout(poll, busy ? BUSY : PAUSE);
for (const filter of document.querySelectorAll("[data-filters] select")) {
  filter.addEventListener("change", () => filter.form.requestSubmit());
}
