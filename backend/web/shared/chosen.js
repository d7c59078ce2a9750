/**
 * Which company's app this device uses on the shared host, and whether somebody is signed in there. It holds a company's
 * name, nothing of a person; at a client's own host name there is nothing to choose.
 */
const KEY = "careline:client";

/** @returns {{slug: string, name: string, signed_in?: boolean} | null} */
export function chosen() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "null");
    return kept && /^[a-z][a-z0-9-]*$/.test(kept.slug) && typeof kept.name === "string" ? kept : null;
  } catch {
    return null;
  }
}

/** @param {{slug: string, name: string, signed_in?: boolean}} client */
export function choose(client) {
  try {
    localStorage.setItem(KEY, JSON.stringify(client));
  } catch {
    // A browser that keeps nothing asks for the code again.
  }
}
