/** One complaint: number, what was said, until when we answer, every step, and the member's next word. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { date, dateTime } from "../../shared/format.js";
import { Field, FormProblem, problemAt } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { ComplaintStatus } from "./complaints.js";

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
      <p class="said">${complaint.text}</p>
    </section>
    ${ANSWERED.has(complaint.status)
      ? null
      : html`<p class="notice"><${Icon} name="clock" size="20" /><span>${t("complaint.resolve_by", { date: date(complaint.resolve_by, language()) })}</span></p>`}
    ${complaint.status === "information_requested" ? html`<${Reply} complaint=${complaint} verb="information" onDone=${setComplaint} />` : null}
    <section class="panel stack">
      <h2>${t("claim.history")}</h2>
      <ol class="steps">
        ${complaint.steps.map((/** @type {any} */ step) => {
          const key = `complaint.step.${step.kind}`;
          return html`<li><strong>${knows(key) ? t(key) : step.kind}</strong>
            <span class="muted small block">${dateTime(step.at, language())}</span>
            ${step.note ? html`<p class="small said">${step.note}</p>` : null}</li>`;
        })}
      </ol>
    </section>
    ${ANSWERED.has(complaint.status) ? html`<${Reply} complaint=${complaint} verb="reopen" onDone=${setComplaint} />` : null}
  </div>`;
}

/** What we asked for, or why our answer does not help. */
function Reply({ complaint, verb, onDone }) {
  const [text, setText] = useState("");
  const purpose = `complaint:${complaint.id}:${verb}`;
  const { busy, error, run } = useAction(async () => {
    const body = { text: text.trim() };
    onDone(await call("POST", `/complaints/${complaint.id}/${verb}`, { body, key: await retryKey(purpose, body) }));
    await settled(purpose);
  });
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id="reply" label=${t(`complaint.${verb}`)} problem=${problemAt(error, "text")}>
      <textarea required maxlength="4000" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea>
    <//>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || !text.trim()}>${t(`complaint.${verb}_send`)}</button>
  </form>`;
}
