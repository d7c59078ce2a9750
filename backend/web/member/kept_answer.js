/** What is kept for a place without network: the last answer of an address, marked as such. */
import { call } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { useEffect, useState } from "../shared/view.js";

/** So long the network may take before what is kept is shown; the answer replaces it when it comes. */
const PATIENCE_MS = 1000;

/** @param {string} key @param {string} path below /api/v1 */
export function useKept(key, path) {
  const [state, setState] = useState(/** @type {{value?: any, error?: any, offline?: boolean}} */ ({}));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    let first = true;
    const show = (/** @type {any} */ next) => current && setState(next);
    const load = async () => {
      let answered = false;
      const before = async () => {
        const value = await kept(key);
        if (value && !answered) show({ value, offline: true });
        return value;
      };
      const timer = first ? setTimeout(before, PATIENCE_MS) : undefined;
      first = false;
      try {
        const value = await call("GET", path);
        answered = true;
        await keep(key, value);
        show({ value });
      } catch (error) {
        if (!error.offline || !(await before())) show({ error });
        answered = true;
      } finally {
        clearTimeout(timer);
      }
    };
    load();
    addEventListener("online", load);
    return () => {
      current = false;
      removeEventListener("online", load);
    };
  }, [key, path, turn]);
  return { ...state, reload: () => setTurn(turn + 1) };
}
