/** What comes out of a consultation: diagnosis by search, prescription, referral, rest certificate, and its end. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { date } from "../shared/format.js";
import { Field, FormProblem } from "../shared/form.js";
import { useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { Diagnoses } from "./diagnosing.js";

const EMPTY = { name: "", quantity: "", directions: "", repeats: 0 };

export function Papers({ one, onMoved }) {
  const working = one.mine && one.state === "in_progress";
  return html`<div class="stack">
    <${Diagnoses} one=${one} working=${working} onMoved=${onMoved} />
    ${one.prescriptions.map((/** @type {any} */ paper) => html`<div class="panel stack tight" key=${paper.id}><h3>${t("doctors.prescription")} ${paper.number}</h3>
      <ul>${paper.items.map((/** @type {any} */ item) => html`<li>${item.name} · ${item.quantity} · ${item.directions}${item.repeats ? ` · iter ${item.repeats}×` : ""}</li>`)}</ul></div>`)}
    ${one.referral_code ? html`<p class="notice good">${t("doctors.referred", { code: one.referral_code })}</p>` : null}
    ${one.certificate ? html`<p class="notice good">${t("doctors.certified", { number: one.certificate.number, from: date(one.certificate.from_on, language()), until: date(one.certificate.until_on, language()) })}</p>` : null}
    ${working ? html`<${Prescribing} one=${one} onMoved=${onMoved} />
      ${one.referral_code ? null : html`<${Referring} one=${one} onMoved=${onMoved} />`}
      ${one.certificate ? null : html`<${Certifying} one=${one} onMoved=${onMoved} />`}
      <${Ending} one=${one} onMoved=${onMoved} />` : null}
  </div>`;
}

/** A form that sends one body and can be repeated safely. */
function Form({ purpose, path, body, ready, title, button, onMoved, children }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", path, { body, key: await retryKey(purpose, body) });
    await settled(purpose);
    onMoved();
  });
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <h3>${title}</h3>${children}<${FormProblem} error=${error} />
    <div class="row end-row"><button class="button" disabled=${busy || !ready}>${button}</button></div></form>`;
}

function Prescribing({ one, onMoved }) {
  const [items, setItems] = useState([EMPTY]);
  const change = (/** @type {number} */ place, /** @type {any} */ fields) => setItems(items.map((item, at) => (at === place ? { ...item, ...fields } : item)));
  const written = items.filter((item) => item.name.trim());
  const whole = written.every((item) => item.quantity.trim() && item.directions.trim());
  const done = () => {
    setItems([EMPTY]);
    onMoved();
  };
  return html`<${Form} purpose=${`prescribe:${one.id}`} path=${`/teleconsultations/${one.id}/prescriptions`} body=${{ items: written }} ready=${written.length && whole}
    title=${t("doctors.prescribe")} button=${t("doctors.prescribe_send")} onMoved=${done}>
    ${items.map((item, place) => html`<div class="row wrap" key=${place}>
      <${Field} id=${`item-${place}`} label=${t("doctors.medicine")}><input maxlength="200" value=${item.name} onInput=${(/** @type {any} */ event) => change(place, { name: event.target.value })} /><//>
      <${Field} id=${`quantity-${place}`} label=${t("doctors.quantity")}><input maxlength="60" value=${item.quantity} onInput=${(/** @type {any} */ event) => change(place, { quantity: event.target.value })} /><//>
      <${Field} id=${`directions-${place}`} label=${t("doctors.directions")}><input maxlength="200" value=${item.directions} onInput=${(/** @type {any} */ event) => change(place, { directions: event.target.value })} /><//>
      <${Field} id=${`repeats-${place}`} label=${t("doctors.repeats")}><input type="number" min="0" max="12" value=${item.repeats} onInput=${(/** @type {any} */ event) => change(place, { repeats: Number(event.target.value) })} /><//>
    </div>`)}
    <div class="row"><button type="button" class="button quiet" disabled=${items.length >= 15} onClick=${() => setItems([...items, EMPTY])}>${t("doctors.another_item")}</button></div>
  <//>`;
}

function Referring({ one, onMoved }) {
  const words = useLoaded("/referrals/vocabulary");
  const [specialty, setSpecialty] = useState("");
  const [earlier, setEarlier] = useState("");
  const body = { specialty, ...(earlier.trim() ? { earlier_code: earlier.trim() } : {}) };
  return html`<${Form} purpose=${`refer:${one.id}`} path=${`/teleconsultations/${one.id}/referral`} body=${body} ready=${specialty}
    title=${t("doctors.refer")} button=${t("doctors.refer_send")} onMoved=${onMoved}>
    <${Field} id="specialty" label=${t("doctors.specialty")}>
      <select value=${specialty} onChange=${(/** @type {any} */ event) => setSpecialty(event.target.value)}>
        <option value="">${t("doctors.choose_one")}</option>
        ${(words.value?.specialties || []).map((/** @type {any} */ each) => html`<option value=${each.code}>${each.name}</option>`)}</select><//>
    <${Field} id="earlier-code" label=${t("doctors.earlier_code")}><input maxlength="40" value=${earlier} onInput=${(/** @type {any} */ event) => setEarlier(event.target.value)} /><//>
  <//>`;
}

function Certifying({ one, onMoved }) {
  const [days, setDays] = useState({ from_on: one.today, until_on: one.today });
  return html`<${Form} purpose=${`certify:${one.id}`} path=${`/teleconsultations/${one.id}/certificate`} body=${days} ready=${days.from_on && days.until_on}
    title=${t("doctors.certify")} button=${t("doctors.certify_send")} onMoved=${onMoved}>
    <p class="small muted">${t("doctors.certify_hint")}</p>
    <div class="row wrap">
      <${Field} id="rest-from" label=${t("doctors.rest_from")}><input type="date" value=${days.from_on} onInput=${(/** @type {any} */ event) => setDays({ ...days, from_on: event.target.value })} /><//>
      <${Field} id="rest-until" label=${t("doctors.rest_until")}><input type="date" value=${days.until_on} onInput=${(/** @type {any} */ event) => setDays({ ...days, until_on: event.target.value })} /><//>
    </div><//>`;
}

function Ending({ one, onMoved }) {
  const [advice, setAdvice] = useState("");
  const [followUp, setFollowUp] = useState("");
  const body = { advice: advice.trim(), ...(followUp ? { follow_up_on: followUp } : {}) };
  return html`<${Form} purpose=${`end:${one.id}`} path=${`/teleconsultations/${one.id}/end`} body=${body} ready=${advice.trim() && one.diagnoses.length}
    title=${t("doctors.end")} button=${t("doctors.end_send")} onMoved=${onMoved}>
    <${Field} id="advice" label=${t("doctors.advice")} hint=${one.diagnoses.length ? null : t("doctors.diagnosis_first")}>
      <textarea maxlength="4000" value=${advice} onInput=${(/** @type {any} */ event) => setAdvice(event.target.value)} /><//>
    <${Field} id="follow-up" label=${t("doctors.follow_up")}><input type="date" value=${followUp} onInput=${(/** @type {any} */ event) => setFollowUp(event.target.value)} /><//>
  <//>`;
}
