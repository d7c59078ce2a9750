/** Which page of the workbench stands behind which address (the part after #). */
import { Claim } from "./pages/claim.js";
import { Providers } from "./pages/providers.js";
import { Queue } from "./pages/queue.js";

/** @param {string} hash */
export function match(hash) {
  const path = hash.replace(/^#/, "") || "/";
  const found = /^\/claims\/([\w-]+)$/.exec(path);
  if (found) return { page: Claim, path, values: /** @type {Record<string, string>} */ ({ claimId: found[1] }) };
  if (path === "/providers") return { page: Providers, path, values: /** @type {Record<string, string>} */ ({}) };
  return { page: Queue, path: "/", values: /** @type {Record<string, string>} */ ({}) };
}
