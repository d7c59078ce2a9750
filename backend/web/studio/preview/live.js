/** A short-lived link to the draft, which the page shows in its own frames; it follows the draft as that is saved. */
import { call, newKey } from "../../shared/api.js";
import { keep, kept } from "../../shared/keep.js";
import { useEffect, useState } from "../../shared/view.js";

const MINUTES = 60;
const RENEW_MS = 50 * 60_000;
const LOOK_MS = 60_000;

/** The link of this hour: one for all visits, as long as it lives. @param {string} slug */
async function linkOf(slug) {
  const known = await kept(`live:${slug}`);
  if (known && known.until > Date.now()) return known.path;
  const { url } = await call("POST", "/studio/previews", { body: { minutes: MINUTES, live: true }, key: newKey() });
  const path = new URL(url).pathname;
  await keep(`live:${slug}`, { path, until: Date.now() + RENEW_MS });
  return path;
}

/**
 * Where the draft can be looked at, and a version that changes with every saved revision.
 * @param {any} studio
 * @returns {{path: string, version: string, error: any} | null}
 */
export function useLive(studio) {
  const [path, setPath] = useState("");
  const [error, setError] = useState(/** @type {any} */ (null));
  const { slug } = studio.client;
  useEffect(() => {
    let gone = false;
    const look = () => linkOf(slug).then((found) => gone || setPath(found), (problem) => gone || setError(problem));
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [slug]);
  if (!path) return error ? { path: "", version: "", error } : null;
  return { path, version: `${studio.draft.id}-${studio.draft.revision}`, error: null };
}
