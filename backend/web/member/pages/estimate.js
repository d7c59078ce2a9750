/** Before you go: a place, a reason, a room; then who pays what, why, and what would change it. */
import { useAction } from "../../shared/action.js";
import { minorUnits } from "../../shared/amount.js";
import { call } from "../../shared/api.js";
import { money } from "../../shared/format.js";
import { Field, FormProblem } from "../../shared/form.js";
import { PlaceSearch } from "../../shared/place_search.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";
import { Reasons, Shares } from "../shares.js";

const CARES = ["inpatient", "surgery", "maternity", "outpatient", "dental"];
const START = { care: "inpatient", room: "", days: "1", amount: "", referred: false, own: false };

export function Estimate({ context }) {
  const [place, setPlace] = useState(/** @type {any} */ (null));
  const words = { find: t("estimate.find"), search: t("estimate.search"), none: t("estimate.none") };
  return html`<div class="stack">
    <${Family} context=${context} />
    <p class="muted">${t("estimate.text")}</p>
    ${place ? html`<${Question} key=${place.id} place=${place} context=${context} onOther=${() => setPlace(null)} />` : html`<${PlaceSearch} words=${words} onChosen=${setPlace} />`}
  </div>`;
}

/** @param {typeof START} chosen @param {any} place @param {string} memberId @param {string} currency */
export function bodyOf(chosen, place, memberId, currency) {
  const amount = minorUnits(chosen.amount, currency);
  return {
    member_id: memberId,
    provider_id: place.id,
    care: chosen.care,
    days: Number(chosen.days) || 1,
    room_class: chosen.room || null,
    own_request: chosen.own,
    sent_by_doctor: chosen.referred,
    positions: amount === null ? [] : [{ amount: { amount_minor: amount, currency } }],
  };
}

function Question({ place, context, onOther }) {
  const { brand, memberId } = context;
  const [chosen, setChosen] = useState(START);
  const [told, setTold] = useState(/** @type {any} */ (null));
  const take = (/** @type {Partial<typeof START>} */ fields) => setChosen({ ...chosen, ...fields });
  const { busy, error, run } = useAction(async () => {
    setTold(await call("POST", "/estimates", { body: bodyOf(chosen, place, memberId, brand.currency) }));
  });
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <div class="row"><strong class="grow">${place.name}</strong><button type="button" class="button quiet" onClick=${onOther}>${t("estimate.other_place")}</button></div>
      <${Field} id="care" label=${t("estimate.care")}><select value=${chosen.care} onChange=${(/** @type {any} */ event) => take({ care: event.target.value })}>
        ${CARES.map((care) => html`<option value=${care} selected=${care === chosen.care}>${t(`estimate.care.${care}`)}</option>`)}</select><//>
      ${place.rooms.length ? html`<${Field} id="room" label=${t("estimate.room")}><select value=${chosen.room} onChange=${(/** @type {any} */ event) => take({ room: event.target.value })}>
        <option value="">${t("estimate.room.none")}</option>
        ${place.rooms.map((/** @type {any} */ room) => html`<option value=${room.code} selected=${room.code === chosen.room}>${room.name} · ${money(room.rate, language())}</option>`)}</select><//>` : null}
      ${chosen.room ? html`<${Field} id="days" label=${t("estimate.days")}><input type="number" inputmode="numeric" min="1" max="366" value=${chosen.days} onInput=${(/** @type {any} */ event) => take({ days: event.target.value })} /><//>` : null}
      <${Field} id="amount" label=${t("estimate.amount", { currency: brand.currency })}><input inputmode="decimal" value=${chosen.amount} onInput=${(/** @type {any} */ event) => take({ amount: event.target.value })} /><//>
      <label class="check"><input type="checkbox" checked=${chosen.referred} onChange=${(/** @type {any} */ event) => take({ referred: event.target.checked })} />${t("estimate.referred")}</label>
      ${chosen.room ? html`<label class="check"><input type="checkbox" checked=${chosen.own} onChange=${(/** @type {any} */ event) => take({ own: event.target.checked })} />${t("estimate.own")}</label>` : null}
      <${FormProblem} error=${error} />
      <button class="button wide" disabled=${busy || (!chosen.room && !chosen.amount.trim())}>${t("estimate.ask")}</button>
    </form>
    ${told ? html`<${Told} told=${told} />` : null}`;
}

function Told({ told }) {
  return html`<section class="panel stack" aria-live="polite"><${Shares} totals=${told.receipt.totals} />
      <p class="muted small">${t("estimate.not_binding")}</p></section>
    ${told.changes.length ? html`<section class="panel stack tight"><h2>${t("estimate.change")}</h2>
      <ul class="stack tight">${told.changes.map((/** @type {any} */ one) => html`<li>${t(`estimate.change.${one.change}`, { value: one.value || "", amount: money(one.own_part, language()) })}</li>`)}</ul></section>` : null}
    <${Reasons} receipt=${told.receipt} />`;
}
