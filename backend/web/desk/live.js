/**
 * What changes at the client, as it changes: one long poll for the whole desk. A cut connection is tried again
 * with growing pauses, and the lists look for themselves meanwhile; what may have been missed is said by `resync`.
 */
import { call } from "../shared/api.js";
import { useEffect, useRef, useState } from "../shared/view.js";

const WAIT_SECONDS = 25;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** I have read a case: only this window knows. */
export const SEEN = "seen";

/** @typedef {{resync: boolean, changes: {kind: string, case_id: string | null, conversation_id: string | null, at: string}[]}} News */

/** @type {Set<(news: News) => void>} */
const listeners = new Set();

/** Calls `onNews` with everything that changed. @param {(news: News) => void} onNews */
export function useNews(onNews) {
  const latest = useRef(onNews);
  latest.current = onNews;
  useEffect(() => {
    const hear = (/** @type {News} */ news) => latest.current(news);
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}

/** Something happened in this window that the lists should know without asking. @param {string} kind @param {string} caseId */
export function tell(kind, caseId) {
  const change = { kind, case_id: caseId, conversation_id: null, at: new Date().toISOString() };
  listeners.forEach((hear) => hear({ resync: false, changes: [change] }));
}

/** Whether a piece of news is about this case. @param {News} news @param {{id: string, conversation_id?: string} | undefined} one */
export function concerns(news, one) {
  if (!one) return false;
  return news.resync || news.changes.some((change) => change.kind !== SEEN && (change.case_id === one.id || (one.conversation_id && change.conversation_id === one.conversation_id)));
}

/** Whether something changed on the telephone. @param {News} news */
export function isAboutCalls(news) {
  return news.resync || news.changes.some(({ kind }) => kind === "call");
}

/** Keeps the poll going while the desk is open; tells `connecting`, `live` or `lost`. @param {boolean} wanted */
export function useLive(wanted) {
  const [state, setState] = useState("connecting");
  useEffect(() => {
    if (!wanted) return;
    const control = new AbortController();
    follow(control.signal, setState);
    return () => control.abort();
  }, [wanted]);
  return state;
}

/** @param {AbortSignal} signal @param {(state: string) => void} tell */
async function follow(signal, tell) {
  let cursor = "";
  let failures = 0;
  let lost = 0;
  while (!signal.aborted) {
    try {
      const since = cursor ? `&since=${encodeURIComponent(cursor)}` : "";
      const answer = await call("GET", `/desk/updates?wait=${cursor ? WAIT_SECONDS : 0}${since}`, { signal });
      const news = { resync: answer.resync || !cursor || failures > 0, changes: answer.changes };
      cursor = answer.cursor;
      failures = 0;
      tell("live");
      if (news.resync || news.changes.length) listeners.forEach((hear) => hear(news));
      lost = answer.resync ? lost + 1 : 0;
      if (lost > 1) await pause(lost, signal); // the server hears of nothing at present: not again at once
    } catch (error) {
      if (signal.aborted || error.code === 401) return;
      failures += 1;
      tell("lost");
      await pause(failures, signal);
      if (!signal.aborted) listeners.forEach((hear) => hear({ resync: true, changes: [] }));
    }
  }
}

/** Twice as long after each failure, never in step with other desks; shorter when the network comes back. @param {number} failures @param {AbortSignal} signal */
function pause(failures, signal) {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
  return new Promise((resolve) => {
    const timer = setTimeout(done, longest * (0.5 + Math.random() / 2));
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve(undefined);
    }
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
