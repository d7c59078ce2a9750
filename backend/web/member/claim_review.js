/** The check before a claim is sent: amounts, documents there and missing, the deadline. */
import { date, money } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { satisfied } from "./claim_photos.js";

export function ClaimReview({ claim, needed, context, onBack, onSubmit }) {
  const [busy, setBusy] = useState(false);
  const attached = new Set(claim.documents.map((/** @type {any} */ document) => document.requirement));
  const missing = needed.documents.filter((/** @type {any} */ document) => document.required && !satisfied(document, attached));
  const person = context.me.members.find((/** @type {any} */ member) => member.id === claim.member_id);
  const send = async () => {
    setBusy(true);
    await onSubmit();
    setBusy(false);
  };
  return html`<div class="stack">
    <section class="panel stack" style="--gap:8px">
      <p class="muted small">${person?.name || ""} · ${t(`group.${claim.benefit}`)}</p>
      <h1>${money(claim.claimed, language())}</h1>
      <p>${claim.provider_name}</p>
      <p class="muted small">${date(claim.visit_on, language())}</p>
    </section>
    ${missing.length
      ? html`<div class="notice warn" style="display:block"><strong>${t("claim.missing_title")}</strong>
          <ul>${missing.map((/** @type {any} */ document) => html`<li>• ${document.name}</li>`)}</ul><p>${t("claim.missing_text")}</p></div>`
      : html`<p class="notice good"><${Icon} name="check" size="20" />${t("claim.all_there")}</p>`}
    ${claim.submit_by ? html`<p class="muted small">${t("claim.submit_by", { date: date(claim.submit_by, language()) })}</p>` : null}
    <button class="button wide" disabled=${busy} onClick=${send}>${t("claim.submit")}</button>
    <button class="button plain wide" onClick=${onBack}>${t("back")}</button>
  </div>`;
}
