// @ts-check
// The tray of pictures below the text: what is on its way, and what stands in the text, in its
// order. A view of the text: each field and button changes the figure there, and what is changed
// there shows here. Without this script pictures are added by the form's own file field.
/* global Sortable */
import { body, field as fieldOf, form, whenReady } from "./manuscript.mjs";
import * as figures from "./figures.mjs";
import { FromWord, Upload } from "./uploads.mjs";

const part = form.querySelector("[data-tray]");
const find = (name) => part.querySelector(`[data-${name}]`);
const [uploadList, list, none, status] = ["uploads", "pictures", "none", "tray-status"].map(find);
const MAX = Number(part.dataset.max);
const uploads = [];
let shown = []; // [{ row, picture }], and { row, undo } of those just taken away
let awaited = null; // the button that was pressed while pictures were on their way

// As `articles.writing.word_pictures` writes it.
const MARK = /〔第 (\d{1,2}) 张图片还没有导入·([0-9a-f]{6})(?:：([^〔〕<]*))?〕/g;
const line = form.querySelector("[data-saving]"); // beside the buttons
const fromWord = { done: 0, all: 0 };

const say = (message) => (status.textContent = message);
const made = (name) => find(name).content.firstElementChild.cloneNode(true);
const busy = () => uploads.filter((each) => each.isBusy);

// Coming in

// `marks`: for each file the words that keep its place in the text (see editor.js).
function take(files, place, marks = []) {
  const room = MAX - figures.all().length - busy().length;
  const chosen = [...files].slice(0, Math.max(room, 0));
  if (chosen.length < files.length) {
    say(`一篇稿件最多 ${MAX} 张图片，有 ${files.length - chosen.length} 张没有加进来。`);
  } else {
    say(chosen.length > 1 ? `开始上传 ${chosen.length} 张图片` : "开始上传图片");
  }
  const batch = chosen.map((file) => new Upload(file, part.dataset.address, progressed));
  marks.slice(chosen.length).forEach(figures.forget);
  batch.forEach((upload, index) => {
    const row = rowOf(upload);
    Object.assign(upload, { batch, place, mark: marks[index], row });
    uploads.push(upload);
    uploadList.append(row);
  });
  batch.forEach((upload) => upload.start());
}

// Pictures of a Word file whose words are in the text: each comes to the place that its mark keeps.
function takeFromWord(token, pictures) {
  fromWord.all += pictures.length;
  const batch = pictures.map(({ number, mark, caption }) => {
    const name = `第 ${number} 张图片${caption ? `：${caption.slice(0, 30)}` : ""}`;
    const upload = new FromWord(name, `/attachments/${token}/pictures/${number}/`, progressed);
    return Object.assign(upload, { mark, caption, isFromWord: true });
  });
  for (const upload of batch) {
    upload.row = rowOf(upload);
    uploads.push(upload);
    uploadList.append(upload.row);
  }
  batch.forEach((upload) => upload.start());
  tellProgress();
}

function tellProgress() {
  const waiting = uploads.filter((each) => each.isFromWord);
  const failed = waiting.filter((each) => each.state === "failed").length;
  form.dispatchEvent(new CustomEvent("wordpictures", { detail: { ...fromWord, failed, waiting: waiting.length } }));
  if (!waiting.length) fromWord.done = fromWord.all = 0;
}

// Whoever left while pictures were coming in finds their marks in the text: they come in now.
function goOn() {
  const tokens = `${fieldOf("attachment").value} ${form.dataset.originals}`.split(" ").filter(Boolean);
  const found = [...body.html.matchAll(MARK)].map(([mark, number, start, caption = ""]) => ({
    mark: unescaped(mark), number, caption: unescaped(caption), token: tokens.find((each) => each.replaceAll("-", "").startsWith(start)),
  }));
  const awaitedMarks = new Set(uploads.map((each) => each.mark));
  for (const token of new Set(found.map((each) => each.token))) {
    const pictures = found.filter((each) => each.token === token && !awaitedMarks.has(each.mark));
    if (token && pictures.length) takeFromWord(token, pictures);
  }
}

const unescaped = (source) => new DOMParser().parseFromString(source, "text/html").body.textContent;

form.addEventListener("wordarrived", ({ detail }) => takeFromWord(detail.token, detail.pictures));
form.addEventListener("wordundone", () => uploads.filter((each) => each.isFromWord).forEach((each) => (each.isBusy ? each.stop() : dismiss(each))));

function rowOf(upload) {
  const row = made("upload-row");
  row.querySelector("[data-name]").textContent = upload.file.name;
  row.querySelector("progress").setAttribute("aria-label", `${upload.file.name} 的上传进度`);
  row.querySelector("[data-stop]").addEventListener("click", () => (upload.isBusy ? upload.stop() : dismiss(upload)));
  row.querySelector("[data-retry]").addEventListener("click", () => upload.start());
  return row;
}

function progressed(upload) {
  const { row, state } = upload;
  row.dataset.state = state;
  row.querySelector("progress").value = upload.progress;
  row.querySelector("[data-words]").textContent = words(upload);
  row.querySelector("[data-retry]").hidden = state !== "failed" || upload.final;
  row.querySelector("[data-sign-in]").hidden = !upload.signedOut;
  row.querySelector("[data-stop]").textContent = upload.isBusy ? "取消" : upload.final ? "知道了" : "不传了";
  if (state === "done") arrived(upload);
  if (state === "stopped") dismiss(upload, `没有上传“${upload.file.name}”`);
  if (upload.isFromWord) tellProgress();
  if (upload.isFromWord && state === "failed" && upload.final) tellLost(upload);
  if (!upload.isBusy) whenQuiet();
}

// What never comes in stands among the remarks on the file, with its place: the row here goes away.
function tellLost({ file, mark, message }) {
  const text = new DOMParser().parseFromString(body.html, "text/html").body.textContent;
  const before = text.slice(0, Math.max(0, text.indexOf(mark))).trim().replaceAll(/\s+/g, " ");
  const place = before ? `（在“${before.slice(-12)}”后面）` : "";
  const sentence = `${file.name}${place}没有导入：${message}`;
  form.dispatchEvent(new CustomEvent("wordpicturelost", { detail: sentence }));
}

function words({ state, progress, message }) {
  if (state === "failed") return message;
  if (state === "waiting") return "排队中";
  return progress < 1 ? `${Math.round(progress * 100)}%` : "正在处理……";
}

function dismiss(upload, sentence) {
  uploads.splice(uploads.indexOf(upload), 1);
  upload.row.remove();
  if (upload.isFromWord) {
    leaveCaption(upload);
    tellProgress();
  } else if (upload.mark) figures.forget(upload.mark);
  if (sentence) say(sentence);
}

// A picture that does not come in leaves the words below it.
function leaveCaption({ state, mark, caption }) {
  if (state === "done") return;
  const paragraph = document.createElement("p");
  paragraph.textContent = caption;
  figures.putFor(mark, caption ? paragraph.outerHTML : "");
}

// Behind the picture of the same choice that comes before it, whichever arrived first.
function arrived(upload) {
  if (upload.isFromWord) return arrivedFromWord(upload);
  const before = upload.batch.slice(0, upload.batch.indexOf(upload)).findLast((each) => each.node?.isConnected);
  const place = upload.mark ? figures.placeOf(upload.mark) : before?.node ?? upload.place;
  // Undone, a paste goes away with its pictures, and leaves no word that kept their place.
  upload.node = figures.add({ address: upload.url }, place, { ownStep: !upload.mark });
  dismiss(upload, `“${upload.file.name}”传好了，已经放进正文`);
  show();
}

function arrivedFromWord(upload) {
  fromWord.done += 1;
  const isThere = figures.putFor(upload.mark, upload.figure);
  dismiss(upload, isThere ? "" : `“${upload.file.name}”的位置已经从正文里删去，没有放进来`);
  show();
}

// Saving waits for the pictures that are on their way; those that failed do not hold it up.
function waitForPictures(event) {
  if (event.target !== form || !busy().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  awaited = event.submitter;
  tellWaiting();
}

// Where the button was pressed; said once, not in the tray too.
function sayAtButtons(message) {
  line.textContent = message;
}

function tellWaiting() {
  const what = awaited.value === "hand_in" ? "提交" : awaited.value === "preview" ? "预览" : "保存";
  sayAtButtons(`还有 ${busy().length} 张图片在传，传完就${what}……`);
}

function whenQuiet() {
  if (awaited && busy().length) tellWaiting();
  if (!awaited || busy().length) return;
  const button = awaited;
  awaited = null;
  if (uploads.some((each) => each.state === "failed")) {
    sayAtButtons("有的图片没有传上去。请先重试，或者点掉，再保存。");
    uploadList.scrollIntoView({ block: "center" });
  }
  else setTimeout(() => form.requestSubmit(button));
}

// What stands in the text

function show() {
  const now = figures.all();
  const gone = shown.filter((each) => each.undo);
  const before = shown.filter((each) => !each.undo);
  const next = now.map((picture) => {
    const known = before.findIndex((each) => each.picture.address === picture.address);
    const row = known >= 0 ? before.splice(known, 1)[0].row : pictureRow(picture.address);
    return { row, picture };
  });
  before.forEach((each) => each.row.remove());
  gone.forEach((each) => next.splice(Math.min(each.index, next.length), 0, each));
  if (next.some((each, index) => list.children[index] !== each.row)) list.append(...next.map((each) => each.row));
  shown = next;
  now.forEach((picture, index) => fill(next.find((each) => each.picture === picture).row, picture, index, now.length));
  none.hidden = next.length > 0;
}

function pictureRow(address) {
  const row = made("picture-row");
  row.querySelector("img").src = `${address}thumbnail.webp`;
  const entry = () => shown.find((each) => each.row === row);
  const on = (name, action) => row.querySelector(`[data-${name}]`).addEventListener("click", () => action(entry()));
  on("up", (each) => step(each, -1));
  on("down", (each) => step(each, 1));
  on("here", moveHere);
  on("remove", remove);
  for (const name of ["caption", "alt"]) {
    const field = row.querySelector(`[name=${name}]`);
    const id = `picture-${name}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    field.id = id;
    row.querySelector(`[data-label=${name}]`).htmlFor = id;
    field.removeAttribute("name"); // the text holds it: the form does not send it twice
    field.dataset.field = name;
    field.addEventListener("input", () => described(entry(), name, field.value));
  }
  return row;
}

function fill(row, picture, index, count) {
  row.querySelector("[data-number]").textContent = index + 1;
  row.querySelector("[data-up]").disabled = index === 0;
  row.querySelector("[data-down]").disabled = index === count - 1;
  row.querySelector("[data-here]").hidden = !figures.isInEditor();
  for (const name of ["caption", "alt"]) {
    const field = row.querySelector(`[data-field=${name}]`);
    if (document.activeElement !== field && field.value !== picture[name]) field.value = picture[name];
  }
}

function described(entry, name, value) {
  const { alt, caption } = entry.picture;
  figures.describe(entry.picture, { alt, caption, [name]: value.replace(/\s+/g, " ") });
  show();
}

const pictures = () => shown.filter((each) => !each.undo);

function step(entry, direction) {
  const order = pictures();
  const at = order.indexOf(entry);
  const [moved] = order.splice(at, 1);
  order.splice(at + direction, 0, moved);
  reorder(order);
  const button = entry.row.querySelector(direction < 0 ? "[data-up]" : "[data-down]");
  (button.disabled ? entry.row.querySelector(direction < 0 ? "[data-down]" : "[data-up]") : button).focus();
  say(`移到第 ${at + direction + 1} 张`);
}

function reorder(order) {
  figures.arrange(order.map((each) => each.picture));
  show();
}

function moveHere(entry) {
  const place = figures.caret();
  if (!place) {
    say("先在正文里点一下，图片要放到哪一段后面。");
    return;
  }
  figures.moveTo(entry.picture, place);
  show();
  say("已经移到正文里光标所在的段落后面");
}

function remove(entry) {
  const index = shown.indexOf(entry);
  const undo = figures.remove(entry.picture);
  const row = made("removed-row");
  row.querySelector("[data-removed-name]").textContent = entry.picture.caption || `第 ${pictures().indexOf(entry) + 1} 张图片`;
  row.querySelector("[data-undo]").addEventListener("click", () => {
    shown = shown.filter((each) => each.row !== row);
    row.remove();
    undo();
    show();
    say("图片放回去了");
  });
  row.querySelector("[data-forget]").addEventListener("click", () => {
    shown = shown.filter((each) => each.row !== row);
    row.remove();
    show();
  });
  entry.row.replaceWith(row);
  shown[index] = { row, undo, index };
  show();
  row.querySelector("[data-undo]").focus();
  say("去掉了一张图片，可以撤销");
}

// Ways in

for (const input of part.querySelectorAll("[data-choose]")) {
  input.addEventListener("change", () => {
    take(input.files, figures.caret());
    input.value = "";
  });
}

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
part.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  part.classList.add("over");
});
part.addEventListener("dragleave", (event) => {
  if (!part.contains(event.relatedTarget)) part.classList.remove("over");
});
part.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  event.stopPropagation(); // a Word file dropped elsewhere on the form is another thing
  part.classList.remove("over");
  take(event.dataTransfer.files, figures.caret());
});
// Files that are pasted or dropped into the editor (see editor.js).
document.addEventListener("picturefiles", (event) => {
  event.preventDefault();
  take(event.detail.files, figures.caret(), event.detail.marks);
});

window.addEventListener("online", () => uploads.filter((each) => each.state === "failed" && !each.final && !each.signedOut).forEach((each) => each.start()));
window.addEventListener("beforeunload", (event) => {
  if (busy().length) event.preventDefault();
});
document.addEventListener("submit", waitForPictures, { capture: true });

let soon;
document.addEventListener("editorchange", () => {
  clearTimeout(soon);
  soon = setTimeout(show, 150);
});
whenReady(() => {
  show();
  goOn();
  if (globalThis.Sortable) {
    Sortable.create(list, {
      handle: "[data-handle]",
      draggable: "[data-picture]",
      animation: 150,
      onEnd() {
        const rows = [...list.children];
        reorder(pictures().sort((a, b) => rows.indexOf(a.row) - rows.indexOf(b.row)));
      },
    });
  }
});
