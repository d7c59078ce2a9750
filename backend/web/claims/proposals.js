/** What a machine read on the photos where it differs from the claim: taken over by a person, doubtful ones marked. */
import { call } from "../shared/api.js";
import { date, money } from "../shared/format.js";
import { html, useEffect, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

export function Proposals({ claim, busy, onTell }) {
  const [papers, setPapers] = useState(/** @type {any[]} */ ([]));
  const ids = [...new Set(claim.documents.map((/** @type {any} */ one) => one.document_id))];
  useEffect(() => {
    let gone = false;
    Promise.all(ids.map((id) => call("GET", `/documents/${id}`).catch(() => null))).then((found) => gone || setPapers(found.filter(Boolean)));
    return () => {
      gone = true;
    };
  }, [ids.join()]);
  const found = papers.flatMap((paper) => readOn(paper, claim));
  if (!found.length) return null;
  return html`<section class="panel stack snug" aria-labelledby="read-title"><h2 id="read-title">${t("read.title")}</h2>
    <p class="muted small">${t("read.text")}</p>
    <ul class="stack tight">${found.map(({ name, shown, doubtful, told }) => html`<li class="row top" key=${name + shown}>
      <span class="grow"><span class="muted small">${t(`read.${name}`)}</span> ${doubtful ? html`<span class="badge warn">${t("read.doubtful")}</span>` : null}<span class="block">${shown}</span></span>
      <button type="button" class="button quiet" disabled=${busy} onClick=${() => onTell(told)}>${t("read.use")}<span class="visually-hidden"> ${t(`read.${name}`)}</span></button></li>`)}</ul>
  </section>`;
}

/**
 * Where a paper says something else than the claim.
 * @param {any} paper @param {any} claim
 * @returns {{name: string, shown: string, doubtful: boolean, told: any}[]}
 */
function readOn(paper, claim) {
  const { total, date: day, number, lines } = paper.extracted;
  const found = [];
  if (total && total.value.currency === claim.claimed?.currency && total.value.amount_minor !== claim.claimed.amount_minor)
    found.push({ name: "total", shown: money(total.value, language()), doubtful: total.doubtful, told: { claimed_minor: total.value.amount_minor } });
  if (day && day.value !== claim.visit_on && day.value !== claim.discharge_on)
    found.push({ name: "date", shown: date(day.value, language()), doubtful: day.doubtful, told: { visit_on: day.value } });
  if (number && number.value !== claim.invoice_number)
    found.push({ name: "number", shown: number.value, doubtful: number.doubtful, told: { invoice_number: number.value } });
  if (lines?.length && !claim.lines.length)
    found.push({
      name: "lines",
      shown: lines.map((/** @type {any} */ line) => `${line.text} ${money(line.amount, language())}`).join(" · "),
      doubtful: lines.some((/** @type {any} */ line) => line.doubtful),
      told: { positions: lines.map((/** @type {any} */ line) => ({ description: line.text, quantity: line.quantity, amount_minor: line.amount.amount_minor, proposed_by_document_id: paper.id })) },
    });
  return found;
}
