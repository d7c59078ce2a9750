/** One facility as administrators keep it: what is agreed with it, its networks, prices, rooms and doctors. */
import { minorUnits } from "../../shared/amount.js";
import { date, money } from "../../shared/format.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { AskDialog } from "../ask_dialog.js";
import { Contracts } from "../facility_contracts.js";
import { FacilityDoctors } from "../facility_doctors.js";

export function Facility({ providerId }) {
  const state = useLoaded(`/providers/${providerId}`, [providerId]);
  return html`<div class="page stack loose"><a href="#/network">${t("network.back")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ one) => html`
      <${Facts} one=${one} />
      <${Contracts} provider=${one} />
      <${Rooms} one=${one} onChanged=${state.reload} />
      <${FacilityDoctors} provider=${one} />`}<//>
  </div>`;
}

function Facts({ one }) {
  const facts = {
    address: `${one.address}, ${one.city}, ${one.country}`,
    phone: one.phone,
    languages: one.languages.join(", "),
    specialties: one.specialties.map((/** @type {any} */ each) => each.name).join(", "),
    clock: one.timezone,
  };
  return html`<section class="panel stack snug"><div class="row between wrap"><h1>${one.name}</h1><span class="figures">${one.code}</span></div>
    <p class="row wrap"><span class="badge">${t(`provider.kind.${one.kind}`)}</span>
      ${one.tier ? html`<span class="badge">${t(`provider.tier.${one.tier}`)}</span>` : null}
      ${one.active ? null : html`<span class="badge bad">${t("network.closed")}</span>`}</p>
    <dl class="facts">${Object.entries(facts).map(([name, text]) => (text ? html`<div><dt>${t(`network.${name}`)}</dt><dd>${text}</dd></div>` : null))}</dl>
  </section>`;
}

function Rooms({ one, onChanged }) {
  const [asking, setAsking] = useState(false);
  const fields = [
    { name: "code", label: t("network.room_code"), longest: 30 },
    { name: "name", label: t("network.name"), longest: 100 },
    { name: "rank", label: t("network.rank"), kind: "number", hint: t("network.rank_hint") },
    { name: "rate", label: t("network.rate") },
    { name: "currency", label: t("network.currency"), longest: 3, start: one.rooms[0]?.rate.currency || "" },
    { name: "valid_from", label: t("network.from"), kind: "day" },
  ];
  const body = (/** @type {any} */ { rate, currency, ...typed }) => {
    const written = currency.toUpperCase();
    return { ...typed, code: typed.code.toLowerCase(), rank: Number(typed.rank), rate: { amount_minor: minorUnits(rate, written), currency: written } };
  };
  return html`<section class="stack snug" aria-labelledby="rooms"><div class="row between wrap"><h2 id="rooms">${t("network.rooms")}</h2>
      <button class="button quiet" onClick=${() => setAsking(true)}>${t("network.set_rate")}</button></div>
    ${one.rooms.length
      ? html`<div class="panel flush table-box" tabindex="0" role="region" aria-label=${t("network.rooms")}><table>
          <thead><tr><th scope="col">${t("network.room_code")}</th><th scope="col">${t("network.name")}</th><th scope="col" class="number">${t("network.per_day")}</th></tr></thead>
          <tbody>${one.rooms.map((/** @type {any} */ room) => html`<tr key=${room.code}><th scope="row">${room.code}</th><td>${room.name}</td><td class="number">${money(room.rate, language())}</td></tr>`)}</tbody></table></div>`
      : html`<p class="muted">${t("network.no_rooms")}</p>`}
    ${asking ? html`<${AskDialog} title=${t("network.set_rate")} purpose=${`room:${one.id}`} path=${`/providers/${one.id}/rooms`} fields=${fields} body=${body} onClose=${() => setAsking(false)} onDone=${onChanged} />` : null}
  </section>`;
}

/** @param {{from: string, until: string | null}} properties */
export function Period({ from, until }) {
  return html`<span>${until ? t("network.period", { from: date(from, language(), "short"), until: date(until, language(), "short") }) : t("network.since", { from: date(from, language(), "short") })}</span>`;
}
