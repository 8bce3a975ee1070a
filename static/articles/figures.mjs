// @ts-check
// The pictures that stand in the text, in its order. The text is the one truth: what is asked here
// is read from it, what is changed here is changed in it. In CKEditor a picture is a widget; in the
// plain text area, where the editor did not load, it is the figure as written.
import { body, form } from "./manuscript.mjs";

const OURS = /^(?:https?:\/\/[^/]+)?(\/pictures\/[0-9a-f-]{36}\/)$/;
const FIGURE = /<figure\b[^>]*>[\s\S]*?<\/figure>/g;
const editor = () => globalThis.CKEDITOR?.instances?.id_body;
const area = form.querySelector("#id_body");

const escaped = (words) => words.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
const addressOf = (source) => OURS.exec(source ?? "")?.[1];

// [{ key, address, alt, caption }] of the pictures that are ours; `key` is this module's own.
export function all() {
  return editor() ? inEditor() : inArea();
}

function inEditor() {
  const root = editor().editable()?.$;
  const widgets = Object.values(editor().widgets.instances).filter(
    (each) => each.name === "image" && addressOf(each.data.src) && root?.contains(each.wrapper.$),
  );
  const follows = (a, b) => a.wrapper.$.compareDocumentPosition(b.wrapper.$) & Node.DOCUMENT_POSITION_FOLLOWING;
  return widgets
    .sort((a, b) => (follows(a, b) ? -1 : 1))
    .map((widget) => ({
      key: widget,
      address: addressOf(widget.data.src),
      alt: widget.data.alt ?? "",
      caption: widget.editables.caption?.getText().trim() ?? "",
    }));
}

function inArea() {
  const found = area.value.match(FIGURE) ?? [];
  return found
    .map((source, key) => {
      const figure = new DOMParser().parseFromString(source, "text/html").querySelector("figure");
      const image = figure.querySelector("img");
      return {
        key,
        address: addressOf(image?.getAttribute("src")),
        alt: image?.getAttribute("alt") ?? "",
        caption: figure.querySelector("figcaption")?.textContent.trim() ?? "",
      };
    })
    .filter((each) => each.address);
}

const written = ({ address, alt = "", caption = "" }, attributes = "") =>
  `<figure${attributes}><img alt="${escaped(alt)}" src="${address}"><figcaption>${escaped(caption)}</figcaption></figure>`;

// Runs a change as one step of the editor's own undo, or as a part of the step before.
function changing(change, { ownStep = true } = {}) {
  if (ownStep) editor()?.fire("saveSnapshot");
  const result = change();
  if (editor()) {
    editor().fire(ownStep ? "saveSnapshot" : "updateSnapshot");
    editor().fire("change");
  } else {
    document.dispatchEvent(new CustomEvent("editorchange"));
  }
  return result;
}

function rewriteArea(rewritten) {
  let key = -1;
  area.value = area.value.replace(FIGURE, (source) => rewritten(++key, source));
}

export function describe(picture, { alt, caption }) {
  changing(() => {
    if (!editor()) {
      const source = written({ ...picture, alt, caption });
      rewriteArea((key, before) => (key === picture.key ? source : before));
      return;
    }
    const widget = picture.key;
    if (alt !== picture.alt) widget.setData("alt", alt);
    if (caption !== picture.caption) {
      if (!widget.editables.caption) widget.setData("hasCaption", true);
      const now = inEditor().find((each) => each.address === picture.address && each.alt === alt) ?? picture;
      now.key.editables.caption?.setHtml(escaped(caption));
    }
  });
}

// A picture alone in its paragraph moves with it.
function nodeOf({ key: widget }) {
  const node = widget.wrapper.$;
  const parent = node.parentElement;
  return parent.tagName === "P" && !parent.textContent.replace(/[\s\u200b]/g, "") && parent.childElementCount === 1 ? parent : node;
}

// The pictures in this order, at the places in the text where pictures stand.
export function arrange(pictures) {
  changing(() => {
    if (!editor()) {
      const sources = area.value.match(FIGURE);
      const places = pictures.map((each) => each.key).sort((a, b) => a - b);
      rewriteArea((key, source) => (places.includes(key) ? sources[pictures[places.indexOf(key)].key] : source));
      return;
    }
    const marks = inEditor().map((each) => {
      const mark = editor().document.$.createComment("");
      nodeOf(each).before(mark);
      return mark;
    });
    const nodes = pictures.map(nodeOf);
    marks.forEach((mark, index) => mark.replaceWith(nodes[index]));
  });
}

function blockAround(node) {
  const root = editor().editable().$;
  let at = node;
  while (at && at.parentNode !== root) at = at.parentNode;
  return at;
}

// Where the writer's caret last stood: the block, or null where the text was never touched.
let touched = false;
globalThis.CKEDITOR?.on("instanceReady", ({ editor: ready }) => ready.on("focus", () => (touched = true)));
export function caret() {
  if (!editor() || !touched) return null;
  const range = editor().getSelection()?.getRanges()[0];
  return range ? blockAround(range.startContainer.$) : null;
}

function inText(place) {
  const root = editor()?.editable().$;
  return place?.isConnected && place !== root && root?.contains(place);
}

// Puts a picture behind the place (as `caret` and `add` give it), or at the end of the text.
export function add(details, place = null, options = {}) {
  return changing(() => {
    if (!editor()) {
      area.value = `${area.value.trimEnd()}\n${written(details)}`.trimStart();
      return null;
    }
    const { CKEDITOR } = globalThis;
    const root = editor().editable();
    const figure = CKEDITOR.dom.element.createFromHtml(written(details, ' class="image"'), editor().document);
    if (inText(place)) new CKEDITOR.dom.element(place).$.after(figure.$);
    else if (place === root.$) root.$.prepend(figure.$);
    else root.append(figure);
    dropEmptyStart(root.$, figure.$);
    return editor().widgets.initOn(figure, "image").wrapper.$;
  }, options);
}

// An untouched text is one empty paragraph: it would stand above the first picture.
function dropEmptyStart(root, figure) {
  const first = root.firstElementChild;
  if (root.childElementCount === 2 && first !== figure && first.tagName === "P" && !first.textContent.trim()) figure.after(first);
}

// The block that holds these words, to put a picture behind it; null where they are not there.
export function placeOf(words) {
  if (!editor()) return null;
  const found = nodeWith(words);
  return found && blockAround(found);
}

function nodeWith(words) {
  const walker = document.createTreeWalker(editor().editable().$, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.includes(words)) return walker.currentNode;
  return null;
}

// Takes these words out of the text, and the paragraph that held nothing else.
export function forget(words) {
  const node = editor() && nodeWith(words);
  if (!node) return;
  changing(() => {
    node.data = node.data.replace(words, "");
    const block = node.parentElement;
    if (block.tagName === "P" && !block.textContent.trim() && !block.querySelector("img")) block.remove();
  }, { ownStep: false });
}

// Puts HTML where these words stand alone: the figure that they kept the place of, or its caption.
// False where they are not there any more.
export function putFor(words, html) {
  return editor() ? putInEditor(words, html) : putInArea(words, html);
}

function putInArea(words, html) {
  const kept = [`<p>${escaped(words)}</p>`, `<p>${words}</p>`, words].find((each) => area.value.includes(each));
  if (kept) changing(() => (area.value = area.value.replace(kept, () => html)));
  return Boolean(kept);
}

function putInEditor(words, html) {
  const node = nodeWith(words);
  if (!node) return false;
  const { CKEDITOR } = globalThis;
  changing(() => {
    const block = node.parentElement;
    const isAlone = block.tagName === "P" && block.textContent.replace(/[\s\u200b]/g, "") === words.replace(/\s/g, "");
    const element = html && CKEDITOR.dom.element.createFromHtml(html, editor().document);
    if (isAlone && element) block.replaceWith(element.$);
    else if (isAlone) block.remove();
    else {
      node.data = node.data.replace(words, "");
      if (element) (block.closest("td, th") ?? blockAround(node)).append(element.$);
    }
    if (element?.getName?.() !== "figure") return;
    element.addClass("image");
    if (!element.findOne("figcaption")) element.append(new CKEDITOR.dom.element("figcaption", editor().document));
    editor().widgets.initOn(element, "image");
  }, { ownStep: false });
  return true;
}

export function moveTo(picture, place) {
  changing(() => {
    const node = nodeOf(picture);
    if (inText(place) && place !== node) place.after(node);
  });
}

// Takes a picture out of the text; what it gives puts it back where it stood.
export function remove(picture) {
  if (!editor()) {
    const before = area.value;
    changing(() => rewriteArea((key, source) => (key === picture.key ? "" : source)));
    const after = area.value;
    return () => changing(() => {
      if (area.value === after) area.value = before;
      else area.value = `${area.value}\n${written(picture)}`;
    });
  }
  const node = nodeOf(picture);
  const place = node.previousElementSibling ?? editor().editable().$;
  changing(() => {
    editor().widgets.del(picture.key);
    if (node.isConnected) node.remove();
  });
  return () => add(picture, place);
}

export const isInEditor = () => Boolean(editor());
export { body };
