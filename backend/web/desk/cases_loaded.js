/** A part of the queue that stays as it is on the server. */
import { call } from "../shared/api.js";
import { useEffect, useRef, useState } from "../shared/view.js";
import { useCoalesced } from "./clockwork.js";
import { SEEN, useNews } from "./live.js";

const PAGE = 50;
const MOST = 100;
const REST_MS = 2500;
const SPREAD_MS = 300;

/** @typedef {{items: any[] | null, error: any, next: string | null, more: () => Promise<void>, reload: () => Promise<void>}} Cases */

/**
 * Whether a list may look different now: a case moved, or something was said in a case of the list.
 * @param {import("./live.js").News} news
 * @param {any[]} items
 */
function touches(news, items) {
  return news.resync || news.changes.some(({ kind, case_id, conversation_id }) =>
    kind === "case" || items.some((one) => one.id === case_id || one.conversation_id === conversation_id));
}

/**
 * The cases of a query, the first page kept fresh; an empty query loads nothing.
 * @param {string} query
 * @returns {Cases}
 */
export function useCases(query) {
  const [state, setState] = useState(/** @type {{items: any[] | null, error: any, next: string | null}} */ ({ items: null, error: null, next: null }));
  const current = useRef(query);
  const shown = useRef(PAGE);
  current.current = query;

  const load = async () => {
    if (!query) return;
    try {
      const page = await call("GET", `/cases?${query}&limit=${shown.current}`);
      if (current.current === query) setState({ items: page.items, next: page.next_cursor, error: null });
    } catch (error) {
      if (current.current === query) setState((before) => ({ ...before, error }));
    }
  };
  const reload = useCoalesced(load, REST_MS, SPREAD_MS);
  useEffect(() => {
    shown.current = PAGE;
    setState({ items: null, error: null, next: null });
    load();
  }, [query]);
  useNews((news) => {
    const read = news.resync ? null : news.changes.find(({ kind }) => kind === SEEN);
    if (!read) return void (touches(news, state.items || []) && reload());
    setState((before) => ({ ...before, items: before.items && before.items.map((one) => (one.id === read.case_id ? { ...one, unread: 0 } : one)) }));
  });

  const more = async () => {
    if (!state.next) return;
    if (shown.current < MOST) {
      shown.current = MOST;
      return load();
    }
    const page = await call("GET", `/cases?${query}&limit=${MOST}&cursor=${encodeURIComponent(state.next)}`);
    if (current.current === query) setState(({ items }) => ({ items: [...(items || []), ...page.items], next: page.next_cursor, error: null }));
  };
  return { ...state, more, reload: load };
}
