/** What a machine read on the photos, beside what was typed: the member takes it over or leaves it, nothing changes by itself. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { date, money } from "../shared/format.js";
import { FormProblem } from "../shared/form.js";
import { html, useEffect, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

const LOOK_AGAIN_MS = 2000;
const LOOKS = 20;

/** @param {any} claim */
function useReadings(claim) {
  const [readings, setReadings] = useState(/** @type {any[]} */ ([]));
  const wanted = [...new Set(claim.documents.map((/** @type {any} */ document) => document.document_id))];
  useEffect(() => {
    let looks = 0;
    let timer = 0;
    const look = async () => {
      const found = await Promise.all(wanted.map((id) => call("GET", `/documents/${id}`).catch(() => null)));
      const there = found.filter((document) => document !== null);
      setReadings(there);
      if (there.some((document) => !document.read && document.state !== "refused") && (looks += 1) < LOOKS)
        timer = setTimeout(look, LOOK_AGAIN_MS);
    };
    look();
    return () => clearTimeout(timer);
  }, [wanted.join()]);
  return readings;
}

/** The proposal that is trusted most, with the document it was read on. @param {any[]} readings @param {string} field */
function best(readings, field) {
  const proposed = readings.filter((document) => document.extracted[field]);
  proposed.sort((one, other) => other.extracted[field].confidence - one.extracted[field].confidence);
  return proposed.length ? proposed[0].extracted[field] : null;
}

const letters = (/** @type {string | null} */ text) => (text || "").toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * What was read and is not what was typed.
 * @param {any} claim @param {any[]} readings
 * @returns {{name: string, shown: string, doubtful: boolean, change: any}[]}
 */
export function differences(claim, readings) {
  const found = [];
  const total = best(readings, "total");
  if (total && total.value.currency === claim.claimed?.currency && total.value.amount_minor !== claim.claimed.amount_minor)
    found.push({ name: "total", shown: money(total.value, language()), doubtful: total.doubtful, change: { claimed: total.value } });
  const day = best(readings, "date");
  if (day && day.value !== claim.visit_on && day.value !== claim.discharge_on)
    found.push({ name: "date", shown: date(day.value, language()), doubtful: day.doubtful, change: { visit_on: day.value } });
  const number = best(readings, "number");
  if (number && letters(number.value) !== letters(claim.invoice_number))
    found.push({ name: "number", shown: number.value, doubtful: number.doubtful, change: { invoice_number: number.value } });
  const bill = readings.find((document) => document.extracted.lines?.length);
  if (bill && !claim.lines.length)
    found.push({
      name: "lines",
      shown: bill.extracted.lines.map((/** @type {any} */ line) => `${line.text} ${money(line.amount, language())}`).join(" · "),
      doubtful: bill.extracted.lines.some((/** @type {any} */ line) => line.doubtful),
      change: { lines: bill.extracted.lines.map((/** @type {any} */ line) => asLine(line, bill.id)) },
    });
  return found;
}

/** @param {any} line @param {string} documentId */
function asLine(line, documentId) {
  return { description: line.text, quantity: line.quantity, amount: line.amount, proposed_by_document_id: documentId };
}

export function ClaimReadings({ claim, onClaim }) {
  const [left, setLeft] = useState(/** @type {string[]} */ ([]));
  const { busy, error, run } = useAction(async (change) => onClaim(await call("PATCH", `/claims/${claim.id}`, { body: change })));
  const open = differences(claim, useReadings(claim)).filter(({ name }) => !left.includes(name));
  if (!open.length) return null;
  return html`<section class="panel stack tight" aria-labelledby="readings">
    <h2 id="readings">${t("reading.title")}</h2>
    <p class="muted small">${t("reading.text")}</p>
    ${open.map(
      ({ name, shown, doubtful, change }) => html`<div class="stack tight" key=${name}>
        <p><span class="muted small">${t(`reading.${name}`)}</span> ${doubtful ? html`<span class="badge warn">${t("reading.doubtful")}</span>` : null}
          <br /><strong>${shown}</strong></p>
        <div class="row">
          <button class="button quiet grow" disabled=${busy} onClick=${() => run(change)}>${t("reading.use")}<span class="visually-hidden"> ${t(`reading.${name}`)}</span></button>
          <button class="button plain grow" disabled=${busy} onClick=${() => setLeft([...left, name])}>${t("reading.leave")}<span class="visually-hidden"> ${t(`reading.${name}`)}</span></button>
        </div></div>`,
    )}
    <${FormProblem} error=${error} />
  </section>`;
}
