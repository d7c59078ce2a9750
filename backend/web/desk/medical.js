/** What only doctors see: their notes about a case, and what came of it. */
import { retryKey, settled, useAction, useDraft } from "../shared/action.js";
import { call } from "../shared/api.js";
import { dateTime } from "../shared/format.js";
import { DiagnosisField } from "./diagnosis_field.js";
import { Field, FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";

const EMPTY = { text: "", outcome: "", specialty: "", diagnosis: /** @type {any} */ (null) };
const OUTCOMES = ["advice", "teleconsultation", "referral", "ambulance"];

export function Medical({ detail, onDone }) {
  const notes = useLoaded(`/cases/${detail.id}/medical-notes`);
  const written = () => {
    notes.reload();
    onDone();
  };
  return html`<div class="medical stack">
    <p class="notice"><${Icon} name="shield" size="18" /><span>${t("medical.private")}</span></p>
    <${Loaded} state=${notes}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ol class="stack snug" aria-label=${t("medical.notes")}>${items.map((/** @type {any} */ note) => html`<li class="panel note-entry" key=${note.id}>
            <p class="small muted">${note.by.name || t("role.doctor")} · ${dateTime(note.at, language())}
              ${note.outcome ? html` <span class="badge">${t(`medical.outcome.${note.outcome}`)}</span>` : null}</p>
            <p class="said">${note.text}</p></li>`)}</ol>`
        : html`<p class="muted">${t("medical.none")}</p>`}<//>
    <${NewNote} detail=${detail} onDone=${written} />
  </div>`;
}

function NewNote({ detail, onDone }) {
  const purpose = `medical:${detail.id}`;
  const [note, setNote] = useDraft(purpose, EMPTY);
  const words = useLoaded("/referrals/vocabulary");
  const { busy, error, run } = useAction(async () => {
    const path = note.outcome ? "medical-outcome" : "medical-notes";
    const referral = note.outcome === "referral" && note.specialty ? { specialty: note.specialty, diagnosis: note.diagnosis.code } : {};
    const body = note.outcome ? { outcome: note.outcome, note: note.text, ...referral } : { text: note.text };
    await call("POST", `/cases/${detail.id}/${path}`, { body, key: await retryKey(purpose, body) });
    await settled(purpose);
    setNote(EMPTY);
    onDone();
  });
  return html`<form class="stack panel" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id="medical-note" label=${t("medical.new")}>
      <textarea required maxlength="4000" value=${note.text} onInput=${(/** @type {any} */ event) => setNote({ ...note, text: event.target.value })} /><//>
    <${Field} id="medical-outcome" label=${t("medical.outcome")} hint=${t("medical.outcome_hint")}>
      <select value=${note.outcome} onChange=${(/** @type {any} */ event) => setNote({ ...note, outcome: event.target.value })}>
        <option value="">${t("medical.outcome.none")}</option>
        ${OUTCOMES.map((name) => html`<option value=${name} selected=${name === note.outcome}>${t(`medical.outcome.${name}`)}</option>`)}
      </select><//>
    ${note.outcome === "teleconsultation" ? html`<p class="muted small">${t("medical.begins_teleconsultation")}</p>` : null}
    ${note.outcome === "referral" ? html`
      <${Field} id="medical-specialty" label=${t("doctors.specialty")} hint=${t("medical.specialty_hint")}>
        <select value=${note.specialty} onChange=${(/** @type {any} */ event) => setNote({ ...note, specialty: event.target.value })}><option value="">–</option>
          ${(words.value?.specialties || []).map((/** @type {any} */ one) => html`<option value=${one.code} selected=${one.code === note.specialty}>${one.name}</option>`)}</select><//>
      <${DiagnosisField} value=${note.diagnosis} onChange=${(/** @type {any} */ diagnosis) => setNote({ ...note, diagnosis })} />` : null}
    <${FormProblem} error=${error} />
    <div class="row end-row"><button class="button" disabled=${busy || !note.text.trim() || (note.outcome === "referral" && note.specialty && !note.diagnosis)}>${t("medical.save")}</button></div>
  </form>`;
}
