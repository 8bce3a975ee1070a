// @ts-check
// How far one has read: the bar at the top, and the offer to go on where one stopped.
import * as places from "./places.mjs";

const text = document.querySelector(".reading");
const { article, issue = "" } = text.dataset;
const body = text.querySelector(".body");
const bar = document.querySelector(".progress");
const outline = text.querySelector(".outline details");
const links = [...text.querySelectorAll(".outline a")];
const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
const resume = document.querySelector(".resume");

// Share of the body read, from 0 to 1: all of it once its end has come into the window.
function passed() {
  const { top, height } = body.getBoundingClientRect();
  return Math.min(1, Math.max(0, -top / Math.max(1, height - innerHeight)));
}

function goTo(place, behavior) {
  const { top, height } = body.getBoundingClientRect();
  scrollTo({ top: scrollY + top + place * Math.max(0, height - innerHeight), behavior });
}

function offer(place) {
  resume.hidden = false;
  resume.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    goTo(place);
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
  timer = setTimeout(() => places.keep(article, passed(), issue), 300);
  if (passed() > 0.3) resume.hidden = true;
}

const place = places.of(article);
// The issue's page leads to where one stopped.
if (place && location.hash === "#go-on") {
  history.replaceState(history.state, "", location.pathname);
  goTo(place, "instant");
} else if (place && !location.hash && scrollY < 100) offer(place);
if (outline) outline.open = matchMedia("(min-width: 80em)").matches;
show();
addEventListener("scroll", moved, { passive: true });
