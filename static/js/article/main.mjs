// @ts-check
// What an article's page can do beside being read; most of it is fetched when somebody wants it.
import * as jumps from "./jumps.mjs";

const listen = document.querySelector(".listen");
const share = document.querySelector("[data-share]");

/**
 * Fetches a part and uses it; without a network the page stays as it is.
 * @template T @param {Promise<T>} part @param {(part: T) => void} use @param {() => void} [otherwise]
 */
function later(part, use, otherwise = () => {}) {
  part.then(use, otherwise);
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const picture = event.target.closest("a.enlarge");
  if (picture) {
    event.preventDefault();
    later(import("./pictures.mjs"), (part) => part.open(picture), () => location.assign(picture.href));
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) later(import("./share.mjs"), (part) => part.copy(copied));
});

// Voices of the machine itself only: others send the text to whoever speaks it.
function hasVoice() {
  return speechSynthesis.getVoices().some((voice) => voice.localService && /^(zh|cmn)/i.test(voice.lang));
}

function offerToSpeak() {
  if (hasVoice()) listen.hidden = false;
}

if (listen && "speechSynthesis" in window) {
  offerToSpeak();
  speechSynthesis.addEventListener?.("voiceschanged", offerToSpeak);
  listen.addEventListener("click", () => later(import("./listen.mjs"), (part) => part.begin()));
}

if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => later(import("./share.mjs"), (part) => part.share(share)));
}

if (document.querySelector("a.note")) later(import("./notes.mjs"), (part) => part.show());
jumps.watch();
