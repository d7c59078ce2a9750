/** What somebody who has signed in sees first, and what goes on behind it. */
import { keepChecklists } from "./checklists.js";
import { keepOnlyOf, send } from "./outbox.js";

export { Frame } from "./frame.js";
export { match } from "./routes.js";

/** Leaves the network to the first page. */
const BEHIND_MS = 5000;
let begun = false;

/** @param {any} me who signed in, on this device now or earlier */
export async function begin(me) {
  await keepOnlyOf(me.member_id);
  send();
  if (begun) return;
  begun = true;
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  setTimeout(() => keepChecklists(me.member_id).catch(() => {}), BEHIND_MS);
}
