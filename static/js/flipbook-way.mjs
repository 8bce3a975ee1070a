// @ts-check
// Never lost: where one was in this issue last time, and the way back after a jump.
const place = document.querySelector(".way");
const key = "leaves";
const issue = location.pathname;
const MOST = 60; // issues remembered
const FORGET = 3; // turns after which nobody wants to go back any more
let turns = 0;

function places() {
  try {
    return new Map(JSON.parse(localStorage.getItem(key)));
  } catch {
    return new Map();
  }
}

export function remember(page, last) {
  const kept = places();
  kept.delete(issue); // so that the newest stands last
  if (page > 1 && page < last) kept.set(issue, page);
  try {
    localStorage.setItem(key, JSON.stringify([...kept].slice(-MOST)));
  } catch {
    // Not remembered.
  }
}

// The page where one stopped reading this issue, if that was inside it.
export function lastTime() {
  const page = places().get(issue);
  return Number.isInteger(page) ? page : 0;
}

// Offers a way to a page, until it is taken, refused or no longer of use.
export function offer(words, page) {
  const link = document.createElement("a");
  link.href = `#p${page}`;
  link.textContent = `${words}（第 ${page} 页）`;
  link.addEventListener("click", withdraw);
  const no = document.createElement("button");
  no.type = "button";
  no.setAttribute("aria-label", "不用了");
  no.textContent = "×";
  no.addEventListener("click", withdraw);
  place.replaceChildren(link, no);
  turns = 0;
}

export function withdraw() {
  place.replaceChildren();
}

export function turned() {
  turns += 1;
  if (turns >= FORGET) withdraw();
}
