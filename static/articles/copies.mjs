// @ts-check
// What was typed and the server has not got, in the browser's own storage. Names begin with the
// account's number behind the kind of form, so that another account on the same computer is never
// shown it.
const LONGEST = 30 * 24 * 3600 * 1000; // a copy that nobody asked for in a month is dropped

// True where the browser has it now: its storage may be full, or closed in a private window.
export function keep(name, pairs, more = {}) {
  try {
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), pairs, ...more }));
    return true;
  } catch {
    return false;
  }
}

export function drop(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing can be in a storage that is closed.
  }
}

export function read(name) {
  try {
    const copy = JSON.parse(localStorage.getItem(name));
    return Array.isArray(copy?.pairs) && copy.at > Date.now() - LONGEST ? { name, ...copy } : drop(name);
  } catch {
    return drop(name);
  }
}

// The copies whose names are wanted, the newest first.
export function all(isWanted) {
  try {
    const names = Object.keys(localStorage).filter(isWanted);
    return names.map(read).filter(Boolean).sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

export function moment(ms) {
  const at = new Date(ms);
  const time = at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${at.getMonth() + 1}月${at.getDate()}日 ${time}`;
}

// What two texts in HTML have in common, whatever way the editor and the server write the same.
export function markup(html) {
  const page = new DOMParser().parseFromString(html, "text/html").body;
  const shape = [...page.querySelectorAll("*")].map((each) => each.tagName + (each.getAttribute("src") ?? each.getAttribute("href") ?? "") + (each.getAttribute("alt") ?? ""));
  return [page.textContent.replace(/\s/g, ""), ...shape];
}
