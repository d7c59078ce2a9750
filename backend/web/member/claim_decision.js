/** The decision on a claim: who pays what and why, line by line, on paper too, and the way to have it made again. */
import { retryKey, settled, useAction, useDraft } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { date, money } from "../shared/format.js";
import { Field, FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { ComplaintPapers, usePapers } from "./complaint_papers.js";

const PAYERS = ["plan", "other", "member", "provider"];
const SHORTEST = 3;

export function Decision({ claim, onClaim }) {
  if (!claim.decision) return null;
  return html`<${Receipt} claim=${claim} /><${Appeals} claim=${claim} onClaim=${onClaim} />`;
}

function Receipt({ claim }) {
  const { receipt, note, decided_at } = claim.decision;
  const { busy, error, run } = useAction(async () => save(await call("GET", `/claims/${claim.id}/receipt.pdf`), `${claim.number}.pdf`));
  return html`<section class="panel stack" aria-labelledby="decision">
    <div><h2 id="decision">${t("decision.title")}</h2><p class="muted small">${date(decided_at, language())}</p></div>
    ${receipt.summary.map((/** @type {string} */ said) => html`<p>${said}</p>`)}
    ${note ? html`<blockquote class="said">${note}</blockquote>` : null}
    <dl class="shares">${PAYERS.filter((payer) => receipt.totals[payer].amount_minor).map(
      (payer) => html`<div class=${payer === "member" ? "own" : ""}><dt>${t(`decision.${payer}`)}</dt><dd>${money(receipt.totals[payer], language())}</dd></div>`,
    )}</dl>
    <ul class="stack">${receipt.lines.map((/** @type {any} */ line) => html`<li><${Line} line=${line} /></li>`)}</ul>
    <p class="small">${receipt.person}</p>
    <${FormProblem} error=${error} />
    <button class="button quiet wide" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="20" />${t("decision.pdf")}</button>
  </section>`;
}

/** One position: what it costs whom; every rule with its sum lies behind it. */
function Line({ line }) {
  return html`<details class="reason"><summary><strong>${line.description}</strong><span class="block small">${t("decision.of", { plan: money(line.totals.plan, language()), billed: money(line.totals.billed, language()) })}</span></summary>
    <ul class="stack tight">${line.steps.map((/** @type {any} */ step) => html`<li>${step.sentence}
      ${step.arithmetic ? html`<span class="block small">${step.arithmetic}</span>` : null}
      ${step.payer_name ? html`<span class="block small muted">${step.payer_name}: ${money(step.moved, language())}</span>` : null}</li>`)}</ul>
  </details>`;
}

function Appeals({ claim, onClaim }) {
  const decided = ["approved", "partly_approved", "rejected"].includes(claim.status);
  return html`${claim.appeals.map((/** @type {any} */ one) => html`<section class="panel stack tight"><h2>${t("appeal.yours")}</h2><p class="said">${one.text}</p>
      <p class="small">${one.answered_at ? t("appeal.answered", { date: date(one.answered_at, language()) }) : t("appeal.answer_by", { date: date(one.answer_by, language()) })}</p></section>`)}
    ${decided && claim.status !== "approved" ? html`<${Appeal} claim=${claim} onClaim=${onClaim} />` : null}`;
}

function Appeal({ claim, onClaim }) {
  const purpose = `appeal:${claim.id}`;
  const [open, setOpen] = useState(false);
  const [draft, change] = useDraft(purpose, { text: "" });
  const papers = usePapers();
  const { busy, error, run } = useAction(async () => {
    const body = { text: draft.text.trim() };
    let after = await call("POST", `/claims/${claim.id}/appeal`, { body, key: await retryKey(purpose, body) });
    for (const id of papers.ids)
      after = await call("POST", `/claims/${claim.id}/documents`, { body: { document_id: id, requirement: "other_evidence" }, key: `${id}:appeal` });
    await settled(purpose);
    onClaim(after);
  });
  if (!open) return html`<button class="button quiet wide" onClick=${() => setOpen(true)}>${t("appeal.open")}</button>`;
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <h2>${t("appeal.open")}</h2><p class="muted small">${t("appeal.text")}</p>
    <${Field} id="appeal" label=${t("appeal.why")}><textarea required minlength=${SHORTEST} maxlength="2000" value=${draft.text} onInput=${(/** @type {any} */ event) => change({ text: event.target.value })} /><//>
    <${ComplaintPapers} papers=${papers} />
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || papers.sending || draft.text.trim().length < SHORTEST}>${t("appeal.send")}</button>
  </form>`;
}
