// @ts-check
// The service worker: answers from what is kept where the network does not.
import * as keeping from "./keeping.mjs";

const PAGE = /^\/(articles\/\d+|issues\/\d{4}\/[\w-]+)\/$/;
const ANY_PAGE = /^\/($|(articles|issues|sections|branches|authors|search|offline)\/(.*\/)?$)/;
const PATIENCE = 5000; // milliseconds for a network that is there and does not answer

const DOES = {
  opened: keeping.opened,
  save: keeping.save,
  list: keeping.listed,
  forget: ({ issue }) => keeping.dropIssue(issue),
  look: () => keeping.look(),
};

addEventListener("message", (event) => {
  const [port] = event.ports;
  const does = DOES[event.data?.does];
  if (!does) return;
  const tell = (done, of) => port?.postMessage({ done, of });
  const work = does(event.data, tell).then(
    (answer) => port?.postMessage({ answer: answer ?? true }),
    () => port?.postMessage({ failed: true }),
  );
  event.waitUntil(work);
});

async function arrived(path, answer) {
  if (answer.status === 404 || answer.status === 410) await keeping.dropPage(path);
  if (answer.status < 500) await keeping.look({ hadNetwork: true });
}

async function fromTheNetwork(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

function impatience() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
  });
}

async function answerPage(event, path) {
  const network = fromTheNetwork(event);
  event.waitUntil(network.then((answer) => arrived(path, answer)).catch(() => {}));
  const first = await Promise.race([network, impatience()]).catch(() => null);
  if (first) return first;
  const own = PAGE.test(path) ? await keeping.kept(path) : undefined;
  if (own) return own;
  return (await network.catch(() => null)) ?? (await caches.match(keeping.SHELF)) ?? Response.error();
}

async function answerPicture(request, path) {
  const answer = await fetch(request).catch(() => null);
  return answer ?? (await keeping.anyWidth(path)) ?? Response.error();
}

async function answerFrame(request, path) {
  const answer = await fetch(request).catch(() => null);
  return answer ?? (await caches.match(path)) ?? Response.error();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (ANY_PAGE.test(pathname)) event.respondWith(answerPage(event, pathname));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(answerFrame(request, pathname));
  } else if (keeping.PICTURE.test(pathname)) {
    event.respondWith(answerPicture(request, pathname));
  }
});

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keeping.keepShelf());
});

addEventListener("activate", (event) => {
  const ready = self.registration.navigationPreload?.enable();
  event.waitUntil(Promise.all([ready, self.clients.claim()]));
});
