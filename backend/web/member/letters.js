/**
 * The client's typeface, last of all: the first screen never waits for it, and a phone that saves data or sits on a slow
 * network goes on with its own letters until the typeface is there for nothing, from the phone's own memory.
 */

/** Bytes of a typeface take seconds below these. */
const SLOWEST_MEGABITS = 1;
const LONGEST_ROUND_TRIP_MS = 300;

/** Whether this network should be spared. @param {any} network what the browser says of it; nothing on some */
export function sparing(network) {
  if (!network) return false;
  return Boolean(
    network.saveData || /2g|3g/.test(network.effectiveType || "") || network.rtt > LONGEST_ROUND_TRIP_MS || network.downlink < SLOWEST_MEGABITS,
  );
}

/** @param {string} address */
async function keptHere(address) {
  return "caches" in globalThis && Boolean(await caches.match(address));
}

/** @param {{family: string, address: string, weight: string}[]} letters */
export async function dress(letters) {
  const spare = sparing(/** @type {any} */ (navigator).connection);
  for (const { family, address, weight } of letters) {
    if (spare && !(await keptHere(address))) continue;
    const face = new FontFace(family, `url("${address}") format("woff2")`, { weight, display: "swap" });
    document.fonts.add(face);
    face.load().catch(() => {});
  }
}
