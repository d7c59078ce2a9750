/** What this device remembers between visits (IndexedDB): the sign-in, the card, drafts. Gone at sign-out. */

const NAME = "careline";
const STORE = "kept";
/** Pages of staff that keep a sign-in of their own beside the desk's. @type {Record<string, string>} */
const OWN = { "/provider/": "provider", "/claims/": "claims", "/finance/": "finance" };

/** A preview shares its origin with the real app, not its person: what it keeps is gone with the page. */
const passing = location.pathname.split("/")[3] === "preview" ? /** @type {Map<string, any>} */ (new Map()) : null;

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

/** Everything about a person: called at sign-out. */
export async function forget() {
  if (passing) return passing.clear();
  const keys = /** @type {string[]} */ (await within("readonly", (store) => store.getAllKeys()));
  await Promise.all(keys.filter((key) => !NOT_PERSONAL.includes(key)).map(drop));
}
