/** One case on the desk: its detail, its thread over all channels, who else has it open. All of it follows the server. */
import { call } from "../shared/api.js";
import { useEffect, useRef, useState } from "../shared/view.js";
import { useCoalesced } from "./clockwork.js";
import { SEEN, concerns, tell, useNews } from "./live.js";

const PAGE = 50;
const BEAT_MS = 8000;
const TYPING_LASTS_MS = 12_000;

/** @param {string} caseId */
export function useCase(caseId) {
  const [detail, setDetail] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const thread = useThread(caseId);
  const load = async () => {
    try {
      setDetail(await call("GET", `/cases/${caseId}`));
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  };
  const reload = useCoalesced(async () => {
    await Promise.all([load(), thread.refresh()]);
    see();
  });
  const here = useRef(true);
  const see = () => document.hidden || !here.current || call("POST", `/cases/${caseId}/seen`, { body: {} }).then(() => tell(SEEN, caseId)).catch(() => {});
  useEffect(() => {
    reload();
    const back = () => document.hidden || see();
    document.addEventListener("visibilitychange", back);
    return () => {
      here.current = false;
      document.removeEventListener("visibilitychange", back);
    };
  }, [caseId]);
  useNews((news) => void (concerns(news, { id: caseId, conversation_id: detail?.conversation_id }) && reload()));
  return { detail, setDetail, error, thread, reload };
}

/** @param {string} caseId */
function useThread(caseId) {
  const [state, setState] = useState(/** @type {{items: any[] | null, older: string | null, error: any}} */ ({ items: null, older: null, error: null }));
  const path = `/cases/${caseId}/thread?limit=${PAGE}`;
  const refresh = async () => {
    try {
      const page = await call("GET", path);
      setState((before) => ({
        items: merged(before.items || [], page.items),
        older: before.items ? before.older : page.next_cursor,
        error: null,
      }));
    } catch (error) {
      setState((before) => ({ ...before, error }));
    }
  };
  const loadOlder = async () => {
    if (!state.older) return;
    const page = await call("GET", `${path}&cursor=${encodeURIComponent(state.older)}`);
    setState(({ items }) => ({ items: merged(page.items, items || []), older: page.next_cursor, error: null }));
  };
  return { ...state, refresh, loadOlder };
}

/** Two runs of a thread as one; what came later is how it is now. @param {any[]} earlier @param {any[]} later */
function merged(earlier, later) {
  const all = new Map(earlier.map((message) => [message.id, message]));
  later.forEach((message) => all.set(message.id, message));
  return [...all.values()].sort((one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id));
}

/**
 * Tells the colleagues that I have the case open and whether I am writing; tells me who else has.
 * @param {string} caseId
 * @returns {{watchers: any[], typing: () => void}}
 */
export function useWatch(caseId) {
  const [watchers, setWatchers] = useState(/** @type {any[]} */ ([]));
  const typedAt = useRef(0);
  const told = useRef(false);
  const beat = useCoalesced(async () => {
    told.current = Date.now() - typedAt.current < TYPING_LASTS_MS;
    const answer = await call("POST", `/cases/${caseId}/watch`, { body: { typing: told.current } }).catch(() => null);
    if (answer) setWatchers(answer.watchers);
  });
  useEffect(() => {
    beat();
    const timer = setInterval(() => document.hidden || beat(), BEAT_MS);
    return () => clearInterval(timer);
  }, [caseId]);
  const typing = () => {
    typedAt.current = Date.now();
    if (!told.current) beat();
  };
  return { watchers, typing };
}
