/** The visits of this facility, those that go on first. */
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";

const MARK = { open: "good", closed: "", cancelled: "warn" };

export function Visits({ context }) {
  const state = useLoaded("/visits?limit=50");
  return html`<h1>${t("visits.title")}</h1>
    <${Loaded} state=${state}>${({ items }) => {
      const going = items.filter((/** @type {any} */ visit) => visit.state === "open");
      const rest = items.filter((/** @type {any} */ visit) => visit.state !== "open");
      if (!items.length) return html`<${Empty} icon="person" text=${t("visits.none")} />`;
      return html`<section class="panel flush" aria-label=${t("visits.title")}>${[...going, ...rest].map((visit) => html`<${Row} visit=${visit} language=${context.language} />`)}</section>`;
    }}<//>`;
}

function Row({ visit, language }) {
  return html`<a class="list-row" href=${`#/visits/${visit.id}`}>
    <span class="grow"><strong class="block">${visit.member.name}</strong><span class="muted small">${t(`group.${visit.benefit_group}`)} · ${dateTime(visit.opened_at, language)}</span></span>
    ${visit.bill_state ? html`<span class="badge">${t(`bill.state.${visit.bill_state}`)}</span>` : null}
    <span class=${`badge ${/** @type {Record<string, string>} */ (MARK)[visit.state]}`}>${t(`visit.state.${visit.state}`)}</span><${Icon} name="next" size="20" />
  </a>`;
}
