/** The path of referrals, kept for a place without network: a code has to open on the phone at the desk. */
import { useKept } from "./kept_answer.js";

/** The path from the API; without network the one shown last. @param {string} memberId */
export function usePath(memberId) {
  return useKept(`referrals:${memberId}`, `/referrals/path?member_id=${memberId}`);
}
