/** Lists that come a page at a time, and looking for something while it is being typed. */
import { call } from "./api.js";
import { useEffect, useState } from "./view.js";

const PAUSE_MS = 350;

/** The value once nobody has typed for a moment. @template T @param {T} value @returns {T} */
export function useSettled(value) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/**
 * Page after page of a list; a new path begins anew and late answers of the old one are not shown. `page` is the latest
 * answer, for what stands beside its items.
 * @param {string} path
 */
export function usePages(path) {
  const [state, setState] = useState(/** @type {{path?: string, items?: any[], page?: any, cursor?: string | null, error?: any}} */ ({}));
  const load = async (/** @type {string | null | undefined} */ cursor, /** @type {any[]} */ before, /** @type {AbortSignal} */ signal) => {
    try {
      const page = await call("GET", cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path, { signal });
      setState({ path, items: [...before, ...page.items], page, cursor: page.next_cursor });
    } catch (error) {
      if (!signal.aborted) setState(({ page }) => ({ path, items: before.length ? before : undefined, page, cursor, error }));
    }
  };
  const begin = () => {
    const control = new AbortController();
    load(null, [], control.signal);
    return () => control.abort();
  };
  useEffect(begin, [path]);
  const more = state.cursor ? () => load(state.cursor, state.items || [], new AbortController().signal) : null;
  return { items: state.items, page: state.page, error: state.path === path ? state.error : null, more, again: begin };
}
