// @ts-check
// No word lost at the desk: what is typed into a form is kept in this browser until the server has it,
// and is offered on return. Nothing is put back, or sent, by itself.
import { all, drop, keep, markup, moment, read } from "../articles/copies.mjs";

const account = document.querySelector("meta[name=account]").content;
const MINE = `desk:${account}:`;
const OF_THE_PAGE = ["csrfmiddlewaretoken", "writer", "copy", "over", "action"];
const MADE_FROM = ["base", "digest"]; // what the words were written over goes with them

// A redirect said that the server has the words of the copy of this number.
function dropWhatIsStored() {
  const stored = /(?:^|; )stored-copy=([0-9a-z]+)/.exec(document.cookie)?.[1];
  if (!stored) return;
  for (const copy of all((name) => name.startsWith("desk:"))) if (copy.id === stored) drop(copy.name);
  // oxlint-disable-next-line unicorn/no-document-cookie -- the Cookie Store is younger than many browsers
  document.cookie = "stored-copy=; max-age=0; path=/; samesite=lax";
}

// On a shared computer somebody else may be signed in when a form is sent.
function sayWhose() {
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (form.querySelector("[name=writer]") || form.id === "logout-form") continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "writer", value: account }));
  }
}

const editorOf = (element) => globalThis.CKEDITOR?.instances?.[element.id];
const random = () => [...crypto.getRandomValues(new Uint32Array(4))].map((each) => each.toString(36)).join("");

class Words {
  constructor(section) {
    this.section = section;
    this.form = section.closest("form");
    this.name = `${MINE}${location.pathname}#${section.dataset.copy}`;
    this.id = random();
    this.said = section.querySelector("[data-copy-words]");
    this.trouble = this.form.querySelector("[data-copy-trouble]");
    this.sending = false;
  }

  controls() {
    return [...this.form.elements].filter((each) => each.name && !["submit", "button", "file", "password"].includes(each.type) && !OF_THE_PAGE.includes(each.name) && !each.name.includes("__prefix__"));
  }

  // [name, value, what a list shows for it]
  written() {
    const counted = this.controls().filter((each) => each.type !== "hidden" || MADE_FROM.includes(each.name) || each.name.endsWith("-TOTAL_FORMS"));
    return counted.map((each) => {
      if (["checkbox", "radio"].includes(each.type)) return [each.name, `${each.value}:${each.checked}`];
      if (each.tagName === "SELECT") return [each.name, each.value, each.selectedOptions[0]?.text ?? ""];
      return [each.name, editorOf(each)?.getData() ?? each.value];
    });
  }

  // What two fillings are, whatever way the editor and the server write the same.
  static essence(pairs) {
    const words = pairs.filter(([name]) => !MADE_FROM.includes(name) && !name.endsWith("_FORMS"));
    return JSON.stringify(words.map(([name, value]) => [name, /<\w/.test(value) ? markup(value) : value.replace(/\r/g, "").trim()]));
  }

  get isChanged() {
    return this.isTyped || Words.essence(this.written()) !== this.opened;
  }

  start() {
    this.isTyped = "typed" in this.section.dataset; // the page shows what was not taken
    this.opened = Words.essence(this.written());
    this.form.elements.copy.value = this.id;
    let timer;
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.keep(), 400);
    };
    this.form.addEventListener("input", changed);
    this.form.addEventListener("change", changed);
    document.addEventListener("editorchange", changed);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep());
    window.addEventListener("pagehide", () => this.keep());
    this.form.addEventListener("submit", () => (this.sending = this.keep() || true));
    window.addEventListener("pageshow", () => (this.sending = false));
    window.addEventListener("beforeunload", (event) => this.isChanged && !this.sending && !this.keep() && event.preventDefault());
    this.section.querySelector("[data-restore]").addEventListener("click", () => this.restore());
    this.section.querySelector("[data-discard]").addEventListener("click", () => this.discard());
    this.section.querySelector("[data-undo]").addEventListener("click", () => this.undo());
    if (this.isTyped) this.keep();
    else this.offer();
  }

  // One that is offered stays what it is until somebody chooses, or types.
  keep() {
    if (!this.isChanged) {
      if (!this.offered) drop(this.name);
      return true;
    }
    const kept = keep(this.name, this.written(), { id: this.id });
    this.trouble.hidden = kept;
    this.trouble.textContent = kept ? "" : "这台电脑存不下您写的字，保存以前请不要关闭这一页。";
    if (kept && this.offered) this.close();
    return kept;
  }

  offer() {
    const copy = read(this.name);
    if (!copy) return;
    if (Words.essence(copy.pairs) === this.opened) return drop(this.name);
    this.offered = copy;
    this.say(`本机有一份 ${moment(copy.at)} 写的、还没有保存的文字。`, "restore", "discard");
  }

  say(words, ...buttons) {
    this.section.hidden = false;
    this.said.textContent = words;
    for (const each of ["restore", "discard", "undo"]) this.section.querySelector(`[data-${each}]`).hidden = !buttons.includes(each);
  }

  close() {
    this.offered = null;
    this.section.hidden = !this.undoing;
  }

  restore() {
    const { pairs, at } = this.offered;
    const before = this.written();
    this.undoing = () => this.put(before);
    this.offered = null;
    this.put(pairs);
    this.say(`已放回 ${moment(at)} 写的文字，还没有保存。`, "undo");
  }

  discard() {
    const { name, pairs, id, at } = this.offered;
    drop(name);
    this.offered = null;
    this.undoing = () => {
      keep(name, pairs, { id });
      this.offer();
    };
    this.say(`${moment(at)} 写的那一份去掉了。`, "undo");
  }

  undo() {
    const undoing = this.undoing;
    this.undoing = null;
    this.section.hidden = true;
    undoing();
  }

  put(pairs) {
    this.addRows(pairs);
    const left = this.controls();
    for (const [name, value, shown] of pairs) {
      if (name.endsWith("_FORMS")) continue;
      const at = left.findIndex((each) => each.name === name && (!["checkbox", "radio"].includes(each.type) || value.startsWith(`${each.value}:`)));
      if (at >= 0) this.fill(left.splice(at, 1)[0], value, shown);
    }
    this.form.dispatchEvent(new Event("input"));
  }

  fill(control, value, shown) {
    if (["checkbox", "radio"].includes(control.type)) control.checked = value.endsWith(":true");
    else if (editorOf(control)) editorOf(control).setData(value);
    else {
      if (control.tagName === "SELECT" && ![...control.options].some((each) => each.value === value)) control.add(new Option(shown, value));
      control.value = value;
      globalThis.django?.jQuery?.(control).trigger("change");
    }
  }

  // Rows of authors, as many as were there.
  addRows(pairs) {
    for (const [name, value] of pairs.filter(([each]) => each.endsWith("-TOTAL_FORMS"))) {
      const total = this.form.elements[name];
      const more = document.querySelector(`#${CSS.escape(name.replace("-TOTAL_FORMS", "-group"))} .add-row a`);
      const missing = total && more ? Math.min(30, Number(value) - Number(total.value)) : 0;
      for (let row = 0; row < missing; row += 1) more.click();
    }
  }
}

// The editor changes what it is given once, before anybody types.
function whenReady(words) {
  const areas = globalThis.CKEDITOR ? words.controls().filter((each) => each.dataset.type === "ckeditortype") : [];
  const areReady = () => areas.every((each) => editorOf(each)?.status === "ready");
  let isStarted = false;
  const start = () => {
    if (isStarted || !areReady()) return;
    isStarted = true;
    words.start();
  };
  start();
  if (!isStarted) globalThis.CKEDITOR.on("instanceReady", () => setTimeout(start));
}

dropWhatIsStored();
sayWhose();
for (const section of document.querySelectorAll("section[data-copy]")) whenReady(new Words(section));
