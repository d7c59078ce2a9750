/** What was said and what was done, in one line of time. Pure. */

/** Steps that stand in the thread as messages anyway. */
const SAID = new Set(["member_wrote", "joined"]);

/** @typedef {{kind: "message" | "note" | "step" | "sending", id: string, at: string, value: any}} Entry */

/**
 * @param {any[]} messages oldest first
 * @param {any[]} events of the case
 * @param {boolean} complete whether the thread is loaded from its beginning
 * @returns {Entry[]}
 */
export function timeline(messages, events, complete) {
  const from = complete || !messages.length ? "" : messages[0].at;
  const steps = events.filter(({ kind, at, text }) => at >= from && !(SAID.has(kind) && (kind === "member_wrote" || !text)));
  const sent = messages.filter(({ author }) => author === "agent");
  /** @type {Entry[]} */
  const entries = messages.map((value) => ({ kind: "message", id: value.id, at: value.at, value }));
  for (const value of steps) {
    if (value.kind === "replied") {
      const arrived = sent.findIndex(({ text, at }) => text === value.text && at >= value.at);
      if (arrived >= 0) sent.splice(arrived, 1);
      else entries.push({ kind: "sending", id: value.id, at: value.at, value });
    } else {
      entries.push({ kind: value.kind === "noted" ? "note" : "step", id: value.id, at: value.at, value });
    }
  }
  return entries.sort((one, other) => one.at.localeCompare(other.at));
}

/** The day of each entry that begins one, else null. @param {Entry[]} entries @param {(iso: string) => string} nameOf */
export function days(entries, nameOf) {
  let before = "";
  return entries.map(({ at }) => {
    const day = nameOf(at);
    const first = day !== before;
    before = day;
    return first ? day : null;
  });
}
