/** A new claim, or a draft or returned one taken up again: what it is, the photos, the check before sending. */
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ClaimFacts } from "../claim_facts.js";
import { ClaimPhotos } from "../claim_photos.js";
import { ClaimReview } from "../claim_review.js";
import { Family } from "../family.js";
import { UnsentClaim } from "../unsent_claim.js";

const STEPS = ["facts", "photos", "review"];

export function ClaimNew({ context, draftId }) {
  if (draftId?.startsWith("phone-")) return html`<${UnsentClaim} context=${context} id=${draftId} />`;
  if (draftId) return html`<${Resume} context=${context} draftId=${draftId} />`;
  return html`<div class="stack">
    <${Progress} step="facts" />
    <${Family} context=${context} />
    <${ClaimFacts} context=${context} />
  </div>`;
}

function Resume({ context, draftId }) {
  const state = useLoaded(`/claims/${draftId}`, [draftId]);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ claim) => html`<${Continue} context=${context} start=${claim} />`}<//>`;
}

function Continue({ context, start }) {
  const [claim, setClaim] = useState(start);
  const [step, setStep] = useState("photos");
  const circumstances = claim.circumstances.join(",");
  const query = new URLSearchParams({
    benefit: claim.benefit,
    member_id: claim.member_id,
    ...(claim.visit_on ? { visit_on: claim.visit_on } : {}),
    ...(claim.discharge_on ? { discharge_on: claim.discharge_on } : {}),
    ...(claim.place_region ? { region: claim.place_region } : {}),
    ...(circumstances ? { circumstances } : {}),
  });
  const requirements = useLoaded(`/claims/requirements?${query}`);
  useEffect(() => {
    if (!["draft", "returned"].includes(claim.status)) location.replace(`#/claims/${claim.id}`);
  }, [claim.status]);
  const go = (/** @type {string} */ next) => {
    setStep(next);
    scrollTo(0, 0);
  };
  return html`<div class="stack">
    <${Progress} step=${step} />
    <${Loaded} state=${requirements}>
      ${(/** @type {any} */ needed) =>
        step === "photos"
          ? html`<${ClaimPhotos} claim=${claim} needed=${needed} onClaim=${setClaim} onNext=${() => go("review")} />`
          : html`<${ClaimReview} claim=${claim} needed=${needed} context=${context} onClaim=${setClaim} onBack=${() => go("photos")} />`}
    <//>
  </div>`;
}

function Progress({ step }) {
  const at = STEPS.indexOf(step);
  const place = t("claim.step", { number: at + 1, of: STEPS.length });
  return html`<div class="stack tight">
    <p class="small"><span class="muted">${place} · </span><strong>${t(`claim.step.${step}`)}</strong></p>
    <div class="meter" role="progressbar" aria-label=${place} aria-valuemin="0" aria-valuemax=${STEPS.length} aria-valuenow=${at + 1}>
      <span style=${`width:${(100 * (at + 1)) / STEPS.length}%`}></span></div>
  </div>`;
}
