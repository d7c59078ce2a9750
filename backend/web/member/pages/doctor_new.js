/** Asking for a doctor: what it is about, the questions before, now or at a time. Danger leads straight to help. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";
import { TriageQuestion } from "../triage.js";

export function DoctorNew({ context }) {
  const state = useLoaded(`/teleconsultations/questions?member_id=${context.memberId}`, [context.memberId]);
  return html`<div class="stack">
    <p class="notice bad">${t("doctor.danger_first", { number: context.brand.emergency_number })}</p>
    <${Family} context=${context} />
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) => html`<${Asking} key=${context.memberId} context=${context} complaints=${items} />`}<//>
  </div>`;
}

function Asking({ context, complaints }) {
  const [complaint, setComplaint] = useState("");
  const [answers, setAnswers] = useState(/** @type {Record<string, any>} */ ({}));
  const [startsAt, setStartsAt] = useState("");
  const asked = complaints.find((/** @type {any} */ one) => one.code === complaint);
  const purpose = `doctor:${context.memberId}`;
  const { busy, error, run } = useAction(async () => {
    const body = { member_id: context.memberId, complaint, answers, ...(startsAt ? { starts_at: startsAt } : {}) };
    const made = await call("POST", "/teleconsultations", { body, key: await retryKey(purpose, body) });
    await settled(purpose);
    location.replace(`#/doctor/${made.id}`);
  });
  const answer = (/** @type {string} */ code, /** @type {any} */ value) => setAnswers((before) => ({ ...before, [code]: value }));
  const open = new Set(error?.reason === "telemedicine.answers_missing" || error?.reason === "telemedicine.answer_unclear" ? error.errors?.questions : []);
  return html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id="complaint" label=${t("doctor.about")}>
      <select required value=${complaint} onChange=${(/** @type {any} */ event) => setComplaint(event.target.value)}>
        <option value="">${t("doctor.choose")}</option>
        ${complaints.map((/** @type {any} */ one) => html`<option value=${one.code}>${one.name}</option>`)}
      </select><//>
    ${asked
      ? html`<section class="panel stack" aria-label=${t("doctor.questions")}>
          ${asked.questions.map((/** @type {any} */ question) => html`<${TriageQuestion} key=${question.code} question=${question} value=${answers[question.code]}
            wrong=${open.has(question.code)} onAnswer=${(/** @type {any} */ value) => answer(question.code, value)} />`)}
        </section>
        <${When} startsAt=${startsAt} onChoose=${setStartsAt} />`
      : null}
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || !asked}>${t(startsAt ? "doctor.book" : "doctor.ask_now")}</button>
  </form>`;
}

/** Now, or one of the times at which a doctor is free; without a roster there is only now. */
function When({ startsAt, onChoose }) {
  const slots = useLoaded("/teleconsultations/slots");
  const times = slots.value?.items || [];
  if (!times.length) return null;
  return html`<${Field} id="when" label=${t("doctor.when")}>
    <select value=${startsAt} onChange=${(/** @type {any} */ event) => onChoose(event.target.value)}>
      <option value="">${t("doctor.now")}</option>
      ${times.slice(0, 60).map((/** @type {any} */ slot) => html`<option value=${slot.starts_at}>${dateTime(slot.starts_at, language())}</option>`)}
    </select><//>`;
}
