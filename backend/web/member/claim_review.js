/** The check before a claim is sent: amounts, documents there and missing, the deadline. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { date, money } from "../shared/format.js";
import { FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { ClaimBenefit } from "./claim_benefit.js";
import { missingOf } from "./claim_photos.js";
import { ClaimReadings } from "./claim_readings.js";

export function ClaimReview({ claim, needed, context, onClaim, onBack }) {
  const missing = missingOf(needed, claim);
  const person = context.me.members.find((/** @type {any} */ member) => member.id === claim.member_id);
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/claims/${claim.id}/submit`, { body: {} });
    location.replace(`#/claims/${claim.id}`);
  });
  return html`<div class="stack">
    <section class="panel stack tight">
      <p class="muted small">${person?.name || ""} · ${t(`group.${claim.benefit}`)}</p>
      <p class="figure">${money(claim.claimed, language())}</p>
      <p>${claim.provider_name}</p>
      <p class="muted small">${date(claim.visit_on, language())}</p>
      <p class="row small"><${Icon} name="receipt" size="18" />${t("claim.document_count", { count: claim.documents.length })}</p>
    </section>
    <${ClaimReadings} claim=${claim} onClaim=${onClaim} />
    <${ClaimBenefit} claim=${claim} onClaim=${onClaim} />
    ${missing.length
      ? html`<div class="notice warn block"><strong>${t("claim.missing_title")}</strong>
          <ul class="dots">${missing.map((/** @type {any} */ document) => html`<li>${document.name}</li>`)}</ul><p>${t("claim.missing_text")}</p></div>`
      : html`<p class="notice good"><${Icon} name="check" size="20" /><span>${t("claim.all_there")}</span></p>`}
    ${claim.submit_by || needed.submit_by
      ? html`<p class="row small"><${Icon} name="clock" size="18" />${t("claim.submit_by", { date: date(claim.submit_by || needed.submit_by, language()) })}</p>`
      : null}
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy} onClick=${run}>${t("claim.submit")}</button>
    <button class="button plain wide" onClick=${onBack}>${t("back")}</button>
    ${needed.notes.length
      ? html`<section class="stack tight"><h2>${t("claim.notes")}</h2>
          <ul class="dots muted small">${needed.notes.map((/** @type {string} */ note) => html`<li>${note}</li>`)}</ul></section>`
      : null}
  </div>`;
}
