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
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return cookie?.split("=")[1] ?? form.querySelector("[name=csrfmiddlewaretoken]").value;
}
