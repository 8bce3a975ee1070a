// @ts-check
// Saves by itself: to the server, and to the browser's own storage when that cannot be reached.
// Says honestly which; how it stands and what follows is the table of `saving.mjs`. What was sent and
// not answered is sent again as it was, before anything newer: the server may have it, and would take
// the newer text for another page's.
import * as keeping from "./keeping.mjs";
import { body, csrfToken, field, form, put, sendable, whenReady, written } from "./manuscript.mjs";
import * as lastWords from "./parting.mjs";
import { ARRIVING, cameBack, OPEN, OVERWRITTEN, refused, STATES, unreached, wait } from "./saving.mjs";

const QUIET = 2500; // ms after the last key
const LONGEST = 10_000; // ms between two savings of one who goes on typing
const PATIENCE = 25_000; // ms for an answer
const LARGEST = 2_800_000; // bytes: the server refuses three megabytes
const PARTING = 60_000; // bytes that a browser sends for a page that is gone

const line = form.querySelector("[data-saving]");
const door = form.querySelector("[data-way]");
let known = ""; // the text that the server has, as `written` gives it
// A page that shows both texts says itself what happened.
let stand = form.dataset.state === "overwritten" ? { ...OVERWRITTEN, why: "" } : OPEN;
let isVersion = false; // the next saving is to stay in the history
/** @type {Promise<unknown> | null} */
let running = null;
/** @type {Promise<void> | null} */
let arriving = null;
/** @type {{data: FormData, text: string} | null} */
let unanswered = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let firstChange = 0;
let isKept = false;
let isLeaving = false; // the next page is asked for, and may be made before what is on its way arrives

const text = () => JSON.stringify(written());
const isNew = () => !form.dataset.article;
const isBlank = () => !field("title").value.trim() && body.isEmpty;
const clock = (at = new Date()) => at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

export const isSaved = () => text() === known;
export const isQuiet = () => !running && !unanswered && stands().sends && isSaved();
export const isSafe = () => isSaved() || isBlank() || isKept;

const stands = () => STATES[stand.state];

function say(words, way = "") {
  if (line.textContent !== words) line.textContent = words;
  for (const each of door.children) each.hidden = each.dataset.to !== way;
}

function keep() {
  if (isBlank()) return "";
  isKept = keeping.keep();
  return isKept ? `已存在本机 ${clock()}` : "本机也存不下，请先不要关闭这一页";
}

// The server has not got it: kept here, said, and tried again where that may help.
function keptHere(now) {
  stand = now;
  tellTrouble();
  const next = wait(stand);
  if (next !== null) again(next);
}

function tellTrouble() {
  say([stand.why, keep()].filter(Boolean).join("，") + (stand.after ?? ""), stand.way);
}

function onSaved(answer, sent) {
  field("base").value = answer.base;
  known = sent.text;
  stand = OPEN;
  isKept = isVersion = false;
  adopt(answer.edit);
  form.dispatchEvent(new CustomEvent("saved"));
  if (isSaved()) {
    keeping.drop();
    if (!isLeaving) lastWords.forget();
    firstChange = 0;
    say(`已保存 ${answer.saved}`);
  } else {
    soon();
  }
}

// A new form goes on as the form of the draft that the server made of it.
function adopt(address) {
  if (!isNew()) return;
  const pk = address.match(/\d+/)[0];
  keeping.belongsTo(pk);
  form.dataset.article = pk;
  form.setAttribute("action", address); // buttons named so hide the property
  history.replaceState(null, "", address);
}

const weigh = (data) => new Blob([...data].flat()).size;

async function send(sent, isParting) {
  const { data } = sent;
  if (weigh(data) > LARGEST) return keptHere(refused(stand, 413));
  data.set("base", field("base").value);
  data.set("csrfmiddlewaretoken", csrfToken());
  const keepalive = isParting && weigh(data) < PARTING;
  unanswered = sent;
  let response, answer;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    response = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive, signal });
    answer = await response.json().catch(() => null);
    if (response.ok && !answer) throw new TypeError("half an answer");
  } catch {
    return keptHere(unreached(stand, navigator.onLine));
  }
  if (response.status < 500) unanswered = null;
  if (response.ok) onSaved(answer, sent);
  else keptHere(refused(stand, response.status, answer?.error));
}

function snapshot() {
  const data = sendable();
  data.set("action", "autosave");
  if (isVersion) data.set("version", "1");
  data.delete("end");
  data.set("end", "1"); // the last: what arrives without it arrived in part
  return { data, text: text() };
}

// Saves what there is to save; one at a time. `ask` also sends what the server should have already.
export function save({ ask = false, parting = false } = {}) {
  clearTimeout(timer);
  if (running) return running;
  if (!stands().sends) return Promise.resolve(isSaved() || keep());
  if (!unanswered && !ask && isSaved()) return Promise.resolve();
  if (!unanswered && isBlank()) return Promise.resolve();
  const slow = setTimeout(() => say("正在保存……"), 600);
  running = send(unanswered ?? snapshot(), parting).finally(() => {
    clearTimeout(slow);
    running = null;
  });
  return running;
}

function again(after) {
  clearTimeout(timer);
  timer = setTimeout(save, after);
}

function soon() {
  firstChange ||= Date.now();
  again(Math.max(0, Math.min(QUIET, firstChange + LONGEST - Date.now())));
}

let keepingTimer;
function changed() {
  isKept = isLeaving = false;
  if (stands().typing === "send") return soon();
  clearTimeout(keepingTimer);
  keepingTimer = setTimeout(() => (stand.why ? tellTrouble() : keep()), 400);
}

// What was typed after a saving began is saved too, before the page goes on to something else.
// False where the page must stay: what the next one would say is said here.
/** @returns {Promise<boolean>} */
export async function settle() {
  if (arriving) await arriving;
  if (running) await running;
  await save();
  if (stand.state === "open" && !isSaved()) await save();
  return stands().leaves;
}

export function keepAsVersion() {
  isVersion = true;
}

function comeBack() {
  stand = cameBack(stand);
  save({ ask: !isNew() });
}

let hiddenAt = 0;
function onVisibility() {
  if (document.visibilityState === "hidden") {
    hiddenAt = Date.now();
    part();
  } else if (stands().typing === "keep" || Date.now() - hiddenAt > 60_000) {
    comeBack();
  }
}

function part() {
  if (isSaved() || isBlank()) return;
  keep();
  if (stands().sends) lastWords.note();
  save({ parting: true });
}

function leave() {
  isLeaving = running !== null && !isSaved() && !isBlank();
  if (isLeaving) lastWords.note();
}

// The page was made while the last words of the one before were on their way. A word typed meanwhile
// would belong to a text that is about to be another: for these three seconds at most nothing is.
async function waitFor(sent) {
  stand = ARRIVING;
  const held = document.activeElement;
  form.inert = true;
  say("正在取回刚才写的文字……");
  const before = text();
  const base = await lastWords.arrived(sent);
  form.inert = false;
  if (form.contains(held)) held.focus();
  stand = OPEN;
  say("");
  if (base && text() === before) {
    put(sent.pairs.filter(([name]) => name !== "form_id"));
    field("base").value = base;
    known = text();
    say("刚才写的文字已保存");
    keeping.drop();
    form.dispatchEvent(new CustomEvent("arrived"));
  } else if (!isSaved()) {
    soon();
  }
}

function start() {
  known = form.dataset.state ? "" : text();
  const sent = form.dataset.state ? null : lastWords.underway();
  if (sent) arriving = waitFor(sent);
  document.addEventListener("editorchange", changed);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.querySelector("[data-authors]").addEventListener("click", changed);
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("beforeunload", leave);
  window.addEventListener("pagehide", part);
  window.addEventListener("online", comeBack);
  window.addEventListener("focus", () => stand.state === "signed out" && comeBack());
  window.addEventListener("pageshow", (event) => event.persisted && comeBack());
  if (form.dataset.state) keep();
}
whenReady(start);
