/** Asking for a letter of guarantee for whoever is here. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { minorUnits } from "../shared/amount.js";
import { call } from "../shared/api.js";
import { DiagnosisField } from "../desk/diagnosis_field.js";
import { Field, FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{visit: any, context: any}} properties */
export function AskLetter({ visit, context }) {
  const [form, setForm] = useState({ days: "2", hours: "24", estimate: "", diagnosis: /** @type {any} */ (null), reason: "", doctor: true });
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setForm({ ...form, [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  const currency = context.me.currency;
  const { busy, error, run } = useAction(async () => {
    const minor = form.estimate ? minorUnits(form.estimate, currency) : null;
    const body = {
      member_id: visit.member.id, provider_id: visit.provider_id, emergency: visit.emergency, days: Number(form.days),
      care: visit.benefit_group === "maternity" ? "maternity" : "inpatient", sent_by_doctor: form.doctor, expected_hours: Number(form.hours) || null,
      estimate: minor ? { amount_minor: minor, currency } : null, diagnosis: form.diagnosis?.code || null, reason: form.reason.trim() || null,
    };
    const letter = await call("POST", "/guarantee-letters", { body, key: await retryKey(`letter:${visit.id}`, body) });
    await call("PUT", `/visits/${visit.id}/letters/${letter.id}`);
    await settled(`letter:${visit.id}`);
    location.hash = `#/letters/${letter.id}`;
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<form class="panel stack" onSubmit=${submit} aria-labelledby="ask-letter"><h2 id="ask-letter">${t("letter.ask_title")}</h2>
    <div class="pair">
      <${Field} id="days" label=${t("letter.days")}><input type="number" min="1" max="366" required value=${form.days} onInput=${set("days")} /><//>
      <${Field} id="hours" label=${t("letter.hours")} hint=${t("letter.hours_hint")}><input type="number" min="1" max="8784" value=${form.hours} onInput=${set("hours")} /><//>
      <${Field} id="estimate" label=${t("letter.estimate", { currency })}><input inputmode="decimal" autocomplete="off" value=${form.estimate} onInput=${set("estimate")} /><//>
    </div>
    <${DiagnosisField} value=${form.diagnosis} onChange=${(/** @type {any} */ diagnosis) => setForm({ ...form, diagnosis })} />
    <${Field} id="why" label=${t("letter.reason")}><input autocomplete="off" maxlength="500" value=${form.reason} onInput=${set("reason")} /><//>
    <label class="check"><input type="checkbox" checked=${form.doctor} onChange=${set("doctor")} />${t("letter.by_doctor")}</label>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy}>${t("letter.ask")}</button></form>`;
}
