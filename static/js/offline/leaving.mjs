// @ts-check
// Of a journal that is read by members only: nothing is kept, and what was kept while it was open
// to everybody goes.
addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => {
  const emptied = caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))));
  event.waitUntil(emptied.then(() => self.registration.unregister()));
});
