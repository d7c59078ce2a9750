/** One question before a consultation: yes or no, a number, a choice, or words. */
import { Field } from "../shared/form.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

export function TriageQuestion({ question, value, wrong, onAnswer }) {
  const missing = wrong && (value === undefined || value === null || value === "");
  if (question.kind === "yes_no") return html`<${YesNo} question=${question} value=${value} wrong=${missing} onAnswer=${onAnswer} />`;
  const id = `question-${question.code}`;
  const label = question.optional ? `${question.question} (${t("doctor.optional")})` : question.question;
  return html`<${Field} id=${id} label=${label} problem=${missing && t("doctor.answer_this")}>${input(question, value, onAnswer)}<//>`;
}

function input(question, value, onAnswer) {
  if (question.kind === "choice") {
    return html`<select value=${value ?? ""} onChange=${(/** @type {any} */ event) => onAnswer(event.target.value)}>
      <option value="">${t("doctor.choose")}</option>
      ${question.choices.map((/** @type {any} */ one) => html`<option value=${one.code}>${one.name}</option>`)}</select>`;
  }
  if (question.kind === "number") {
    return html`<input type="number" inputmode="decimal" step="any" min=${question.least} max=${question.most} value=${value ?? ""}
      onInput=${(/** @type {any} */ event) => onAnswer(event.target.value === "" ? null : Number(event.target.value))} />`;
  }
  return html`<textarea maxlength="1000" value=${value ?? ""} onInput=${(/** @type {any} */ event) => onAnswer(event.target.value)}></textarea>`;
}

function YesNo({ question, value, wrong, onAnswer }) {
  const name = `question-${question.code}`;
  return html`<fieldset class="yes-no">
    <legend>${question.question}</legend>
    <div class="row">
      ${[true, false].map((each) => html`<label class="choice"><input type="radio" name=${name} checked=${value === each} onChange=${() => onAnswer(each)} />
        <span>${t(each ? "doctor.yes" : "doctor.no")}</span></label>`)}
    </div>
    <div role="alert">${wrong ? html`<p class="problem">${t("doctor.answer_this")}</p>` : null}</div>
  </fieldset>`;
}
