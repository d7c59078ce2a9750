/** The doctor at a distance: the consultation that is open, asking for one, and those before. */
import { date, dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";

export const OPEN = new Set(["waiting", "scheduled", "called", "in_progress"]);
const TONES = { ended: "good", called: "warn", in_progress: "warn", diverted: "bad", no_show: "bad" };

export function ConsultationState({ state }) {
  return html`<span class=${`badge ${TONES[state] || ""}`}>${t(`doctor.state.${state}`)}</span>`;
}

export function Doctor({ context }) {
  const state = useLoaded(`/teleconsultations?member_id=${context.memberId}`, [context.memberId]);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) => html`<div class="stack">
      ${items.some((/** @type {any} */ one) => OPEN.has(one.state))
        ? null
        : html`<section class="panel stack"><p>${t("doctor.intro")}</p>
            <a class="button wide" href="#/doctor/new"><${Icon} name="plus" size="20" />${t("doctor.ask")}</a></section>`}
      ${items.length
        ? html`<div class="panel flush">${items.map((/** @type {any} */ one) => html`<${Row} key=${one.id} one=${one} />`)}</div>`
        : html`<${Empty} icon="chat" text=${t("doctor.none")} />`}</div>`}<//>
  </div>`;
}

function Row({ one }) {
  const when = one.starts_at ? dateTime(one.starts_at, language()) : date(one.requested_at, language(), "short");
  return html`<a class="list-row" href=${`#/doctor/${one.id}`}>
    <span class="grow"><strong>${one.complaint_name}</strong><span class="muted small block">${one.number} · ${when}</span></span>
    <${ConsultationState} state=${one.state} />
  </a>`;
}
