// @ts-check
// A Word file, dropped anywhere on the form or chosen, fills it. Asks before it touches what is
// there, and can be undone. Without this script the same field is sent with the form.
import { body, csrfToken, form, whenReady } from "./manuscript.mjs";

const MAX_BYTES = 20 * 1024 * 1024;
// What is no document of Word is told by the server what it is.
const DOCUMENT = /\.(docx?|docm|dotx?|wps|wpt|rtf|odt|pages|pdf|txt|md|html?|mht|xml|ofd|caj|et|xlsx?|pptx?|zip|rar|7z)$/i;

const part = form.querySelector("[data-word]");
const find = (name) => part.querySelector(`[data-word-${name}]`);
const input = part.querySelector("#id_word");
const drop = find("drop");
const status = find("status");
const progress = find("progress");
const remarks = find("remarks");
const ask = find("ask");
const title = form.querySelector("#id_title");
const attachment = form.querySelector("[name=attachment]");
let before = null;
let busy = false;

function say(words, { wrong = false } = {}) {
  if (wrong) drop.scrollIntoView({ block: "nearest" });
  status.textContent = words;
  status.classList.toggle("wrong", wrong);
}

function showProgress(percent) {
  progress.hidden = percent === null;
  drop.setAttribute("aria-busy", String(percent !== null));
  const bar = progress.firstElementChild;
  if (percent === undefined) bar.removeAttribute("value"); // it goes on, nobody knows how far
  else if (percent !== null) bar.value = percent;
}

const isEmpty = () => !title.value.trim() && body.isEmpty;

const authors = () =>
  [...form.querySelectorAll("[data-author]:not([hidden])")].map((row) => ({
    name: row.querySelector('[name$="-name"]').value,
    branch: row.querySelector('[name$="-branch"]').value,
  }));

const fillAuthors = (rows, instead) =>
  form.dispatchEvent(new CustomEvent("fillauthors", { detail: { rows, instead } }));

const chosenSection = () => form.querySelector("[name=section]:checked");

function chooseSection(value) {
  const radio = form.querySelector(`[name=section][value="${value}"]`) ?? chosenSection();
  if (radio) radio.checked = radio.value === value;
}

function setTitle(words) {
  title.value = words;
  title.dispatchEvent(new Event("input", { bubbles: true }));
}

// "" (cancelled), "append" or "replace".
function askWhere(name) {
  part.querySelector("[data-word-asked]").textContent = name;
  ask.returnValue = "";
  ask.showModal();
  return new Promise((resolve) => {
    ask.addEventListener("close", () => resolve(ask.returnValue), { once: true });
  });
}

function send(file) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("word", file);
    data.append("pictures", "later"); // the words first
    request.open("POST", part.dataset.word);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => showProgress((loaded / total) * 100));
    request.upload.addEventListener("load", () => {
      showProgress(undefined);
      say("已传完，正在读取文字……");
    });
    request.addEventListener("load", () => {
      if (request.status === 201 && request.response) resolve(request.response);
      else reject(new Error(request.response?.error?.message ?? "没有导入：服务器出了差错。请稍后再试，您写的字都还在。"));
    });
    request.addEventListener("error", () => reject(new Error("没有导入：网络断了。请看看网络，再试一次，您写的字都还在。")));
    request.send(data);
  });
}

async function bring(file) {
  if (busy || !file) return;
  if (file.size > MAX_BYTES) {
    say("文件超过 20 MB。请在 Word 里压缩图片（图片格式 → 压缩图片），或把图片另外上传。", { wrong: true });
    return;
  }
  const where = isEmpty() ? "replace" : await askWhere(file.name);
  if (!where) return;
  busy = true;
  drop.scrollIntoView({ block: "nearest" }); // the file may have been dropped far below
  say(`正在上传“${file.name}”……`);
  showProgress(0);
  try {
    const brought = await send(file);
    // Who went on typing meanwhile loses nothing.
    say("");
    whenReady(() => fill(brought, where));
  } catch (error) {
    say(error.message, { wrong: true });
  } finally {
    busy = false;
    showProgress(null);
  }
}

function fill(brought, where) {
  before = { title: title.value, html: body.html, authors: authors(), attachment: attachment.value, section: chosenSection()?.value };
  const instead = where === "replace";
  if (brought.title && (instead || !title.value.trim())) setTitle(brought.title);
  body.html = instead ? brought.html : `${before.html}\n${brought.html}`;
  if (brought.bylines.length) fillAuthors(brought.bylines, instead);
  if (brought.section) chooseSection(brought.section);
  attachment.value = `${before.attachment} ${brought.attachment}`.trim();
  showRemarks(brought);
  if (!brought.pictures.length) return;
  // Behind the editor's own way to show the words: the marks have to stand in the text first.
  const detail = { token: brought.attachment, pictures: brought.pictures };
  afterShowing(() => form.dispatchEvent(new CustomEvent("wordarrived", { detail })));
}

function afterShowing(callback) {
  const editor = globalThis.CKEDITOR?.instances?.id_body;
  if (!editor) return callback();
  editor.once("dataReady", () => setTimeout(callback));
}

form.addEventListener("wordpictures", ({ detail: { done, all, failed, waiting } }) => {
  if (busy) return;
  const left = failed ? `，${failed} 张没有成功，请到下面“图片”里看` : "";
  if (waiting) say(`文字已经在下面，图片正在一张一张导入：${done} / ${all}${left}。可以先看文字，提交会等图片。`);
  else say(done ? `${done} 张图片都导入了。` : "");
});

form.addEventListener("wordpicturelost", ({ detail }) => {
  const name = find("name");
  name.textContent ||= "Word 文件"; // the page was left meanwhile
  find("none").hidden = true;
  find("list").append(Object.assign(document.createElement("li"), { textContent: detail }));
  remarks.hidden = false;
});

function showRemarks({ name, pictures, remarks: sentences }) {
  find("name").textContent = name;
  find("none").hidden = sentences.length > 0;
  if (pictures.length) find("none").textContent = "文字都导入了，没有要改的地方。请看一遍再保存。";
  find("list").replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
  );
  find("undo").hidden = false;
  remarks.hidden = false;
  remarks.focus({ preventScroll: true });
}

function undo() {
  form.dispatchEvent(new CustomEvent("wordundone"));
  setTitle(before.title);
  body.html = before.html;
  fillAuthors(before.authors, true);
  attachment.value = before.attachment;
  chooseSection(before.section);
  remarks.hidden = true;
  say("已撤销导入，表单和原来一样。");
  title.focus();
}

const documentIn = (transfer) => [...(transfer?.files ?? [])].find((file) => DOCUMENT.test(file.name));
// Before it is let go, a file's name is not told, only its type.
const mayHoldDocument = ({ dataTransfer }) => [...dataTransfer.items].some(({ type }) => !type.startsWith("image/"));
const holdsFiles = ({ dataTransfer }) => [...(dataTransfer?.types ?? [])].includes("Files");

function dropped(event) {
  form.classList.remove("over");
  if (!holdsFiles(event)) return;
  event.preventDefault(); // a file that nobody takes would replace the page
  const file = documentIn(event.dataTransfer);
  if (file) bring(file);
  else if (drop.contains(event.target)) say("这里只收 Word 文件（.docx）。图片请拖到正文里。", { wrong: true });
}

form.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  form.classList.toggle("over", mayHoldDocument(event));
});
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("over");
});
form.addEventListener("drop", dropped);
// The editor is a page of its own inside the form, and would take the file for a picture.
whenReady(() => {
  const editor = globalThis.CKEDITOR?.instances?.id_body;
  for (const event of ["drop", "paste"]) {
    editor?.on(event, (happened) => {
      const file = documentIn(happened.data.dataTransfer?.$);
      if (!file) return;
      happened.cancel();
      bring(file);
    }, null, null, 0);
  }
});

input.tabIndex = -1; // the button beside it does the same
find("choose").addEventListener("click", () => input.click());
input.addEventListener("change", () => {
  const [file] = input.files;
  input.value = ""; // it is brought in, and not sent again with the form
  bring(file);
});
ask.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) ask.close(button.value);
});
find("undo").addEventListener("click", undo);
find("undo").hidden = before === null;
find("close").addEventListener("click", () => {
  remarks.hidden = true;
  title.focus();
});
