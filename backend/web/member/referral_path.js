/** The path of referrals, kept for a place without network: a code has to open on the phone at the desk. */
import { call } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { useEffect, useState } from "../shared/view.js";

/**
 * The path from the API; without network the one shown last.
 * @param {string} memberId
 */
export function usePath(memberId) {
  const [state, setState] = useState(/** @type {{value?: any, error?: any, offline?: boolean}} */ ({}));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    const load = async () => {
      try {
        const path = await call("GET", `/referrals/path?member_id=${memberId}`);
        await keep(`referrals:${memberId}`, path);
        if (current) setState({ value: path });
      } catch (error) {
        const before = error.offline ? await kept(`referrals:${memberId}`) : undefined;
        if (current) setState(before ? { value: before, offline: true } : { error });
      }
    };
    load();
    addEventListener("online", load);
    return () => {
      current = false;
      removeEventListener("online", load);
    };
  }, [memberId, turn]);
  return { ...state, reload: () => setTurn(turn + 1) };
}
