/** One request on the wire. Only a request that tells how far it is needs the older way, which a service worker lacks. */

/**
 * @param {string} address
 * @param {RequestInit & {headers: Record<string, string>}} request
 * @param {((share: number) => void)} [onProgress] told which share (0..1) of the body has left, when that can be known
 * @returns {Promise<Response>} rejects when nothing answered, or the signal ended it
 */
export function sent(address, request, onProgress) {
  if (!onProgress || !("XMLHttpRequest" in globalThis)) return fetch(address, request);
  return new Promise((resolve, reject) => {
    const exchange = new XMLHttpRequest();
    exchange.open(request.method || "GET", address);
    for (const [name, value] of Object.entries(request.headers)) exchange.setRequestHeader(name, value);
    exchange.responseType = "blob";
    exchange.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total);
    exchange.onload = () => {
      const headers = { "Content-Type": exchange.getResponseHeader("Content-Type") || "" };
      const body = exchange.status === 204 ? null : exchange.response;
      resolve(new Response(body, { status: exchange.status, headers }));
    };
    exchange.onerror = exchange.onabort = () => reject(new TypeError("nothing answered"));
    request.signal?.addEventListener("abort", () => exchange.abort(), { once: true });
    exchange.send(/** @type {any} */ (request.body));
  });
}
