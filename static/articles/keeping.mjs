// @ts-check
// What the server has not got is kept in the browser: one copy for each draft of the account.
import * as copiesHere from "./copies.mjs";
import { field, form, written } from "./manuscript.mjs";

const MINE = `writing:${form.dataset.writer}:`;
let article = form.dataset.article;

export const key = () => `${MINE}${article ?? `new:${field("form_id").value}`}`;

// The form goes on as the one of a draft that the server made.
export function belongsTo(pk) {
  drop();
  article = pk;
}

export const keep = () => copiesHere.keep(key(), written());

export const drop = (name = key()) => copiesHere.drop(name);

// The copies that this page may offer, the newest first.
export const copies = () => copiesHere.all((name) => (article ? name === `${MINE}${article}` : name.startsWith(`${MINE}new:`)));
