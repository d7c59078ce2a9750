/** One claim: where it stands, what is missing, every step with its reason. */
import { date, dateTime, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { ClaimStatus } from "./claims.js";

export function ClaimDetail({ claimId }) {
  const state = useLoaded(`/claims/${claimId}`, [claimId]);
  return html`<${Loaded} state=${state}>${(value) => html`<${Shown} claim=${value} />`}<//>`;
}

/** @param {string} prefix @param {string} code */
function worded(prefix, code) {
  return knows(`${prefix}.${code}`) ? t(`${prefix}.${code}`) : code.replaceAll("_", " ");
}

function Shown({ claim }) {
  return html`<div class="stack">
    <section class="panel stack" style="--gap:10px">
      <div class="row"><span class="grow muted small">${claim.number}</span><${ClaimStatus} status=${claim.status} /></div>
      <h1>${money(claim.claimed, language())}</h1>
      <p>${claim.provider_name || ""}</p>
      <p class="muted small">${t(`group.${claim.benefit}`)} · ${date(claim.visit_on, language())}</p>
    </section>
    ${claim.status === "returned" ? html`<${Missing} claim=${claim} />` : null}
    <section class="panel stack">
      <h2>${t("claim.history")}</h2>
      <ol class="steps" style="list-style:none;margin:0">
        ${claim.history.map(
          (step) => html`<li><strong>${t(`claim.status.${step.status}`)}</strong><br />
            <span class="muted small">${dateTime(step.at, language())}</span>${step.note ? html`<p class="small">${step.note}</p>` : null}</li>`,
        )}
      </ol>
    </section>
    <section class="panel stack" style="--gap:8px">
      <h2>${t("claim.documents")}</h2>
      ${claim.documents.length
        ? claim.documents.map(
            (document) => html`<p class="row"><${Icon} name="check" size="18" /><span class="grow">${worded("document", document.requirement)}</span></p>`,
          )
        : html`<p class="muted">${t("claim.no_documents")}</p>`}
    </section>
    <a class="button quiet wide" href="#/chat"><${Icon} name="chat" size="20" />${t("claim.ask")}</a>
    <a class="button plain wide" href=${`#/complaints/new/${claim.id}`}>${t("claim.disagree")}</a>
  </div>`;
}

function Missing({ claim }) {
  return html`<section class="notice bad stack" role="status" style="display:block;--gap:8px">
    <strong>${t("claim.returned_title")}</strong>
    <ul>${claim.missing.map((code) => html`<li>• ${worded("document", code)}</li>`)}</ul>
    ${claim.resubmit_by ? html`<p>${t("claim.resubmit_by", { date: date(claim.resubmit_by, language()) })}</p>` : null}
    <a class="button wide" href=${`#/claims/new/${claim.id}`}>${t("claim.complete_it")}</a>
  </section>`;
}
