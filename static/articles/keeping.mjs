// What the server has not got is kept in the browser: one copy for each draft, under the account's
// number, so that another account on the same computer is never shown it.
import { field, form, written } from "./manuscript.mjs";

const MINE = `writing:${form.dataset.writer}:`;
const LONGEST = 30 * 24 * 3600 * 1000; // a copy that nobody asked for in a month is dropped
let article = form.dataset.article;

export const key = () => `${MINE}${article ?? `new:${field("form_id").value}`}`;

// The form goes on as the one of a draft that the server made.
export function belongsTo(pk) {
  drop();
  article = pk;
}

// True where the browser has it now: its storage may be full, or closed in a private window.
export function keep() {
  try {
    localStorage.setItem(key(), JSON.stringify({ at: Date.now(), pairs: written() }));
    return true;
  } catch {
    return false;
  }
}

export function drop(name = key()) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing can be in a storage that is closed.
  }
}

function read(name) {
  try {
    const copy = JSON.parse(localStorage.getItem(name));
    return Array.isArray(copy?.pairs) && copy.at > Date.now() - LONGEST ? { name, ...copy } : drop(name);
  } catch {
    return drop(name);
  }
}

// The copies that this page may offer, the newest first.
export function copies() {
  try {
    const names = Object.keys(localStorage).filter((name) => (article ? name === `${MINE}${article}` : name.startsWith(`${MINE}new:`)));
    return names.map(read).filter(Boolean).sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}
