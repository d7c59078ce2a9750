/** Who pays what, and the sentence of the rule behind each figure: of a letter and of an estimate alike. */
import { money } from "../shared/format.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";

const PARTS = ["plan", "other", "member", "provider"];

export function Shares({ totals }) {
  const shown = PARTS.filter((part) => part === "plan" || part === "member" || totals[part].amount_minor);
  return html`<dl class="shares">
    <div><dt>${t("share.billed")}</dt><dd>${money(totals.billed, language())}</dd></div>
    ${shown.map((part) => html`<div class=${part === "member" ? "own" : ""}><dt>${t(`share.${part}`)}</dt><dd>${money(totals[part], language())}</dd></div>`)}
  </dl>`;
}

export function Reasons({ receipt }) {
  return html`<section class="panel stack"><h2>${t("estimate.why")}</h2>
    ${receipt.summary.map((/** @type {string} */ said) => html`<p>${said}</p>`)}
    ${receipt.lines.map(
      (/** @type {any} */ line) => html`<details class="reason"><summary>${line.description} · ${money(line.totals.billed, language())}</summary>
        <ul class="stack tight">${line.steps.map(
          (/** @type {any} */ step) => html`<li>${step.sentence}
            ${step.arithmetic ? html`<span class="muted small block">${step.arithmetic}</span>` : null}
            <span class="muted small block">${step.clause}</span></li>`,
        )}</ul></details>`,
    )}
    <p class="muted small">${receipt.person}</p>
  </section>`;
}
