/** What is kept for a hospital without network: the last answer of an address, marked as such. */
import { call } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { useEffect, useState } from "../shared/view.js";

/** @param {string} key @param {string} path below /api/v1 */
export function useKept(key, path) {
  const [state, setState] = useState(/** @type {{value?: any, error?: any, offline?: boolean}} */ ({}));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    const load = async () => {
      try {
        const value = await call("GET", path);
        await keep(key, value);
        if (current) setState({ value });
      } catch (error) {
        const before = error.offline ? await kept(key) : undefined;
        if (current) setState(before ? { value: before, offline: true } : { error });
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
