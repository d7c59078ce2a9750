/** What the rules make of the bill: who pays what, and for each line every rule with its sum. */
import { money } from "../shared/format.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";

const PAYERS = ["plan", "other", "member", "provider"];

/** @param {{receipt: any, uncoded: number | undefined, kind: string}} properties */
export function Judgement({ receipt, uncoded, kind }) {
  if (!receipt) return null;
  return html`<section class="panel stack snug" aria-labelledby="judgement-title" aria-live="polite">
    <div class="row between wrap"><h2 id="judgement-title">${t(`judgement.${kind}`)}</h2><span class="muted small">${receipt.version}</span></div>
    ${uncoded ? html`<p class="notice warn">${t("judgement.uncoded", { count: uncoded })}</p>` : null}
    <dl class="payers">${PAYERS.map((payer) => html`<div><dt>${t(`payer.${payer}`)}</dt><dd class="figures">${money(receipt.totals[payer], language())}</dd></div>`)}</dl>
    <ol class="stack snug">${receipt.lines.map((/** @type {any} */ line) => html`<li class="traced">
      <div class="row between wrap"><strong>${line.description}</strong><span class="figures">${money(line.totals.billed, language())}</span></div>
      <ul class="stack tight">${line.steps.map((/** @type {any} */ step) => html`<li class="step"><span>${step.sentence}</span>
        ${step.arithmetic ? html`<span class="figures small block">${step.arithmetic}</span>` : null}
        <span class="muted small block">${step.payer_name ? `${step.payer_name} ${money(step.moved, language())} · ` : ""}${step.clause}</span></li>`)}</ul></li>`)}</ol>
  </section>`;
}
