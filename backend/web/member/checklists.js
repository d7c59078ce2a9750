/** Which papers each kind of care asks for, kept so that a claim can be made without network. */
import { call } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";

export const GROUPS = ["outpatient", "inpatient", "dental", "maternity", "optical", "pharmacy", "medical_checkup", "emergency"];
const FRESH_MS = 7 * 24 * 3600 * 1000;

/** @param {string} memberId @param {string} benefit */
export const checklistKey = (memberId, benefit) => `needed:${memberId}:${benefit}`;
/** @param {string} memberId @param {string} benefit */
export const checklistPath = (memberId, benefit) => `/claims/requirements?${new URLSearchParams({ benefit, member_id: memberId })}`;

/** Once a week, one after another; rejects when the network goes away. @param {string} memberId */
export async function keepChecklists(memberId) {
  const until = await kept("checklists_until");
  if (until > Date.now()) return;
  for (const benefit of GROUPS) await keep(checklistKey(memberId, benefit), await call("GET", checklistPath(memberId, benefit)));
  await keep("checklists_until", Date.now() + FRESH_MS);
}
