/** One complaint: number, what was said, until when we answer, every step. */
import { date, dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { ComplaintStatus } from "./complaints.js";

export function Complaint({ complaintId }) {
  const state = useLoaded(`/complaints/${complaintId}`, [complaintId]);
  return html`<${Loaded} state=${state}>${(value) => html`<${Shown} complaint=${value} />`}<//>`;
}

function Shown({ complaint }) {
  return html`<div class="stack">
    <section class="panel stack" style="--gap:10px">
      <div class="row"><strong class="grow">${complaint.number}</strong><${ComplaintStatus} status=${complaint.status} /></div>
      <p class="muted small">${t(`complaint.category.${complaint.category}`)}</p>
      <p style="white-space:pre-line">${complaint.text}</p>
    </section>
    ${complaint.resolve_by
      ? html`<p class="notice"><${Icon} name="clock" size="20" />${t("complaint.resolve_by", { date: date(complaint.resolve_by, language()) })}</p>`
      : null}
    <section class="panel stack">
      <h2>${t("claim.history")}</h2>
      <ol class="steps" style="list-style:none;margin:0">
        ${complaint.steps.map((step) => {
          const key = `complaint.step.${step.kind}`;
          return html`<li><strong>${knows(key) ? t(key) : step.kind}</strong><br /><span class="muted small">${dateTime(step.at, language())}</span>
            ${step.note ? html`<p class="small">${step.note}</p>` : null}</li>`;
        })}
      </ol>
    </section>
  </div>`;
}
