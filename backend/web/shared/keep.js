/** What this device remembers between visits (IndexedDB): the sign-in, the card, drafts. Gone at sign-out. */

const NAME = "careline";
const STORE = "kept";
/** Pages of staff that keep a sign-in of their own beside the desk's. @type {Record<string, string>} */
const OWN = { "/provider/": "provider", "/claims/": "claims", "/finance/": "finance", "/studio/": "studio" };

/** A preview shares its origin with the real app, not its person: what it keeps is gone with the page. */
const passing = location.pathname.split("/")[3] === "preview" ? /** @type {Map<string, any>} */ (new Map()) : null;

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

function open() {
  opened ||= new Promise((resolve, reject) => {
    // The member app names its client itself, its service worker too: at the client's own host name the address does not.
    const named = globalThis.document?.getElementById("app")?.dataset.slug || /** @type {any} */ (globalThis).OWN_APP?.slug;
    const whose = named || OWN[location.pathname] || "app";
    const request = indexedDB.open(`${NAME}:${whose}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} action @returns {Promise<any>} */
async function within(mode, action) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = action(transaction.objectStore(STORE));
    // At once, so that it is kept also when the page goes away in the next moment.
    if (mode === "readwrite") transaction.commit();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} key @param {any} value */
export async function keep(key, value) {
  if (passing) return void passing.set(key, value);
  return within("readwrite", (store) => store.put(value, key));
}

/** @param {string} key */
export async function kept(key) {
  if (passing) return passing.get(key);
  return within("readonly", (store) => store.get(key));
}

/** @param {string} key */
export async function drop(key) {
  if (passing) return void passing.delete(key);
  return within("readwrite", (store) => store.delete(key));
}

const NOT_PERSONAL = ["brand", "language", "sound", "shortcuts", "code_keys", "revoked_codes"];

/** What somebody has handed over to be sent later begins with this. */
export const UNSENT = "outbox:";

/** All that is kept under keys with the same beginning. @param {string} beginning @returns {Promise<any[]>} */
export async function keptAll(beginning) {
  if (passing) return [...passing].filter(([key]) => key.startsWith(beginning)).map(([, value]) => value);
  return within("readonly", (store) => store.getAll(IDBKeyRange.bound(beginning, `${beginning}\uffff`)));
}

/**
 * Everything about a person: called at sign-out. When a sign-in ran out by itself, what begins with `except` stays: it is
 * sent when the same person is back, and dropped when it is somebody else (outbox.js).
 * @param {string} [except]
 */
export async function forget(except) {
  if (passing) return passing.clear();
  const keys = /** @type {string[]} */ (await within("readonly", (store) => store.getAllKeys()));
  const personal = keys.filter((key) => !NOT_PERSONAL.includes(key) && !(except && key.startsWith(except)));
  await Promise.all(personal.map(drop));
}
