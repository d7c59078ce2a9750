/** What waits at this moment, since when, and who is there to take it. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { ageOf } from "./clockwork.js";
import { Tile } from "./figures.js";

const DESKS = ["helpline", "doctor"];

export function LoadNow({ load }) {
  return html`<section class="stack" aria-labelledby="now"><h2 id="now">${t("supervision.now")}</h2>
    <dl class="tiles three">${DESKS.map((desk) => html`<${DeskNow} desk=${desk} load=${load} />`)}</dl>
    <div class="panel flush table-box" tabindex="0" role="region" aria-label=${t("supervision.people")}><table>
      <caption class="visually-hidden">${t("supervision.people")}</caption>
      <thead><tr><th scope="col">${t("supervision.person")}</th><th scope="col">${t("supervision.role")}</th><th scope="col">${t("supervision.duty")}</th><th scope="col" class="number">${t("supervision.in_hand")}</th></tr></thead>
      <tbody>${load.people.map(
        (/** @type {any} */ person) => html`<tr key=${person.id}><th scope="row">${person.name}</th><td>${t(`role.${person.role}`)}</td>
          <td>${person.on_duty ? html`<span class="badge good">${t("supervision.on_duty")}</span>` : html`<span class="muted">${t("supervision.off_duty")}</span>`}</td>
          <td class="number">${t("supervision.of", { count: person.open_cases, most: person.capacity })}</td></tr>`,
      )}
      ${load.people.length ? null : html`<tr><td colspan="4" class="muted">${t("supervision.nobody")}</td></tr>`}</tbody></table></div>
  </section>`;
}

function DeskNow({ desk, load }) {
  const mine = (/** @type {any} */ one) => one.desk === desk;
  const waiting = load.waiting.filter(mine);
  const calls = load.calls_waiting.find(mine);
  const urgent = waiting.find((/** @type {any} */ { priority }) => priority === "urgent")?.cases || 0;
  const oldest = waiting.map((/** @type {any} */ one) => one.oldest_since).sort()[0];
  const now = new Date(load.at).getTime();
  const name = t(`desk.${desk}`);
  return html`<${Tile} name=${`${name}: ${t("supervision.cases_waiting")}`} figure=${waiting.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.cases, 0)}
      tone=${urgent ? "bad" : ""} more=${[urgent && t("supervision.urgent", { count: urgent }), oldest && t("supervision.oldest", { age: ageOf(oldest, now) })]} />
    <${Tile} name=${`${name}: ${t("supervision.calls_waiting")}`} figure=${calls?.calls || 0} more=${[calls && t("supervision.oldest", { age: ageOf(calls.oldest_since, now) })]} />
    <${Tile} name=${`${name}: ${t("supervision.on_duty")}`} figure=${load.on_duty.find(mine)?.people ?? 0} tone=${load.on_duty.find(mine)?.people ? "" : "bad"} more=${[]} />`;
}
