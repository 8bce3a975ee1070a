// @ts-check
// Pages of issues that were opened or saved, kept to be read without a network. What was withdrawn or
// corrected is never shown again once a page was had from the network: each kept page bears the state
// in which it was last looked at, and is shown only in that state (/standing.json). Only pages that
// are the same for everybody are kept.
import { note, read } from "./notes.mjs";

const FRAME = "frame"; // styles and scripts, and the page that stands in for others
export const SHELF = "/offline/";
export const PICTURE = /^\/(pictures\/[\w-]+\/|issues\/\d{4}\/[\w-]+\/cover)/;
const MOST = 6; // issues kept unasked
const AT_ONCE = 4;
const FRAMED = /(?:href|src)="(\/static\/[^"]+\.(?:css|m?js))"/g;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const IMPORTED = /(?:from |import\()"(\.{1,2}\/[\w./-]+\.mjs)"/g;

const nameOf = (issue) => `issue ${issue}`;
const ask = (path, options = {}) => fetch(path, { credentials: "omit", cache: "no-cache", ...options });

async function inTurns(things, work) {
  const left = [...things];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left.length) await work(left.shift());
    }),
  );
}

// A page into its issue's box, with the styles and scripts that it names. Whether it is there now.
async function keepPage(path, issue) {
  const { state } = await read();
  const answer = await ask(path);
  const isForAll = answer.ok && !answer.redirected && /public/.test(answer.headers.get("Cache-Control"));
  if (!isForAll) {
    await dropPage(path);
    return false;
  }
  const frame = (await answer.clone().text()).matchAll(FRAMED);
  await (await caches.open(nameOf(issue))).put(path, answer);
  await inTurns([...frame].map((found) => found[1]), keepFrame);
  await note((notes) => (notes.pages[path] = { issue, state }));
  return true;
}

// With the modules that a module asks for. A name with a hash never shows anything else.
async function keepFrame(path) {
  const frame = await caches.open(FRAME);
  if (HASHED.test(path) && (await frame.match(path))) return;
  const answer = await fetch(path).catch(() => null);
  if (!answer?.ok) return;
  const words = path.endsWith(".mjs") ? await answer.clone().text() : "";
  await frame.put(path, answer);
  const parts = [...words.matchAll(IMPORTED)].map(([, name]) => new URL(name, answer.url).pathname);
  for (const part of parts) await keepFrame(part);
}

async function keepPicture(path, issue) {
  const box = await caches.open(nameOf(issue));
  if (await box.match(path)) return;
  const answer = await ask(path, { cache: "force-cache" }).catch(() => null);
  if (answer?.ok) await box.put(path, answer);
}

export async function dropPage(path) {
  const { pages } = await read();
  if (!pages[path]) return;
  await (await caches.open(nameOf(pages[path].issue))).delete(path);
  await note((notes) => delete notes.pages[path]);
}

export async function dropIssue(issue) {
  await caches.delete(nameOf(issue));
  await note((notes) => {
    delete notes.issues[issue];
    for (const [path, page] of Object.entries(notes.pages)) if (page.issue === issue) delete notes.pages[path];
  });
}

let looking = Promise.resolve();

/**
 * Asks what still stands. Where a page came from the network just now, nothing kept is shown before
 * that is known. Each time from the beginning: what an earlier look was told may be older.
 * @param {{hadNetwork?: boolean}} [told]
 */
export function look({ hadNetwork = false } = {}) {
  const done = looking.then(() => lookAfterAll(hadNetwork));
  looking = done.catch(() => {});
  return done;
}

async function lookAfterAll(hadNetwork) {
  const before = await read();
  if (!Object.keys(before.issues).length && before.state) return;
  if (hadNetwork) await note((notes) => (notes.doubt = true));
  const { state } = await (await ask("/standing.json", { cache: "no-store" })).json();
  await note((notes) => Object.assign(notes, { state, doubt: false }));
  const { issues, pages } = await read();
  const stale = Object.entries(pages).filter(([, page]) => page.state !== state);
  if (!stale.length) return;
  for (const issue of Object.keys(issues)) await lookAfter(issue, stale);
}

async function lookAfter(issue, stale) {
  const answer = await ask(`${issue}kept.json`);
  // Taken back, or closed to strangers: then the answer is none, or the way to sign in.
  if (answer.status === 404 || answer.status === 410 || answer.redirected) return dropIssue(issue);
  if (!answer.ok) return;
  const told = await answer.json();
  const box = await caches.open(nameOf(issue));
  const belongs = new Set([...told.pages, ...told.pictures]);
  for (const { url } of await box.keys()) {
    const path = new URL(url).pathname;
    if (PICTURE.test(path) && !belongs.has(path)) await box.delete(path);
  }
  const mine = stale.filter(([, page]) => page.issue === issue).map(([path]) => path);
  await inTurns(mine, (path) => (belongs.has(path) ? keepPage(path, issue) : dropPage(path)));
}

/**
 * All of an issue.
 * @param {string} issue
 * @param {{withPictures?: boolean, tell?: (done: number, of: number) => void}} asked
 */
async function keepIssue(issue, { withPictures, tell = () => {} }) {
  const answer = await ask(`${issue}kept.json`);
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  const pictures = withPictures ? told.pictures : told.pictures.slice(0, 1);
  const of = told.pages.length + pictures.length;
  let done = 0;
  const { pages, state } = await read();
  await note((notes) => Object.assign((notes.issues[issue] ??= /** @type {any} */ ({})), { title: `${told.label} ${told.title}` }));
  await inTurns(told.pages, async (path) => {
    if (pages[path]?.state !== state) await keepPage(path, issue);
    tell(++done, of);
  });
  await inTurns(pictures, async (path) => {
    await keepPicture(path, issue);
    tell(++done, of);
  });
}

// What was opened is kept; where a second page of an issue was, the rest of its texts too.
export async function opened({ path, issue, title, pictures, isSparing }) {
  await look();
  const before = Object.entries((await read()).pages).filter(([other, page]) => page.issue === issue && other !== path);
  await note((notes) => {
    notes.issues[issue] = { saved: false, title, ...notes.issues[issue], at: Date.now() };
  });
  await keepPage(path, issue);
  await inTurns(pictures.filter((each) => PICTURE.test(each)), (each) => keepPicture(each, issue));
  if (before.length && !isSparing) await keepIssue(issue, { withPictures: false });
  const unasked = Object.entries((await read()).issues).filter(([, each]) => !each.saved);
  const oldest = unasked.sort((one, other) => other[1].at - one[1].at).slice(MOST);
  for (const [other] of oldest) await dropIssue(other);
}

export async function save({ issue }, tell) {
  await look();
  await note((notes) => (notes.issues[issue] ??= { saved: false, at: Date.now(), title: issue }));
  await keepIssue(issue, { withPictures: true, tell });
  await note((notes) => (notes.issues[issue].saved = true));
}

export async function listed() {
  const { issues, pages, state, doubt } = await read();
  return Object.entries(issues).map(([issue, told]) => {
    const own = Object.values(pages).filter((page) => page.issue === issue && page.state === state && !doubt);
    return { issue, ...told, pages: own.length };
  });
}

export async function kept(path) {
  const { pages, state, doubt } = await read();
  const page = pages[path];
  if (!page || doubt || page.state !== state) return;
  return (await caches.open(nameOf(page.issue))).match(path);
}

/** The page that stands in for others. */
export async function keepShelf() {
  const answer = await ask(SHELF);
  if (!answer.ok) return;
  const frame = (await answer.clone().text()).matchAll(FRAMED);
  await (await caches.open(FRAME)).put(SHELF, answer);
  await inTurns([...frame].map((found) => found[1]), keepFrame);
}

/** Whatever width a page asks for, the one that is kept. @param {string} path */
export async function anyWidth(path) {
  const [token] = PICTURE.exec(path);
  for (const name of await caches.keys()) {
    const box = await caches.open(name);
    const held = (await box.keys()).find(({ url }) => new URL(url).pathname.startsWith(token));
    if (held) return box.match(held);
  }
}
