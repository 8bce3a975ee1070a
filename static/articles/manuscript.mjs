// @ts-check
// The manuscript's form as other scripts on the page see it: its fields, its text, its token.
// The text is CKEditor's where that is there, and the plain text area's where it did not load.

export const form = document.querySelector("[data-manuscript]");

const area = form.querySelector("#id_body");
const editor = () => globalThis.CKEDITOR?.instances?.id_body;

export const body = {
  get html() {
    return editor()?.getData() ?? area.value;
  },
  set html(value) {
    if (editor()) editor().setData(value);
    else area.value = value;
    document.dispatchEvent(new CustomEvent("editorchange"));
  },
  get isEmpty() {
    return !body.html.replace(/<[^>]*>|&nbsp;|\s/g, "") && !body.html.includes("<img");
  },
};

// Calls back when the editor can be written to; at once where there is none.
export function whenReady(callback) {
  const ckeditor = globalThis.CKEDITOR;
  if (!ckeditor) callback();
  else if (editor()?.status === "ready") callback();
  else ckeditor.on("instanceReady", callback);
}

// Signing in again, in another window, changes the token: the cookie has the one that counts.
export function csrfToken() {
  const cookie = document.cookie.split("; ").find((each) => /^(__Host-)?csrftoken=/.test(each));
  return cookie?.split("=")[1] ?? form.querySelector("[name=csrfmiddlewaretoken]").value;
}

// Names that belong to this page and not to the text.
const OF_THE_PAGE = ["csrfmiddlewaretoken", "base", "writer", "captions", "end"];

// All that was written, as it is sent; files go with the button only.
export function sendable() {
  const data = new FormData(form);
  // oxlint-disable-next-line no-useless-spread -- what is walked must not lose pairs meanwhile
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("body", body.html);
  data.set("csrfmiddlewaretoken", csrfToken());
  return data;
}

const ofTheText = (data) => [...data].filter(([name]) => !OF_THE_PAGE.includes(name));

// The same as plain pairs, for comparing and keeping.
export const written = () => ofTheText(sendable());

// Those of a form that the server just made, in no page.
export function pairsOf(other) {
  const data = new FormData(other);
  return ofTheText(data).filter(([, value]) => !(value instanceof File));
}

export const field = (name) => form.elements.namedItem(name);

// Puts kept pairs back; rows of authors are made as they are needed.
export function put(pairs) {
  const rows = Number(pairs.find(([name]) => name === "authors-TOTAL_FORMS")?.[1] ?? 0);
  form.dispatchEvent(new CustomEvent("rowsneeded", { detail: rows }));
  form.querySelectorAll("[type=radio]").forEach((radio) => (radio.checked = false));
  for (const [name, value] of pairs) {
    const element = field(name);
    if (name === "body") body.html = value;
    else if (element && !name.endsWith("_FORMS")) element.value = value;
  }
  form.dispatchEvent(new CustomEvent("rowsfilled"));
  form.dispatchEvent(new Event("input"));
}
