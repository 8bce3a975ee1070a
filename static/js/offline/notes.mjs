// @ts-check
// What is kept, as one small note: which issues, and of each page in which state it was looked at.
const NOTES = "notes";
const NOTED_AT = "/offline/notes.json";

/** @typedef {{saved: boolean, at: number, title: string}} Kept */
/** @typedef {{issue: string, state: string}} Page */
/** @typedef {{state: string, doubt: boolean, issues: Record<string, Kept>, pages: Record<string, Page>}} Notes */

/** @returns {Promise<Notes>} */
export async function read() {
  const kept = await (await caches.open(NOTES)).match(NOTED_AT);
  return kept ? kept.json() : { state: "", doubt: false, issues: {}, pages: {} };
}

/** @param {(notes: Notes) => unknown} change */
async function changed(change) {
  const notes = await read();
  change(notes);
  const told = new Response(JSON.stringify(notes), { headers: { "Content-Type": "application/json" } });
  await (await caches.open(NOTES)).put(NOTED_AT, told);
}

let turn = Promise.resolve();

/**
 * One after the other: two at once would each write over what the other noted.
 * @param {(notes: Notes) => unknown} change
 */
export function note(change) {
  const done = turn.then(() => changed(change));
  turn = done.catch(() => {});
  return done;
}
