/** What an analyst told so far, as the page changes it and as the API takes it. */

const KEPT = ["emergency", "surgery", "referral", "approved", "cashless", "hours", "room_class", "stay", "other", "dispensing", "accident"];

/** @param {any} bench */
export function startOf(bench) {
  const { reading } = bench;
  return {
    diagnosis: reading.diagnosis ? { code: reading.diagnosis, title: reading.diagnosis_title } : null,
    told: { ...reading.circumstances },
    lines: reading.lines.map((/** @type {any} */ line) => ({ ...line, accepted_minor: line.accepted ? line.accepted.amount_minor : null })),
  };
}

/** @param {any} draft */
export function bodyOf(draft) {
  const told = Object.fromEntries(KEPT.filter((name) => name in draft.told).map((name) => [name, draft.told[name]]));
  return { ...told, diagnosis: draft.diagnosis?.code || null, lines: draft.lines.map(lineOf) };
}

/** @param {any} line */
function lineOf(line) {
  return {
    position: line.position,
    benefit_code: line.benefit_code || null,
    item: line.item,
    service_code: line.service_code || null,
    diagnosis: line.diagnosis || null,
    accepted_minor: line.accepted_minor,
    finding: line.accepted_minor === null ? null : line.finding || null,
  };
}
