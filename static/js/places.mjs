// @ts-check
// Where a reader stopped in each article, kept in this browser alone: [article, share read, issue].
const KEY = "places";
const MOST = 60; // articles remembered

/** @returns {Array<[string, number, string]>} the newest last */
function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept.filter(([article, share]) => typeof article === "string" && share > 0 && share < 1);
  } catch {
    return [];
  }
}

/** @param {string} article @returns {number | undefined} the share of it that was read */
export function of(article) {
  return all().find(([each]) => each === article)?.[1];
}

/** @param {string} issue its address @returns {string | undefined} the article of it that was read last */
export function latestIn(issue) {
  return all().findLast((each) => each[2] === issue)?.[0];
}

/**
 * What was hardly begun, or read to its end, is not kept.
 * @param {string} article @param {number} share @param {string} issue
 */
export function keep(article, share, issue) {
  const kept = all().filter(([each]) => each !== article); // so that the newest stands last
  if (share > 0.04 && share < 0.96) kept.push([article, Number(share.toFixed(4)), issue]);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.slice(-MOST)));
  } catch {
    // Not remembered.
  }
}
