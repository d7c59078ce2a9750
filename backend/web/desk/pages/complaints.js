/** Complaints that wait for an answer, the nearest deadline first; any other one by its number. */
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Marks, Next, toneOf } from "../complaint_marks.js";
import { worded } from "../naming.js";
import { RegulatorFile } from "../regulator_file.js";

/** @type {Record<string, string>} */
const FILTERS = { all: "", mine: "?mine=true", unassigned: "?unassigned=true", escalated: "?level=2" };
const AT_MOST = 200;

export function Complaints({ context }) {
  const [filter, setFilter] = useState("all");
  const [typed, setTyped] = useState("");
  const [number, setNumber] = useState("");
  const state = useLoaded(number ? `/complaints?number=${encodeURIComponent(number)}` : `/complaints/open${FILTERS[filter]}`);
  /** @param {string} text */
  const type = (text) => {
    setTyped(text);
    if (!text.trim()) setNumber("");
  };
  const choose = (/** @type {string} */ name) => {
    type("");
    setFilter(name);
  };
  return html`<div class="page stack">
    <div class="row wrap between"><h1>${t("tab.complaints")}</h1>
      <button class="button quiet" onClick=${state.reload}>${t("complaints.refresh")}</button></div>
    <div class="row wrap complaint-tools">
      <form class="row search-form" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); setNumber(typed.trim()); }}>
        <div class="search grow"><${Icon} name="search" size="18" /><label class="visually-hidden" for="complaint-number">${t("complaints.search")}</label>
          <input id="complaint-number" type="search" maxlength="40" autocomplete="off" placeholder=${t("complaints.search")} value=${typed} onInput=${(/** @type {any} */ event) => type(event.target.value)} /></div>
        <button class="button quiet" disabled=${!typed.trim()}>${t("complaints.find")}</button>
      </form>
      <div class="filters" role="group" aria-label=${t("complaints.filters")}>${Object.keys(FILTERS).map(
        (name) => html`<button aria-pressed=${!number && name === filter ? "true" : "false"} onClick=${() => choose(name)}>${t(`complaints.filter.${name}`)}</button>`,
      )}</div>
    </div>
    ${state.value ? html`<${FormProblem} error=${state.error} />` : null}
    <${Loaded} key=${`${filter}:${number}`} state=${state}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush" aria-label=${t("tab.complaints")}>${byDeadline(items).map((/** @type {any} */ one) => html`<li key=${one.id}><${Row} one=${one} me=${context.me} /></li>`)}</ul>
            ${items.length === AT_MOST ? html`<p class="small muted">${t("complaints.at_most", { count: AT_MOST })}</p>` : null}`
        : html`<${Empty} icon="flag" text=${number ? t("complaints.none_found") : t("complaints.none")} />`}<//>
    ${context.me.role === "admin" ? html`<${RegulatorFile} />` : null}
  </div>`;
}

/** What comes next decides, also when that is only to acknowledge; on one day the API's order stays. @param {any[]} items */
function byDeadline(items) {
  const day = (/** @type {any} */ { next_deadline: next }) => next?.on || "9";
  return [...items].sort((one, other) => day(one).localeCompare(day(other)));
}

function Row({ one, me }) {
  return html`<a class=${`list-row complaint-row ${toneOf(one)}`} href=${`#/complaints/${one.id}`} data-complaint=${one.id}>
    <span class="grow"><span class="marks"><strong class="figures">${one.number}</strong><${Marks} complaint=${one} /></span>
      <span class="block">${worded("complaint", one.category)} <span class="muted small">· ${worded("status", one.status)} · ${worded("channel", one.channel)}</span></span>
      <span class="block small muted">${one.handler ? t("complaints.handled_by", { name: one.handler.id === me.id ? t("case.mine") : one.handler.name }) : t("complaints.unassigned")}</span></span>
    ${one.next_deadline ? html`<span class="end"><${Next} complaint=${one} /></span>` : null}
  </a>`;
}
