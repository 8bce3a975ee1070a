// @ts-check
// From a finding to its place: in the title, in the editor, or in the plain text area. The page
// that hands in leads here by the finding's own address (#at-…).
import { field, form, whenReady } from "./manuscript.mjs";
import { find, textOf } from "./passages.mjs";

const editor = () => globalThis.CKEDITOR?.instances?.id_body;

function selectIn(input, { quote, before }) {
  const near = input.value.indexOf(before + quote);
  const at = near < 0 ? input.value.indexOf(quote) : near + before.length;
  input.focus();
  if (at < 0) return false;
  input.setSelectionRange(at, at + quote.length);
  return true;
}

function selectInEditor({ quote, before }) {
  const range = find(textOf(editor().editable().$), quote, before);
  if (!range) return false;
  editor().focus();
  const selection = editor().window.$.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  editor().container.$.scrollIntoView({ block: "nearest" });
  return true;
}

function go(link) {
  const { part, ...passage } = link.dataset;
  if (part === "title") return selectIn(field("title"), passage);
  if (part === "byline") return form.querySelector("[data-author] [name$=-name]").focus();
  return editor() ? selectInEditor(passage) : selectIn(form.querySelector("#id_body"), passage);
}

form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-place]");
  if (!link) return;
  event.preventDefault();
  go(link);
});

function fromAddress() {
  const link = location.hash.startsWith("#at-") ? document.getElementById(location.hash.slice(1)) : null;
  if (!link?.dataset.part) return;
  link.closest("details").open = true;
  setTimeout(go, 0, link); // behind the browser's own way to the address
}

whenReady(fromAddress);
