// How far one has read: the bar at the top, and the offer to go on where one stopped.
const text = document.querySelector(".reading");
const body = text.querySelector(".body");
const bar = document.querySelector(".progress");
const resume = document.querySelector(".resume");
const key = "places";
const MOST = 60; // articles remembered

function places() {
  try {
    return JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    return {};
  }
}

function remember(share) {
  const kept = places();
  delete kept[text.dataset.article]; // so that the newest stands last
  if (share > 0.04 && share < 0.96) kept[text.dataset.article] = Number(share.toFixed(4));
  const newest = Object.entries(kept).slice(-MOST);
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // Not remembered.
  }
}

// Share of the body that has passed the lower edge of the window, from 0 to 1.
function share() {
  const { top, height } = body.getBoundingClientRect();
  return Math.min(1, Math.max(0, (innerHeight - top) / height));
}

// What the window shows before any scrolling counts as not read yet.
function passed() {
  const { top, height } = body.getBoundingClientRect();
  return Math.min(1, Math.max(0, -top / Math.max(1, height - innerHeight)));
}

function offer(place) {
  resume.hidden = false;
  resume.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    const { top, height } = body.getBoundingClientRect();
    scrollTo({ top: scrollY + top + place * Math.max(0, height - innerHeight) });
    resume.hidden = true;
  });
  resume.querySelector("button").addEventListener("click", () => {
    resume.hidden = true;
  });
}

let timer;
function moved() {
  bar.style.setProperty("--read", share());
  clearTimeout(timer);
  timer = setTimeout(() => remember(passed()), 300);
  if (passed() > 0.3) resume.hidden = true;
}

const place = places()[text.dataset.article];
if (place && !location.hash && scrollY < 100) offer(place);
bar.style.setProperty("--read", share());
addEventListener("scroll", moved, { passive: true });
