/**
 * The service worker: keeps the shell of this build, so that the card opens without network. Answers of the
 * API are never cached here: they are personal, and the pages keep the little they need themselves.
 */
const BUILD = "{{build}}";
const SHELL = "{{home}}";
const FILES = /** @type {string[]} */ ({{files}});
const CACHE = `careline:{{slug}}:${BUILD}:{{brand}}`;
const worker = /** @type {any} */ (self);

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...FILES])).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const outdated = (name) => name.startsWith("careline:{{slug}}:") && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(outdated).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(SHELL)));
  } else if (url.pathname.startsWith(BUILD) || url.pathname.startsWith(SHELL)) {
    event.respondWith(caches.match(event.request).then((found) => found || fetch(event.request)));
  }
});
