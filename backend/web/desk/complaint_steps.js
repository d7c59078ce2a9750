/** Everything that happened to a complaint, in its order; what the member never reads is marked. */
import { date, dateTime } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { knows, language, t } from "../shared/words.js";
import { worded } from "./naming.js";

export function Steps({ complaint }) {
  return html`<section class="panel stack snug" aria-labelledby="steps-title"><h2 id="steps-title">${t("complaints.steps")}</h2>
    <ol class="complaint-steps" aria-labelledby="steps-title">${complaint.steps.map((/** @type {any} */ step) => html`<${Step} step=${step} />`)}</ol>
    ${complaint.notices.length ? html`<details class="section"><summary><h2>${t("complaints.notices")}</h2><span class="count-plain">${complaint.notices.length}</span></summary>
      <ul>${complaint.notices.map((/** @type {any} */ one) => html`<li><strong class="block">${worded("complaints.notice", one.kind)}</strong>
        <span class="small muted">${t("complaints.notice_of", { due: date(one.due_on, language(), "short"), at: dateTime(one.at, language()), told: one.told })}</span></li>`)}</ul></details>` : null}
  </section>`;
}

function Step({ step }) {
  const more = extraOf(step);
  return html`<li class=${step.internal ? "internal" : ""}>
    <span class="marks"><strong>${worded("complaints.step", step.kind)}</strong>
      ${step.internal ? html`<span class="badge"><${Icon} name="shield" size="13" />${t("complaints.internal")}</span>` : null}</span>
    <span class="block small muted">${step.name || t(`role.${step.by}`)} · ${dateTime(step.at, language())}</span>
    ${more ? html`<p class="small">${more}</p>` : null}
    ${step.note ? html`<p class="said">${step.note}</p>` : null}</li>`;
}

/** @param {any} step */
function extraOf(step) {
  if (step.given_to) return t("complaints.given_to", { name: step.given_to });
  if (step.priority) return t(`complaints.priority.${step.priority}`);
  if (step.level) return t("complaints.level", { level: step.level });
  const reason = `complaints.extension.${step.reason}`;
  return step.reason && knows(reason) ? t(reason) : "";
}
