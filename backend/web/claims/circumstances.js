/** What the papers say around the bill: emergency, stay and room, another payer, a repeat, an accident. */
import { Field } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { AmountField } from "./amount_field.js";
import { OtherPayer } from "./other_payer.js";

const TICKS = ["emergency", "surgery", "referral", "approved"];

export function Circumstances({ bench, draft, change, working }) {
  const { told } = draft;
  const tell = (/** @type {any} */ fields) => change({ told: { ...told, ...fields } });
  const currency = bench.claim.claimed?.currency;
  const ticks = bench.claim.provider_id ? [...TICKS, "cashless"] : TICKS;
  return html`<section class="panel stack snug" aria-labelledby="around-title"><h2 id="around-title">${t("around.title")}</h2>
    <fieldset class="plain-set stack snug" disabled=${!working}><legend class="visually-hidden">${t("around.title")}</legend>
      <div class="ticks">${ticks.map((name) => html`<label class="check"><input type="checkbox" checked=${Boolean(told[name])} onChange=${(/** @type {any} */ event) => tell({ [name]: event.target.checked })} />${t(`around.${name}`)}</label>`)}</div>
      <${Part} name="stay" told=${told} tell=${tell} start=${{ nights: [{ count: 1, rate_minor: 0, entitled_free: true }], own_request: false }}>${() => html`<${Stay} stay=${told.stay} hours=${told.hours} tell=${tell} currency=${currency} />`}<//>
      <${Part} name="other" told=${told} tell=${tell} start=${{ name: "JKN", way: "kmk_1366_2024", entitled: 3, occupied: 3, first: true }}>${() => html`<${OtherPayer} other=${told.other} onChange=${(/** @type {any} */ other) => tell({ other })} currency=${currency} />`}<//>
      <${Part} name="dispensing" told=${told} tell=${tell} start=${{ number: 1, first_on: bench.claim.visit_on, written_approval: false }}>${() => html`<${Repeat} given=${told.dispensing} onChange=${(/** @type {any} */ dispensing) => tell({ dispensing })} />`}<//>
      <${Part} name="accident" told=${told} tell=${tell} start=${{ happened_on: bench.claim.visit_on, hurt_on: bench.claim.visit_on, inhaled_or_swallowed: false }}>${() => html`<${Accident} happened=${told.accident} onChange=${(/** @type {any} */ accident) => tell({ accident })} />`}<//>
    </fieldset>
  </section>`;
}

/** A part that is there or not: a tick opens it, taking the tick away forgets it. */
function Part({ name, told, tell, start, children }) {
  return html`<div class="stack snug"><label class="check"><input type="checkbox" checked=${Boolean(told[name])} onChange=${(/** @type {any} */ event) => tell({ [name]: event.target.checked ? start : null })} />${t(`around.${name}`)}</label>
    ${told[name] ? html`<div class="stack snug inner">${children()}</div>` : null}</div>`;
}

function Stay({ stay, hours, tell, currency }) {
  const change = (/** @type {any} */ fields) => tell({ stay: { ...stay, ...fields } });
  const night = (/** @type {number} */ at, /** @type {any} */ fields) => change({ nights: stay.nights.map((/** @type {any} */ one, /** @type {number} */ place) => (place === at ? { ...one, ...fields } : one)) });
  return html`<${Field} id="hours" label=${t("stay.hours")}><input inputmode="numeric" value=${hours ?? ""} onInput=${(/** @type {any} */ event) => tell({ hours: Number(event.target.value) || 0 })} /><//>
    ${stay.nights.map((/** @type {any} */ one, /** @type {number} */ at) => html`<div class="entered" key=${at}>
      <${Field} id=${`nights-${at}`} label=${t("stay.nights")}><input inputmode="numeric" value=${one.count} onInput=${(/** @type {any} */ event) => night(at, { count: Number(event.target.value) || 1 })} /><//>
      <${AmountField} id=${`rate-${at}`} label=${t("stay.rate")} minor=${one.rate_minor || null} currency=${currency} onChange=${(/** @type {number | null} */ minor) => night(at, { rate_minor: minor || 0 })} />
      <label class="check"><input type="checkbox" checked=${one.entitled_free} onChange=${(/** @type {any} */ event) => night(at, { entitled_free: event.target.checked })} />${t("stay.free")}</label></div>`)}
    <button type="button" class="button plain" onClick=${() => change({ nights: [...stay.nights, { count: 1, rate_minor: 0, entitled_free: true }] })}><${Icon} name="plus" size="18" />${t("stay.add")}</button>
    <label class="check"><input type="checkbox" checked=${stay.own_request} onChange=${(/** @type {any} */ event) => change({ own_request: event.target.checked })} />${t("stay.own_request")}</label>`;
}

function Repeat({ given, onChange }) {
  const change = (/** @type {any} */ fields) => onChange({ ...given, ...fields });
  return html`<div class="pair"><${Field} id="repeat" label=${t("repeat.number")} hint=${t("repeat.hint")}><input inputmode="numeric" value=${given.number} onInput=${(/** @type {any} */ event) => change({ number: Number(event.target.value) || 0 })} /><//>
    <${Field} id="first-on" label=${t("repeat.first_on")}><input type="date" required value=${given.first_on} onInput=${(/** @type {any} */ event) => change({ first_on: event.target.value })} /><//></div>
    <label class="check"><input type="checkbox" checked=${given.written_approval} onChange=${(/** @type {any} */ event) => change({ written_approval: event.target.checked })} />${t("repeat.approved")}</label>`;
}

function Accident({ happened, onChange }) {
  const change = (/** @type {any} */ fields) => onChange({ ...happened, ...fields });
  return html`<div class="pair">${["happened_on", "hurt_on"].map((name) => html`<${Field} id=${name} label=${t(`accident.${name}`)}><input type="date" required value=${happened[name]} onInput=${(/** @type {any} */ event) => change({ [name]: event.target.value })} /><//>`)}</div>
    <label class="check"><input type="checkbox" checked=${happened.inhaled_or_swallowed} onChange=${(/** @type {any} */ event) => change({ inhaled_or_swallowed: event.target.checked })} />${t("accident.poison")}</label>`;
}
