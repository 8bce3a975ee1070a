// @ts-check
// Each move is a step that is saved at once, one after the other, made from the order that this page
// shows. What was not saved is said, with both orders in view where there are two.
import { box, form, keyOf, say, state } from "./page.mjs";
import { apply, seen } from "./told.mjs";

const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const rival = document.querySelector("[data-rival]");
/** @type {Promise<boolean | void>} */
let pending = Promise.resolve();
let refused; // the step that was not saved

/** True once the server has it. @returns {Promise<boolean | void>} */
export function send(data) {
  state.underway += 1;
  pending = pending.then(async () => {
    try {
      return await step(data);
    } finally {
      state.underway -= 1;
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

export function move(items, words) {
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

rival.querySelector("[data-rival-again]").addEventListener("click", () => {
  rival.hidden = true;
  if (refused) send(refused);
});
rival.querySelector("[data-rival-drop]").addEventListener("click", () => (rival.hidden = true));
window.addEventListener("beforeunload", (event) => {
  if (state.underway > 0) event.preventDefault();
});
