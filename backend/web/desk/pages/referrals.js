/** What members ask for: each request for a referral is granted by a doctor or the clinic it is put to, or declined in words for the member. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { DiagnosisField } from "../diagnosis_field.js";
import { Field, FormProblem } from "../../shared/form.js";
import { dateTime } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const TIERS = ["ppk2", "ppk3"];
const GRANTERS = ["doctor", "provider"];

export function Referrals({ context }) {
  const state = useLoaded("/referral-requests?state=open&limit=50");
  const words = useLoaded("/referrals/vocabulary");
  const [done, setDone] = useState(/** @type {any} */ (null));
  const decided = (/** @type {any} */ request) => {
    setDone(request);
    state.reload();
  };
  return html`<div class="page stack">
    <div class="row wrap between"><h1>${t("referrals.title")}</h1><button class="button quiet" onClick=${state.reload}>${t("referrals.refresh")}</button></div>
    <div role="status">${done ? html`<p class="notice good">${done.code ? t("referrals.granted", { name: done.member_name, code: done.code }) : t("referrals.declined", { name: done.member_name })}</p>` : null}</div>
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) => html`<${Loaded} state=${words}>${(/** @type {any} */ vocabulary) =>
      items.length
        ? html`<ul class="stack" aria-label=${t("referrals.title")}>${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Request} one=${one} vocabulary=${vocabulary} me=${context.me} onDone=${decided} /></li>`)}</ul>`
        : html`<${Empty} icon="note" text=${t("referrals.none")} />`}<//>`}<//>
  </div>`;
}

function Request({ one, vocabulary, me, onDone }) {
  const [doing, setDoing] = useState("");
  const may = GRANTERS.includes(me.role) || (one.claim_id && one.kind === "tiered");
  return html`<article class="panel stack" aria-label=${one.member_name}>
    <div class="row between wrap"><h2>${one.member_name}</h2><span class="muted small">${dateTime(one.asked_at, language())}</span></div>
    <p class="row wrap"><span class="badge">${t(`referrals.kind.${one.kind}`)}</span><strong>${one.specialty_name || t("referrals.any")}</strong>
      ${one.provider ? html`<span class="muted">${t("referrals.at_clinic", { place: one.provider.name })}</span>` : null}${one.claim_id ? html`<span class="muted">${t("referrals.paid_visit")}</span>` : null}</p>
    ${one.reason ? html`<p class="said">${one.reason}</p>` : null}
    <div class="row wrap">${may ? html`<button class="button" aria-expanded=${doing === "grant" ? "true" : "false"} onClick=${() => setDoing(doing === "grant" ? "" : "grant")}>${t("referrals.grant")}</button>` : null}
      <button class="button quiet" aria-expanded=${doing === "decline" ? "true" : "false"} onClick=${() => setDoing(doing === "decline" ? "" : "decline")}>${t("referrals.decline")}</button></div>
    ${doing === "grant" ? html`<${Grant} one=${one} vocabulary=${vocabulary} me=${me} onDone=${onDone} />` : null}
    ${doing === "decline" ? html`<${Decline} one=${one} onDone=${onDone} />` : null}
  </article>`;
}

function Grant({ one, vocabulary, me, onDone }) {
  const back = one.kind === "back";
  const [form, setForm] = useState({ specialty: one.specialty || "", to_tier: "ppk2", diagnosis: /** @type {any} */ (null), condition: "", certified_by: me.name || "", stable: false });
  const { busy, error, run } = useAction(async () => {
    const certificate = { condition: form.condition, certified_by: form.certified_by.trim(), stable: form.stable };
    const step = one.kind === "tiered" ? { to_tier: form.to_tier } : {};
    const body = { specialty: form.specialty, diagnosis: form.diagnosis?.code || null, ...(back ? { certificate } : { doctor: me.name || null, ...step }) };
    const path = `/referral-requests/${one.id}/grant`;
    const granted = await call("POST", path, { body, key: await retryKey(path, body) });
    await settled(path);
    onDone(granted);
  });
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setForm({ ...form, [name]: event.target.type === "checkbox" ? event.target.checked : event.target.value });
  return html`<form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <div class="pair">
      ${back ? html`<${Choice} id=${`condition-${one.id}`} label=${t("referrals.condition")} items=${vocabulary.conditions} value=${form.condition} onChange=${set("condition")} />
        <${Field} id=${`certified-${one.id}`} label=${t("referrals.certified_by")}><input required minlength="2" maxlength="200" value=${form.certified_by} onInput=${set("certified_by")} /><//>`
      : html`<${Choice} id=${`specialty-${one.id}`} label=${t("referrals.specialty")} items=${vocabulary.specialties} value=${form.specialty} onChange=${set("specialty")} />
        ${one.kind === "tiered" ? html`<${Field} id=${`tier-${one.id}`} label=${t("referrals.tier")}><select value=${form.to_tier} onChange=${set("to_tier")}>${TIERS.map((tier) => html`<option value=${tier}>${t(`referrals.tier.${tier}`)}</option>`)}</select><//>` : null}`}
    </div>
    <${DiagnosisField} value=${form.diagnosis} onChange=${(/** @type {any} */ diagnosis) => setForm({ ...form, diagnosis })} />
    ${back ? html`<label class="check"><input type="checkbox" checked=${form.stable} onChange=${set("stable")} />${t("referrals.stable")}</label>` : null}
    <${FormProblem} error=${error} /><div class="row end-row"><button class="button" disabled=${busy}>${t("referrals.write")}</button></div></form>`;
}

function Choice({ id, label, items, value, onChange }) {
  return html`<${Field} id=${id} label=${label}><select required value=${value} onChange=${onChange}><option value="">–</option>
    ${items.map((/** @type {any} */ one) => html`<option value=${one.code} selected=${one.code === value}>${one.name}</option>`)}</select><//>`;
}

function Decline({ one, onDone }) {
  const [note, setNote] = useState("");
  const { busy, error, run } = useAction(async () => onDone(await call("POST", `/referral-requests/${one.id}/decline`, { body: { note: note.trim() } })));
  return html`<form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id=${`note-${one.id}`} label=${t("referrals.why")}><textarea required minlength="3" maxlength="1000" value=${note} onInput=${(/** @type {any} */ event) => setNote(event.target.value)} /><//>
    <${FormProblem} error=${error} /><div class="row end-row"><button class="button danger" disabled=${busy || note.trim().length < 3}>${t("referrals.decline")}</button></div></form>`;
}
