/** What this device remembers between visits (IndexedDB): the sign-in, the card, drafts. Gone at sign-out. */

const NAME = "careline";
const STORE = "kept";
/** Pages of staff that keep a sign-in of their own beside the desk's. @type {Record<string, string>} */
const OWN = { "/provider/": "provider", "/claims/": "claims", "/finance/": "finance" };

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

function open() {
  opened ||= new Promise((resolve, reject) => {
    // The member app names its client itself: at the client's own host name the address does not.
    const whose = document.getElementById("app")?.dataset.slug || OWN[location.pathname] || "app";
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
export function keep(key, value) {
  return within("readwrite", (store) => store.put(value, key));
}

/** @param {string} key */
export function kept(key) {
  return within("readonly", (store) => store.get(key));
}

/** @param {string} key */
export function drop(key) {
  return within("readwrite", (store) => store.delete(key));
}

const NOT_PERSONAL = ["brand", "language", "sound", "shortcuts", "code_keys", "revoked_codes"];

/** Everything about a person: called at sign-out. */
export async function forget() {
  const keys = /** @type {string[]} */ (await within("readonly", (store) => store.getAllKeys()));
  await Promise.all(keys.filter((key) => !NOT_PERSONAL.includes(key)).map(drop));
}
