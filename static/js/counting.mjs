// @ts-check
// Says that a page was read: once a visit, when it was really in view for a moment. Nothing of who
// reads is told, and what this tab remembers is forgotten when it is closed.
const script = document.querySelector("script[data-counted]");
const { counted: address, kind, key } = script.dataset;
const AWHILE = 2000; // milliseconds in view
const MOMENT = 1000; // of a page of the flipbook
const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));

function isNew(name) {
  try {
    if (sessionStorage.getItem(name)) return false;
    sessionStorage.setItem(name, "1");
  } catch {
    // Not remembered: loaded anew it is told from the kind of loading alone.
  }
  return entry?.type !== "reload" && entry?.type !== "back_forward";
}

function tell(facts) {
  navigator.sendBeacon(address, new URLSearchParams({ key, ...facts }));
}

// Calls `then` when the page has been visible for so long altogether.
function whenSeen(milliseconds, then) {
  let left = milliseconds;
  let since = 0;
  let timer;
  function look() {
    clearTimeout(timer);
    if (document.visibilityState === "visible") {
      since = performance.now();
      timer = setTimeout(() => {
        document.removeEventListener("visibilitychange", look);
        then();
      }, left);
    } else if (since) {
      left = Math.max(0, left - (performance.now() - since));
      since = 0;
    }
  }
  document.addEventListener("visibilitychange", look);
  look();
}

// Pages of the flipbook go together, when the book is put down.
function countPages() {
  const seen = new Set();
  const timers = new Map();
  const put = new IntersectionObserver(
    (changes) => {
      for (const { target, intersectionRatio } of changes) {
        const page = target.id.slice(1);
        clearTimeout(timers.get(page));
        if (intersectionRatio < 0.5 || seen.has(page)) continue;
        timers.set(
          page,
          setTimeout(() => document.visibilityState === "visible" && seen.add(page), MOMENT),
        );
      }
    },
    { threshold: [0, 0.5] },
  );
  for (const leaf of document.querySelectorAll(".leaves > li[id]")) put.observe(leaf);
  function tellPages() {
    const parts = [...seen].filter((page) => isNew(`counted page ${key} ${page}`));
    if (parts.length) tell({ kind: "page", parts: parts.join(" ") });
  }
  addEventListener("pagehide", tellPages);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tellPages();
  });
}

function begin() {
  if (kind === "page") {
    countPages();
    return;
  }
  whenSeen(AWHILE, () => {
    if (isNew(`counted ${kind} ${key}`)) tell({ kind });
  });
}

// A page that is made ready beforehand is nobody's until somebody opens it.
if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
else begin();
