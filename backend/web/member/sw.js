/**
 * The service worker: keeps the app of this build, so that it opens at once and without network. Answers of the
 * API are never cached here: they are personal, and the pages keep the little they need themselves.
 */
import { configure } from "../shared/api.js";
import { kept } from "../shared/keep.js";
import { send, TAG } from "./outbox.js";

const worker = /** @type {any} */ (self);
/** Written before this script by the server. @type {{slug: string, build: string, home: string, look: string, files: string[]}} */
const own = worker.OWN_APP;
const OURS = `app:${own.slug}:`;
const CACHE = `${OURS}${own.build}:${own.look}`;
/** Typefaces outlive a build: their addresses change with their content only. */
const LETTERS = "letters";
const LETTER = /\.woff2$/;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([own.home, ...own.files])).then(() => worker.skipWaiting()));
});

/** The build before this one stays: a page that was open meanwhile may still ask for its parts. */
worker.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith(OURS) && name !== CACHE).slice(0, -1))
      .then((outdated) => Promise.all(outdated.map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

/** The kept shell at once; a newer one comes with the newer worker, which the browser looks for at each visit. */
async function shell(/** @type {Request} */ request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(own.home)) || fetch(request);
}

async function letter(/** @type {Request} */ request) {
  const cache = await caches.open(LETTERS);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  if (event.request.mode === "navigate") {
    event.respondWith(url.pathname === own.home ? shell(event.request) : fetch(event.request));
  } else if (LETTER.test(url.pathname)) {
    event.respondWith(letter(event.request));
  } else if (url.pathname.startsWith("/web/") || url.pathname.startsWith(own.home)) {
    event.respondWith(caches.match(event.request).then((found) => found || fetch(event.request)));
  }
});

/** Rings. Title and text are made for a lock screen; where it leads is found out by the app, for whoever is signed in. */
worker.addEventListener("push", (event) => {
  const { notification = {}, data = {} } = event.data ? event.data.json() : {};
  if (!notification.title) return;
  const shown = { body: notification.body, icon: `/c/${own.slug}/icon-192.png`, tag: data.reference, data };
  event.waitUntil(worker.registration.showNotification(notification.title, shown));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { notification } = event.notification.data || {};
  event.waitUntil(opened(`${own.home}#${notification ? `/told/${notification}` : "/inbox"}`));
});

/** In a window of the app that is open already, else in a new one. @param {string} address */
async function opened(address) {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = windows.find((one) => new URL(one.url).pathname === own.home);
  if (!ours) return worker.clients.openWindow(address);
  await ours.focus().catch(() => {}); // a browser may keep it in the background
  return ours.postMessage({ open: address });
}

/** The network is back: what waits is sent although the app is closed. A rejected promise makes the browser try again. */
async function sendUnsent() {
  configure({ slug: own.slug, language: (await kept("language")) || "en" });
  if (!(await send())) throw new Error("the network went away again");
}

worker.addEventListener("sync", (event) => {
  if (event.tag === TAG) event.waitUntil(sendUnsent());
});
