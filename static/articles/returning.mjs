// @ts-check
// On return: a copy in this browser that the server has not got is offered, never put in by itself.
import { keepAsVersion } from "./autosave.mjs";
import { moment } from "./copies.mjs";
import { essence } from "./essence.mjs";
import { copies, drop } from "./keeping.mjs";
import { csrfToken, form, put, whenReady, written } from "./manuscript.mjs";

const bar = form.querySelector("[data-copy]");
const words = bar.querySelector("[data-copy-words]");
const seen = bar.querySelector("[data-copy-seen]");
const button = (name) => bar.querySelector(`[data-${name}]`);
let copy = null;
let undo = null;

function offer() {
  copy = copies().find((each) => essence(each.pairs) !== essence(written()) || drop(each.name));
  bar.hidden = !copy;
  if (!copy) return;
  const title = copy.pairs.find(([name]) => name === "title")?.[1].trim();
  const updated = Number(form.dataset.updated) * 1000;
  const order = !updated ? "" : copy.at > updated ? "，比这一页的新" : `；这一页是 ${moment(updated)} 存的，比它新`;
  words.textContent = `本机有一份 ${moment(copy.at)} 写的、还没有存到服务器的文字${title ? `“${title}”` : ""}${order}。`;
  show("restore", "look", "discard");
}

function show(...names) {
  for (const name of ["restore", "look", "discard", "undo"]) button(name).hidden = !names.includes(name);
  seen.hidden = true;
}

function restore() {
  const before = written();
  // The copy of a form that was new goes on as that form: the draft that it may have made is found.
  put(form.dataset.article ? copy.pairs.filter(([name]) => name !== "form_id") : copy.pairs);
  keepAsVersion();
  undo = () => put(before);
  words.textContent = `已放回 ${moment(copy.at)} 写的文字。`;
  show("undo");
}

function discard() {
  const { name, at, pairs } = copy;
  drop(name);
  undo = () => {
    localStorage.setItem(name, JSON.stringify({ at, pairs }));
    offer();
  };
  words.textContent = `${moment(at)} 写的那一份去掉了。`;
  show("undo");
}

async function look() {
  const data = new FormData();
  copy.pairs.forEach(([name, value]) => data.append(name, value));
  data.set("action", "compare");
  data.set("writer", form.dataset.writer);
  data.set("csrfmiddlewaretoken", csrfToken());
  seen.hidden = false;
  try {
    const answer = await (await fetch(form.getAttribute("action"), { method: "POST", body: data })).json();
    // Written by the server, every word of it escaped.
    if (answer.shown) seen.innerHTML = `<p class="help">画横线的是服务器上的，加下划线的是本机的。</p>${answer.shown}`;
    else seen.textContent = answer.error.message;
  } catch {
    seen.textContent = "现在连不上服务器，比不出来。可以先放回来看看，再撤销。";
  }
}

button("restore").addEventListener("click", restore);
button("discard").addEventListener("click", discard);
button("look").addEventListener("click", look);
button("undo").addEventListener("click", () => undo());
// Another tab that was still writing it has saved it meanwhile.
window.addEventListener("storage", (event) => {
  if (copy && event.key === copy.name && !event.newValue && !button("restore").hidden) offer();
});
form.addEventListener("arrived", offer); // what this tab wrote before it was reloaded
whenReady(() => form.dataset.state || offer());
