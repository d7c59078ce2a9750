/** One complaint: number, what was said, what comes next and when, every step, the member's next word, and the whole file. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { date, dateTime, money } from "../../shared/format.js";
import { Field, FormProblem, problemAt } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { ComplaintFile } from "../complaint_file.js";
import { ComplaintPapers, usePapers } from "../complaint_papers.js";
import { ComplaintStatus, NextDeadline } from "./complaints.js";

const ANSWERED = new Set(["resolved", "closed"]);

export function Complaint({ complaintId }) {
  const state = useLoaded(`/complaints/${complaintId}`, [complaintId]);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Shown} start=${value} />`}<//>`;
}

function Shown({ start }) {
  const [complaint, setComplaint] = useState(start);
  return html`<div class="stack">
    <section class="panel stack tight">
      <div class="row"><span class="grow muted small">${t(`complaint.category.${complaint.category}`)}</span><${ComplaintStatus} status=${complaint.status} /></div>
      <p class="figure">${complaint.number}</p>
      ${complaint.amount ? html`<p>${money(complaint.amount, language())}</p>` : null}
      <p class="said">${complaint.text}</p>
    </section>
    <${NextDeadline} complaint=${complaint} />
    ${complaint.outcome ? html`<${Outcome} complaint=${complaint} />` : null}
    ${complaint.status === "information_requested" ? html`<${Wanted} complaint=${complaint} onDone=${setComplaint} />` : null}
    <section class="panel stack">
      <h2>${t("claim.history")}</h2>
      <ol class="steps">${complaint.steps.map((/** @type {any} */ step) => html`<${Step} step=${step} />`)}</ol>
    </section>
    ${complaint.referrals.length
      ? html`<section class="panel stack tight"><h2>${t("complaint.outside")}</h2>${complaint.referrals.map(
          (/** @type {any} */ one) => html`<p>${t(`complaint.body.${one.body}`)}<span class="muted small block">${one.number} · ${date(one.referred_on, language())}</span></p>`,
        )}</section>`
      : null}
    ${ANSWERED.has(complaint.status) ? html`<${Reply} complaint=${complaint} verb="reopen" label=${complaint.closed_reason ? "reopen_missing" : "reopen"} onDone=${setComplaint} />` : null}
    <${ComplaintFile} complaint=${complaint} />
  </div>`;
}

function Step({ step }) {
  const key = `complaint.step.${step.kind}`;
  const reason = `complaint.extension.${step.reason}`;
  return html`<li><strong>${knows(key) ? t(key) : step.kind}</strong>
    <span class="muted small block">${dateTime(step.at, language())}</span>
    ${step.reason && knows(reason) ? html`<p class="small">${t(reason)}</p>` : null}
    ${step.note ? html`<p class="small said">${step.note}</p>` : null}</li>`;
}

function Outcome({ complaint }) {
  return html`<section class=${`notice block ${complaint.outcome === "rejected" ? "" : "good"}`}>
    <strong>${t(`complaint.outcome.${complaint.outcome}`)}</strong>
    ${complaint.redress ? html`<p>${t("complaint.redress")} ${complaint.redress}</p>` : null}
  </section>`;
}

/** What we asked for, with our question above the answer, and more time for who needs it. */
function Wanted({ complaint, onDone }) {
  const asked = complaint.steps.filter((/** @type {any} */ step) => step.kind === "information_requested").at(-1);
  const { busy, error, run } = useAction(async () => {
    onDone(await call("POST", `/complaints/${complaint.id}/more-time`, { body: {} }));
  });
  return html`<${Reply} complaint=${complaint} verb="information" question=${asked?.note} onDone=${onDone} />
    ${complaint.may_ask_for_time
      ? html`<button class="button quiet wide" disabled=${busy} onClick=${() => run()}>${t("complaint.more_time")}</button>`
      : null}
    <${FormProblem} error=${error} />`;
}

/** What we asked for, or why our answer does not help. */
function Reply({ complaint, verb, label = verb, question = null, onDone }) {
  const [text, setText] = useState("");
  const papers = usePapers();
  const purpose = `complaint:${complaint.id}:${verb}`;
  const { busy, error, run } = useAction(async () => {
    const body = { text: text.trim(), document_ids: papers.ids };
    onDone(await call("POST", `/complaints/${complaint.id}/${verb}`, { body, key: await retryKey(purpose, body) }));
    await settled(purpose);
  });
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    ${question ? html`<p class="said"><strong>${question}</strong></p>` : null}
    <${Field} id="reply" label=${t(`complaint.${label}`)} problem=${problemAt(error, "text")}>
      <textarea required maxlength="4000" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea>
    <//>
    <${ComplaintPapers} papers=${papers} />
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || papers.sending || !text.trim()}>${t(`complaint.${verb}_send`)}</button>
  </form>`;
}
