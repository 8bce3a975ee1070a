// @ts-check
// How the saving of a manuscript stands, and what each answer of the server makes of it: a table and
// functions of it, without a page and without a clock. `autosave.mjs` acts on it.

/**
 * @typedef {object} Stand
 * @property {keyof typeof STATES} state
 * @property {number} failures  answers in a row that did not come
 * @property {string} why  what keeps the text from the server, as the writer reads it
 * @property {string} [way]  the door beside the words that leads out
 * @property {string} [after]  what happens next by itself
 */

/**
 * typing: what is written from now on is sent, or kept in the browser;
 * sends: a saving that is asked for goes to the server;
 * back: the state after the writer was elsewhere, where another window may have mended it;
 * leaves: a button may go on, as the page that it leads to says the rest.
 */
export const STATES = {
  open: { typing: "send", sends: true, back: "open", leaves: true },
  trying: { typing: "keep", sends: true, back: "open", leaves: false },
  faulty: { typing: "send", sends: true, back: "faulty", leaves: true },
  "too much": { typing: "send", sends: true, back: "too much", leaves: false },
  arriving: { typing: "keep", sends: false, back: "arriving", leaves: true },
  "signed out": { typing: "keep", sends: false, back: "open", leaves: true },
  another: { typing: "keep", sends: false, back: "open", leaves: true },
  gone: { typing: "keep", sends: false, back: "open", leaves: false },
  locked: { typing: "keep", sends: false, back: "locked", leaves: true },
  overwritten: { typing: "keep", sends: false, back: "overwritten", leaves: true },
};

const WAITS = [2000, 4000, 8000, 15_000, 30_000, 60_000]; // ms until the next try
const BY_ITSELF = "，会自动再试";
// What the server says is a sentence, and goes on here: 已存在本机.
const unended = (said) => said.replace(/。$/, "");

/** @type {Stand} */
export const OPEN = { state: "open", failures: 0, why: "" };
/** @type {Stand} */
export const ARRIVING = { state: "arriving", failures: 0, why: "" };
/** @type {Stand} */
export const OVERWRITTEN = { state: "overwritten", failures: 0, why: "这篇稿件在别处改过", way: "choose" };
/** @type {Stand} */
const SIGNED_OUT = { state: "signed out", failures: 0, why: "登录已过期", way: "sign-in" };

/** What the server says by name. @type {Record<string, (said: string) => Stand>} */
const BY_REASON = {
  "signed out": () => SIGNED_OUT,
  another: (said) => ({ ...OPEN, state: "another", why: unended(said) }),
  overwritten: () => OVERWRITTEN,
  locked: (said) => ({ ...OPEN, state: "locked", why: unended(said) }),
  faults: (said) => ({ ...OPEN, state: "faulty", why: `还没有存到服务器：${unended(said)}` }),
};

/** @param {Stand} stand @param {string} why @param {string} [after] @returns {Stand} */
function tryAgain(stand, why, after = BY_ITSELF) {
  return { state: "trying", failures: stand.failures + 1, why, after };
}

/**
 * No answer came, or half of one.
 * @param {Stand} stand
 * @param {boolean} isOnline
 */
export function unreached(stand, isOnline) {
  return isOnline ? tryAgain(stand, "连不上服务器") : tryAgain(stand, "未联网", "");
}

/**
 * The server did not take it.
 * @param {Stand} stand
 * @param {number} status  of HTTP
 * @param {{reason?: string, message?: string}} [error]  what its answer says
 * @returns {Stand}
 */
export function refused(stand, status, error) {
  const named = BY_REASON[error?.reason ?? ""];
  if (named) return named(error?.message ?? "");
  if (status === 429) return tryAgain(stand, "保存得太快了");
  if (status >= 500) return tryAgain(stand, "服务器暂时不可用");
  if (status === 400 || status === 413) return { ...OPEN, state: "too much", why: "内容太多，服务器收不下，请删短一些" };
  if (status === 403) return SIGNED_OUT;
  return { ...OPEN, state: "gone", why: "服务器上找不到这篇稿件了" };
}

/** The writer is here again. @param {Stand} stand @returns {Stand} */
export function cameBack(stand) {
  return STATES[stand.state].back === stand.state ? stand : OPEN;
}

/** ms until the next try; null where only the writer can go on. @param {Stand} stand */
export function wait({ state, failures }) {
  return state === "trying" ? WAITS[Math.min(failures, WAITS.length) - 1] : null;
}
