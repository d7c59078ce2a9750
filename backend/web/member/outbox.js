/**
 * Claims that were made without network and send themselves later, each exactly once: every step keeps its key with the
 * claim, and what has arrived is written down before the next step begins. The page and the service worker take turns
 * under one lock; whoever is there first sends.
 */
import * as api from "../shared/api.js";
import { drop, keep, kept, keptAll, UNSENT } from "../shared/keep.js";

/**
 * @typedef {{key: string, file: File, requirement: string, document?: string, attached?: boolean}} Page
 * @typedef {{id: string, owner: string, key: string, body: any, pages: Page[], claim?: string,
 *   facts: any, state: "draft" | "ready" | "sending" | "refused", problem?: string, sentAs?: string}} Unsent
 */

export const TAG = "claims";
/** The app's own folder: the same for its pages and its service worker, another for another client's. */
const PLACE = new URL(".", location.href).pathname;
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`outbox:${PLACE}`) : null;
/** Which share (0..1) of each page has left, while it is on its way from this tab. @type {Map<string, number>} */
export const progress = new Map();
/** @type {Set<() => void>} */
const listeners = new Set();
channel?.addEventListener("message", () => listeners.forEach((tell) => tell()));

function changed() {
  listeners.forEach((tell) => tell());
  channel?.postMessage("changed");
}

/** Told whenever something in the outbox changes, here, in another tab or in the service worker. @param {() => void} tell */
export function follow(tell) {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

/** @param {Unsent} unsent */
export async function store(unsent) {
  await keep(UNSENT + unsent.id, unsent);
  changed();
}

/** @param {string} id @returns {Promise<Unsent | undefined>} */
export const unsentOf = (id) => kept(UNSENT + id);

/** @returns {Promise<Unsent[]>} what has not arrived yet */
export const unsents = async () => (await keptAll(UNSENT)).filter(({ sentAs }) => !sentAs);

/** @param {string} id */
export async function discard(id) {
  await drop(UNSENT + id);
  changed();
}

/** Somebody signed in: what another person left unsent on this phone goes. @param {string} owner */
export async function keepOnlyOf(owner) {
  for (const unsent of await keptAll(UNSENT)) if (unsent.owner !== owner) await discard(unsent.id);
}

/** Hand a claim over: it goes now, or as soon as there is network, also when the app has been closed. @param {Unsent} unsent */
export async function handOver(unsent) {
  await store({ ...unsent, state: "ready", problem: "" });
  const registration = /** @type {any} */ (await navigator.serviceWorker?.getRegistration());
  // Where the browser has no background sync, the next start or the return of the network sends it.
  await registration?.sync?.register(TAG).catch(() => {});
  await send();
}

/** Send what is ready. @returns {Promise<boolean>} false when something has to wait for the network again */
export function send() {
  return Promise.resolve(
    navigator.locks.request(`outbox:${PLACE}`, { ifAvailable: true }, async (mine) => {
      if (!mine) return true; // somebody is at it, and looks again when done
      const tried = new Set();
      for (let next = await nextReady(tried); next; next = await nextReady(tried)) {
        tried.add(next.id);
        if (!(await sendOne(next))) return false;
      }
      return true;
    }),
  );
}

/** @param {Set<string>} tried */
async function nextReady(tried) {
  const me = await kept("me");
  return (await unsents()).find(
    ({ id, state, owner }) => (state === "ready" || state === "sending") && owner === me?.member_id && !tried.has(id),
  );
}

/** How far it is, unless somebody has discarded it meanwhile: what is gone is not written anew. @param {Unsent} unsent */
async function note(unsent) {
  if (await unsentOf(unsent.id)) await store(unsent);
}

/** @param {Unsent} unsent @returns {Promise<boolean>} false when nothing answered */
async function sendOne(unsent) {
  const now = { ...unsent, state: /** @type {"sending"} */ ("sending"), problem: "" };
  await note(now);
  try {
    now.claim ||= (await api.call("POST", "/claims", { body: now.body, key: now.key })).id;
    await note(now);
    for (const page of now.pages.filter(({ attached }) => !attached)) await sendPage(now, page);
    await api.call("POST", `/claims/${now.claim}/submit`, { body: {} });
    await note({ ...now, pages: [], sentAs: now.claim });
    return true;
  } catch (error) {
    const waits = error.offline || [401, 408, 429].includes(error.code) || error.code >= 500;
    await note({ ...now, state: waits ? "ready" : "refused", problem: waits ? "" : error.message });
    return !waits;
  }
}

/** @param {Unsent} unsent @param {Page} page */
async function sendPage(unsent, page) {
  if (!page.document) {
    const form = new FormData();
    form.append("file", page.file, page.file.name);
    const onProgress = (/** @type {number} */ share) => {
      progress.set(page.key, share);
      listeners.forEach((tell) => tell());
    };
    page.document = (await api.call("POST", "/documents", { form, key: page.key, onProgress })).id;
    await note(unsent);
  }
  const body = { document_id: page.document, requirement: page.requirement };
  await api.call("POST", `/claims/${unsent.claim}/documents`, { body, key: `${page.key}:${page.requirement}` });
  page.attached = true;
  await note(unsent);
}

/**
 * A refused claim goes on by hand: its pages join those of the draft that the API has by now, under the keys they have.
 * @param {Unsent} unsent
 */
export async function goOnByHand(unsent) {
  const left = unsent.pages.filter(({ attached }) => !attached);
  if (unsent.claim) await keep(`uploads:${unsent.claim}`, left.map(({ key, file, requirement }) => ({ key, file, requirement, state: "waiting", text: "" })));
  else await keep(`draft:claim:${unsent.body.member_id}`, unsent.facts);
  await discard(unsent.id);
  location.replace(unsent.claim ? `#/claims/new/${unsent.claim}` : "#/claims/new");
}
