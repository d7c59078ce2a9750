/** What the desk keeps for the hours without a network: the public keys, and the list of codes that were stopped. */
import { published } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { useEffect, useState } from "../shared/view.js";
import { readCode, revocationMark } from "./signed_code.js";

const KEYS = "/.well-known/careline-card-keys.json";
const REVOKED = "/.well-known/careline-revoked-codes.json";
const EVERY_MS = 5 * 60_000;

/** Fetches both when something answers; what is kept stays when nothing does. @returns {Promise<boolean>} */
export async function refresh() {
  try {
    const keys = await published(KEYS, null);
    if (keys) await keep("code_keys", keys.value.keys);
    const before = await kept("revoked_codes");
    const list = await published(REVOKED, before?.tag);
    const now = Date.now();
    await keep("revoked_codes", list ? { tag: list.tag, marks: list.value.marks, asOf: now } : { ...before, asOf: now });
    return true;
  } catch {
    return false;
  }
}

/** Keeps both fresh while the page is open; says whether the last try reached the server. */
export function useFreshCodes() {
  const [reached, setReached] = useState(true);
  useEffect(() => {
    const again = () => refresh().then(setReached);
    again();
    const timer = setInterval(again, EVERY_MS);
    addEventListener("online", again);
    addEventListener("offline", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
      removeEventListener("offline", again);
    };
  }, []);
  return { reached, setReached };
}

/**
 * What a code is worth by what is kept here. `asOf`: when the list was last known to be right.
 * @param {string} text
 * @returns {Promise<{code: any, problem: string | null, asOf: number | null}>}
 */
export async function verify(text) {
  const keys = (await kept("code_keys")) || [];
  const list = await kept("revoked_codes");
  if (!keys.length) return { code: null, problem: "no_keys", asOf: null };
  const { code, problem } = await readCode(text.trim(), keys, Date.now());
  const asOf = list?.asOf ?? null;
  if (!code || problem) return { code, problem, asOf };
  const stopped = list?.marks.includes(await revocationMark(code));
  return { code, problem: stopped ? "revoked" : null, asOf };
}
