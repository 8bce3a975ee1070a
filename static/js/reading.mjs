// How far one has read: the bar at the top, and the offer to go on where one stopped.
const text = document.querySelector(".reading");
const { article } = text.dataset;
const body = text.querySelector(".body");
const bar = document.querySelector(".progress");
const outline = text.querySelector(".outline details");
const links = [...text.querySelectorAll(".outline a")];
const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
const resume = document.querySelector(".resume");
const key = "places";
const MOST = 60; // articles remembered

function places() {
  try {
    return new Map(JSON.parse(localStorage.getItem(key)));
  } catch {
    return new Map();
  }
}

function remember(share) {
  const kept = places();
  kept.delete(article); // so that the newest stands last
  if (share > 0.04 && share < 0.96) kept.set(article, Number(share.toFixed(4)));
  try {
    localStorage.setItem(key, JSON.stringify([...kept].slice(-MOST)));
  } catch {
    // Not remembered.
  }
}

// Share of the body read, from 0 to 1: all of it once its end has come into the window.
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

function show() {
  bar.style.setProperty("--read", passed());
  const above = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
  for (const link of links) {
    link.classList.toggle("here", link.hash === `#${above.at(-1)?.id}`);
  }
}

let timer;
function moved() {
  show();
  clearTimeout(timer);
  timer = setTimeout(() => remember(passed()), 300);
  if (passed() > 0.3) resume.hidden = true;
}

const place = places().get(article);
if (place && !location.hash && scrollY < 100) offer(place);
if (outline) outline.open = matchMedia("(min-width: 80em)").matches;
show();
addEventListener("scroll", moved, { passive: true });
