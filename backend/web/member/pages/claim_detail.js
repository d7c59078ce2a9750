/** One claim: where it stands, what is missing, every step with its reason. */
import { date, dateTime, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { Decision } from "../claim_decision.js";
import { Arrived } from "../claim_files.js";
import { nameOf } from "../claim_photos.js";
import { PushOffer } from "../push.js";
import { ClaimStatus } from "./claims.js";

const WAITING = new Set(["submitted", "complete", "in_review", "confirming", "returned"]);

export function ClaimDetail({ context, claimId }) {
  const state = useLoaded(`/claims/${claimId}`, [claimId]);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Shown} start=${value} context=${context} />`}<//>`;
}

function Shown({ start, context }) {
  const [claim, setClaim] = useState(start);
  const needed = useLoaded(`/claims/requirements?benefit=${claim.benefit}`, [claim.benefit]);
  return html`<div class="stack">
    <section class="panel stack tight">
      <div class="row"><span class="grow muted small">${claim.number}</span><${ClaimStatus} status=${claim.status} /></div>
      <p class="figure">${money(claim.claimed, language())}</p>
      <p>${claim.provider_name || ""}</p>
      <p class="muted small">${t(`group.${claim.benefit}`)} · ${date(claim.visit_on, language())}</p>
    </section>
    <${WhatNext} claim=${claim} />
    ${WAITING.has(claim.status) ? html`<${PushOffer} context=${context} />` : null}
    <${Decision} claim=${claim} onClaim=${setClaim} />
    <${Payment} payment=${claim.payment} />
    <section class="panel stack">
      <h2>${t("claim.history")}</h2>
      <ol class="steps">
        ${claim.history.map((/** @type {any} */ step) => html`<${Step} step=${step} />`)}
      </ol>
    </section>
    <section class="panel stack">
      <h2>${t("claim.documents")}</h2>
      ${claim.documents.length
        ? html`<ul class="shots">${claim.documents.map(
            (/** @type {any} */ document) => html`<${Arrived} key=${document.document_id} claim=${claim} document=${document} name=${needed.value ? nameOf(needed.value, document.requirement) : t("claim.document")} />`,
          )}</ul>`
        : html`<p class="muted">${t("claim.no_documents")}</p>`}
    </section>
    <a class="button quiet wide" href="#/chat"><${Icon} name="chat" size="20" />${t("claim.ask")}</a>
    <a class="button plain wide" href=${`#/complaints/new/${claim.id}`}>${t("claim.disagree")}</a>
  </div>`;
}

function Step({ step }) {
  const reason = `claim.reason.${step.reason}`;
  return html`<li>
    <strong>${t(`claim.status.${step.status}`)}</strong>
    <span class="muted small block">${dateTime(step.at, language())}</span>
    ${step.reason && knows(reason) ? html`<p class="small">${t(reason)}</p>` : null}
    ${step.note ? html`<p class="small">${step.note}</p>` : null}
  </li>`;
}

/** The money: how much, when, to whose account. A bill between us and a provider is not the member's to wait for. */
function Payment({ payment }) {
  if (!payment || payment.to === "provider") return null;
  const paid = payment.state === "paid";
  const figures = { amount: money(payment.amount, language()), date: date(paid ? payment.paid_on : payment.expected_on, language()) };
  const to = payment.account_ending ? t("claim.payment.ending", { ending: payment.account_ending }) : t(`claim.payment.${payment.to}`);
  return html`<section class="panel stack tight">
    <h2>${t("claim.payment")}</h2>
    <p>${t(paid ? "claim.payment.paid" : "claim.payment.expected", figures)}</p>
    <p class="muted small">${to}</p>
  </section>`;
}

/** The one thing a member should know now. */
function WhatNext({ claim }) {
  const language_ = language();
  if (claim.status === "returned") {
    return html`<section class="notice bad block" role="status">
      <strong>${t("claim.returned_title")}</strong>
      <ul class="dots">${claim.missing_names.map((/** @type {string} */ name) => html`<li>${name}</li>`)}</ul>
      ${claim.resubmit_by ? html`<p>${t("claim.resubmit_by", { date: date(claim.resubmit_by, language_) })}</p>` : null}
      <a class="button wide" href=${`#/claims/new/${claim.id}`}>${t("claim.complete_it")}</a>
    </section>`;
  }
  if (claim.status === "submitted") {
    return html`<p class="notice"><${Icon} name="clock" size="20" /><span>${t("claim.next.submitted")}</span></p>`;
  }
  if (claim.status === "complete" && claim.settle_by) {
    return html`<p class="notice good"><${Icon} name="check" size="20" /><span>${t("claim.next.complete", { date: date(claim.settle_by, language_) })}</span></p>`;
  }
  return null;
}
