/** What hospitals wait for: the answer owed first at the top, each with its clock; one is opened and answered. */
import { dateTime, money } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const SETTLERS = ["claims", "admin"];
/** @type {Record<string, string>} */
const FILTERS = { all: "", doctor: "?desk=doctor", helpline: "?desk=helpline" };

export function Guarantees({ context }) {
  const [filter, setFilter] = useState(context.me.role === "doctor" ? "doctor" : "all");
  const state = useLoaded(`/guarantee-letters/waiting${FILTERS[filter]}`);
  return html`<div class="page stack">
    <div class="row wrap between"><h1>${t("guarantees.queue")}</h1><button class="button quiet" onClick=${state.reload}>${t("guarantees.refresh")}</button></div>
    <div class="filters" role="group" aria-label=${t("guarantees.filters")}>${Object.keys(FILTERS).map(
      (name) => html`<button aria-pressed=${name === filter ? "true" : "false"} onClick=${() => setFilter(name)}>${t(`guarantees.filter.${name}`)}</button>`,
    )}</div>
    <${Loaded} key=${filter} state=${state}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush" aria-label=${t("guarantees.queue")}>${items.map((/** @type {any} */ ask) => html`<li key=${ask.id}><${Row} ask=${ask} /></li>`)}</ul>`
        : html`<${Empty} icon="shield" text=${t("guarantees.none")} />`}<//>
    ${SETTLERS.includes(context.me.role) ? html`<${Undischarged} />` : null}
  </div>`;
}

/** Stays whose discharge never came: what the letters hold is held until somebody settles them. */
function Undischarged() {
  const state = useLoaded("/guarantee-letters?raised=true&limit=50");
  return html`<${Loaded} state=${state}>${(/** @type {any} */ { items }) => items.length
    ? html`<h2>${t("guarantees.undischarged")}</h2><ul class="panel flush" aria-label=${t("guarantees.undischarged")}>${items.map((/** @type {any} */ letter) => html`<li key=${letter.id}>
        <a class="list-row wrap-narrow" href=${`#/guarantees/${letter.id}`}><span class="grow"><strong>${hospital(letter)}</strong> <span class="figures">${letter.number}</span>
          <span class="block">${letter.member_name} · ${t("guarantees.held", { amount: money(letter.promised, language()) })}</span></span>
          <span class="badge bad">${t("guarantees.raised_at", { at: dateTime(letter.discharge_raised_at, language()) })}</span></a></li>`)}</ul>`
    : null}<//>`;
}

function Row({ ask }) {
  return html`<a class="list-row wrap-narrow" href=${`#/guarantees/${ask.letter_id}`}>
    <span class="grow"><strong>${hospital(ask)}</strong> <span class="figures">${ask.number}</span>
      <span class="block">${t(`guarantees.kind.${ask.kind}`)} · ${ask.member_name} · ${money(ask.asked, language())}</span></span>
    <span class="end"><${Owed} ask=${ask} />${ask.for_doctor ? html`<span class="badge block">${t("guarantees.doctor")}</span>` : null}</span>
  </a>`;
}

/** The hospital's name; an emergency is asked for before anybody knows where it ends. */
export function hospital(/** @type {any} */ letter) {
  return letter.provider_name || t("guarantees.somewhere");
}

/** The clock that the hospital sees too. */
export function Owed({ ask }) {
  if (!ask.answer_by) return null;
  const key = ask.overdue ? "guarantees.overdue" : "guarantees.answer_by";
  return html`<span class=${`badge ${ask.overdue ? "bad" : "warn"}`}>${t(key, { at: dateTime(ask.answer_by, language()) })}</span>`;
}
