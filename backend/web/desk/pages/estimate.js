/** Before the member goes: the agent works out who pays what, and reads the sentence behind it aloud. */
import { useAction } from "../../shared/action.js";
import { minorUnits } from "../../shared/amount.js";
import { call } from "../../shared/api.js";
import { money } from "../../shared/format.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { PlaceSearch } from "../../shared/place_search.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

export function Estimate({ memberId, context }) {
  const [place, setPlace] = useState(/** @type {any} */ (null));
  const brand = useLoaded(`/clients/${context.me.client.slug}/branding`);
  const words = { find: t("estimate.find"), search: t("estimate.search"), none: t("estimate.none") };
  return html`<div class="page stack"><h1>${t("guarantees.estimate")}</h1>
    <${Loaded} state=${brand}>${(/** @type {any} */ { currency }) =>
      place ? html`<${Question} place=${place} memberId=${memberId} currency=${currency} onOther=${() => setPlace(null)} />` : html`<${PlaceSearch} words=${words} onChosen=${setPlace} />`}<//>
  </div>`;
}

function Question({ place, memberId, currency, onOther }) {
  const [chosen, setChosen] = useState({ room: "", days: "1", amount: "", referred: false });
  const [told, setTold] = useState(/** @type {any} */ (null));
  const take = (/** @type {Partial<typeof chosen>} */ fields) => setChosen({ ...chosen, ...fields });
  const { busy, error, run } = useAction(async () => {
    const minor = minorUnits(chosen.amount, currency);
    const positions = minor === null ? [] : [{ amount: { amount_minor: minor, currency } }];
    const body = { member_id: memberId, provider_id: place.id, days: Number(chosen.days) || 1, room_class: chosen.room || null, sent_by_doctor: chosen.referred, positions };
    setTold(await call("POST", "/estimates", { body }));
  });
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <div class="row"><strong class="grow">${place.name}</strong><button type="button" class="button quiet" onClick=${onOther}>${t("estimate.other_place")}</button></div>
      ${place.rooms.length ? html`<${Field} id="room" label=${t("estimate.room")}><select value=${chosen.room} onChange=${(/** @type {any} */ event) => take({ room: event.target.value })}>
        <option value="">${t("estimate.room.none")}</option>
        ${place.rooms.map((/** @type {any} */ room) => html`<option value=${room.code} selected=${room.code === chosen.room}>${room.name} · ${money(room.rate, language())}</option>`)}</select><//>` : null}
      <${Field} id="days" label=${t("estimate.days")}><input type="number" min="1" max="366" value=${chosen.days} onInput=${(/** @type {any} */ event) => take({ days: event.target.value })} /><//>
      <${Field} id="amount" label=${t("estimate.amount", { currency })}><input inputmode="decimal" value=${chosen.amount} onInput=${(/** @type {any} */ event) => take({ amount: event.target.value })} /><//>
      <label class="check"><input type="checkbox" checked=${chosen.referred} onChange=${(/** @type {any} */ event) => take({ referred: event.target.checked })} />${t("estimate.referred")}</label>
      <${FormProblem} error=${error} />
      <button class="button" disabled=${busy || (!chosen.room && !chosen.amount.trim())}>${t("estimate.ask")}</button>
    </form>
    ${told ? html`<${Told} told=${told} />` : null}`;
}

function Told({ told }) {
  const { totals, summary, lines } = told.receipt;
  return html`<section class="panel stack" aria-live="polite">
    <dl class="shares"><div><dt>${t("estimate.plan")}</dt><dd>${money(totals.plan, language())}</dd></div>
      <div class="own"><dt>${t("estimate.member")}</dt><dd>${money(totals.member, language())}</dd></div></dl>
    ${summary.map((/** @type {string} */ said) => html`<p>${said}</p>`)}
    ${lines.map((/** @type {any} */ line) => html`<div><strong>${line.description}</strong>
      <ul>${line.steps.map((/** @type {any} */ step) => html`<li>${step.sentence} <span class="muted small">${step.clause}</span></li>`)}</ul></div>`)}
    ${told.changes.length ? html`<ul>${told.changes.map((/** @type {any} */ one) => html`<li>${t(`estimate.change.${one.change}`, { value: one.value || "", amount: money(one.own_part, language()) })}</li>`)}</ul>` : null}
  </section>`;
}
