/**
 * The service worker of the front desk: keeps the shell of this build, so that codes can be read without network.
 * Answers of the API are never cached: they are personal. Keys and the list of stopped codes the page keeps itself.
 */
const BUILD = "{{build}}";
const SHELL = "/provider/";
const FILES = /** @type {string[]} */ ({{files}});
const CACHE = `careline-provider:${BUILD}`;
const worker = /** @type {any} */ (self);

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...FILES])).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const outdated = (name) => name.startsWith("careline-provider:") && name !== CACHE;
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
  } else if (url.pathname.startsWith(BUILD)) {
    event.respondWith(caches.match(event.request).then((found) => found || fetch(event.request)));
  }
});
