/** A new claim, or a draft or returned one taken up again: what it is, the photos, the check before sending. */
import { call, newKey } from "../../shared/api.js";
import { Loaded, Problem, problemText, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ClaimFacts } from "../claim_facts.js";
import { ClaimPhotos } from "../claim_photos.js";
import { ClaimReview } from "../claim_review.js";
import { Family } from "../family.js";

const STEPS = ["facts", "photos", "review"];

export function ClaimNew({ context, draftId }) {
  if (!draftId) return html`<${Start} context=${context} />`;
  return html`<${Resume} context=${context} draftId=${draftId} />`;
}

function Start({ context }) {
  const key = useRef(newKey());
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const create = async (/** @type {any} */ facts) => {
    try {
      const claim = await call("POST", "/claims", { body: { member_id: context.memberId, ...facts }, key: key.current });
      location.replace(`#/claims/new/${claim.id}`);
    } catch (error) {
      if (!error.offline) key.current = newKey();
      setProblem(error);
    }
  };
  return html`<div class="stack">
    <${Progress} step="facts" />
    <${Family} context=${context} />
    <${ClaimFacts} context=${context} onDone=${create} problem=${problem} />
  </div>`;
}

function Resume({ context, draftId }) {
  const state = useLoaded(`/claims/${draftId}`, [draftId]);
  return html`<${Loaded} state=${state}>${(claim) => html`<${Continue} context=${context} start=${claim} />`}<//>`;
}

function Continue({ context, start }) {
  const [claim, setClaim] = useState(start);
  const [step, setStep] = useState("photos");
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const requirements = useLoaded(`/claims/requirements?benefit=${claim.benefit}&visit_on=${claim.visit_on}`, [claim.benefit]);
  const reload = async () => setClaim(await call("GET", `/claims/${claim.id}`));
  const submit = async () => {
    setProblem(null);
    try {
      setClaim(await call("POST", `/claims/${claim.id}/submit`, { body: {}, key: `submit:${claim.id}:${claim.documents.length}` }));
      location.replace(`#/claims/${claim.id}`);
    } catch (error) {
      setProblem(error);
    }
  };
  useEffect(() => {
    if (!["draft", "returned"].includes(claim.status)) location.replace(`#/claims/${claim.id}`);
  }, [claim.status]);
  return html`<div class="stack">
    <${Progress} step=${step} />
    <${Loaded} state=${requirements}>
      ${(needed) =>
        step === "photos"
          ? html`<${ClaimPhotos} claim=${claim} needed=${needed} onChanged=${reload} onNext=${() => setStep("review")} />`
          : html`<${ClaimReview} claim=${claim} needed=${needed} context=${context} onBack=${() => setStep("photos")} onSubmit=${submit} />`}
    <//>
    ${problem ? html`<${Problem} error=${{ message: problemText(problem) }} />` : null}
  </div>`;
}

function Progress({ step }) {
  const at = STEPS.indexOf(step);
  return html`<div class="stack" style="--gap:8px" role="group" aria-label=${t("claim.step", { number: at + 1, of: STEPS.length })}>
    <p class="muted small">${t("claim.step", { number: at + 1, of: STEPS.length })} · ${t(`claim.step.${step}`)}</p>
    <div class="meter"><span style=${`width:${(100 * (at + 1)) / STEPS.length}%`}></span></div>
  </div>`;
}
