/**
 * The service worker: keeps the shell of this build, so that the card opens without network. Answers of the
 * API are never cached here: they are personal, and the pages keep the little they need themselves.
 */
const BUILD = "{{build}}";
const SHELL = "{{home}}";
const FILES = /** @type {string[]} */ ({{files}});
const CACHE = `app:{{slug}}:${BUILD}:{{brand}}`;
const worker = /** @type {any} */ (self);

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...FILES])).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const outdated = (name) => name.includes(":{{slug}}:") && name !== CACHE;
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

/** Rings. Title and text are made for a lock screen; where it leads is found out by the app, for whoever is signed in. */
worker.addEventListener("push", (event) => {
  const { notification = {}, data = {} } = event.data ? event.data.json() : {};
  if (!notification.title) return;
  const shown = { body: notification.body, icon: "/c/{{slug}}/icon-192.png", tag: data.reference, data };
  event.waitUntil(worker.registration.showNotification(notification.title, shown));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { notification } = event.notification.data || {};
  event.waitUntil(opened(`${SHELL}#${notification ? `/told/${notification}` : "/inbox"}`));
});

/** In a window of the app that is open already, else in a new one. @param {string} address */
async function opened(address) {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = windows.find((one) => new URL(one.url).pathname === SHELL);
  if (!ours) return worker.clients.openWindow(address);
  await ours.focus().catch(() => {}); // a browser may keep it in the background
  return ours.postMessage({ open: address });
}
