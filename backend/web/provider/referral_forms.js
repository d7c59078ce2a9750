/** The forms behind a referral's next steps. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { DiagnosisField } from "../desk/diagnosis_field.js";
import { Field, FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { FacilityField } from "./facility_field.js";

const TIERS = ["ppk2", "ppk3"];
const SUPPLY_DAYS = "30";

/**
 * Sends a patient to a specialist: up from the first level, or on from another specialist.
 * @param {{vocabulary: any, path: string, about: any, memberId: string, tier: string, label: string, onMade: (made: any) => void}} properties
 */
export function ReferOn({ vocabulary, path, about, memberId, tier, label, onMade }) {
  const [form, setForm] = useState({ specialty: "", to_tier: tier, diagnosis: /** @type {any} */ (null), place: /** @type {any} */ (null), doctor: "" });
  const { busy, error, run } = useAction(async () => {
    const body = { ...about, specialty: form.specialty, to_tier: form.to_tier, to_provider_id: form.place?.id || null, diagnosis: form.diagnosis?.code || null, doctor: form.doctor.trim() || null };
    const made = await call("POST", path, { body, key: await retryKey(path, body) });
    await settled(path);
    onMade(made);
  });
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) =>
    setForm({ ...form, ...(name === "doctor" ? {} : { place: null }), [name]: event.target.value });
  return html`<form class="stack snug" onSubmit=${sent(run)}>
    <div class="pair">
      <${Field} id="specialty" label=${t("care.specialty")}><select required value=${form.specialty} onChange=${set("specialty")}><option value="">–</option>${vocabulary.specialties.map((/** @type {any} */ one) => html`<option value=${one.code} selected=${one.code === form.specialty}>${one.name}</option>`)}</select><//>
      <${Field} id="tier" label=${t("care.tier")}><select value=${form.to_tier} onChange=${set("to_tier")}>${TIERS.map((one) => html`<option value=${one} selected=${one === form.to_tier}>${t(`care.tier.${one}`)}</option>`)}</select><//>
    </div>
    <${FacilityField} value=${form.place} tier=${form.to_tier} specialty=${form.specialty} memberId=${memberId} onChange=${(/** @type {any} */ place) => setForm({ ...form, place })} />
    <${DiagnosisField} value=${form.diagnosis} hint=${about.member_id ? null : t("care.diagnosis_hint")} onChange=${(/** @type {any} */ diagnosis) => setForm({ ...form, diagnosis })} />
    <${Field} id="doctor" label=${t("care.doctor")}><input autocomplete="off" minlength="2" maxlength="200" value=${form.doctor} onInput=${set("doctor")} /><//>
    <${FormProblem} error=${error} /><button class="button wide" disabled=${busy}>${label}</button></form>`;
}

/** Hands a stable chronic patient home to the first tier. @param {{vocabulary: any, path: string, onMade: (made: any) => void}} properties */
export function HandBack({ vocabulary, path, onMade }) {
  const [form, setForm] = useState({ condition: "", stable: false, certified_by: "" });
  const { busy, error, run } = useAction(async () => {
    const body = { ...form, certified_by: form.certified_by.trim() };
    const made = await call("POST", path, { body, key: await retryKey(path, body) });
    await settled(path);
    onMade(made);
  });
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setForm({ ...form, [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  return html`<form class="stack snug" onSubmit=${sent(run)}>
    <p class="muted">${t("care.back_text")}</p>
    <div class="pair">
      <${Field} id="condition" label=${t("care.condition")}><select required value=${form.condition} onChange=${set("condition")}><option value="">–</option>${vocabulary.conditions.map((/** @type {any} */ one) => html`<option value=${one.code} selected=${one.code === form.condition}>${one.name}</option>`)}</select><//>
      <${Field} id="certified-by" label=${t("care.certified_by")}><input required autocomplete="off" minlength="2" maxlength="200" value=${form.certified_by} onInput=${set("certified_by")} /><//>
    </div>
    <label class="check"><input type="checkbox" checked=${form.stable} onChange=${set("stable")} />${t("care.stable")}</label>
    <${FormProblem} error=${error} /><button class="button wide" disabled=${busy}>${t("care.back_send")}</button></form>`;
}

/** Notes a month's medicine under a back-referral. @param {{path: string, steps: any[], reload: () => void}} properties */
export function Supply({ path, steps, reload }) {
  const [days, setDays] = useState(SUPPLY_DAYS);
  const { busy, error, run } = useAction(async () => {
    const body = { days: Number(days) };
    await call("POST", path, { body, key: await retryKey(path, body) });
    await settled(path);
    reload();
  });
  const before = steps.filter((/** @type {any} */ step) => step.kind === "supplied").length;
  return html`<form class="stack snug" onSubmit=${sent(run)}>
    ${before ? html`<p class="muted" role="status">${t("care.supplied", { times: before })}</p>` : null}
    <${Field} id="supply-days" label=${t("care.supply_days")}><input type="number" required min="1" max="365" value=${days} onInput=${(/** @type {any} */ event) => setDays(event.target.value)} /><//>
    <${FormProblem} error=${error} /><button class="button quiet wide" disabled=${busy}>${t("care.supply")}</button></form>`;
}

/** @param {() => Promise<void>} run */
function sent(run) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
}
