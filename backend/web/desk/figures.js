/** The figures of a period: tiles for the whole of it, a table for its days and channels. Nothing is shown as a dash. */
import { date, localeOf } from "../shared/format.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { lasting } from "./clockwork.js";
import { worded } from "./naming.js";

/** @param {number | null} share 0..1 */
function percent(share) {
  return share === null ? "–" : new Intl.NumberFormat(localeOf(language()), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** @param {number | null} seconds */
function span(seconds) {
  return seconds === null ? "–" : lasting(seconds);
}

/** @param {number | null} mark 1..5 */
function mark(mark) {
  return mark === null ? "–" : new Intl.NumberFormat(localeOf(language()), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(mark);
}

/** @param {{name: string, figure: any, more: any[], tone?: string}} properties */
export function Tile({ name, figure, more, tone = "" }) {
  const notes = more.filter(Boolean);
  return html`<div class="panel tile"><dt class="small muted">${name}</dt><dd class=${`figure ${tone}`}>${figure}</dd>${notes.length ? html`<dd class="small muted">${notes.join(" · ")}</dd>` : null}</div>`;
}

export function Figures({ total }) {
  const { calls, first_response: first, handling, containment, satisfaction } = total;
  const goal = calls.goal_met === null ? "" : calls.goal_met ? "good" : "bad";
  return html`<dl class="tiles">
    <${Tile} name=${t("figure.service_level")} figure=${percent(calls.service_level)} tone=${goal} more=${[t("figure.goal", { goal: percent(calls.goal) })]} />
    <${Tile} name=${t("figure.calls")} figure=${t("supervision.of", { count: calls.answered, most: calls.offered })}
      more=${[t("figure.abandoned", { count: calls.abandoned }), t("figure.callbacks", { count: calls.callbacks }), t("figure.voicemails", { count: calls.voicemails })]} />
    <${Tile} name=${t("figure.wait")} figure=${span(calls.average_wait_seconds)} more=${[t("figure.longest", { span: span(calls.longest_wait_seconds) })]} />
    <${Tile} name=${t("figure.first_response")} figure=${span(first.median_seconds)} more=${[t("figure.in_time", { share: percent(first.in_time_share) }), t("figure.cases", { count: first.cases })]} />
    <${Tile} name=${t("figure.handling")} figure=${span(handling.median_seconds)} more=${[t("figure.closed", { count: handling.closed })]} />
    <${Tile} name=${t("figure.containment")} figure=${percent(containment.share)} more=${[t("figure.threads", { count: containment.threads })]} />
    <${Tile} name=${t("figure.satisfaction")} figure=${mark(satisfaction.average)} tone=${satisfaction.low ? "warn" : ""}
      more=${[t("figure.answers", { count: satisfaction.answered, most: satisfaction.asked }), satisfaction.low && t("figure.low", { count: satisfaction.low })]} />
  </dl>`;
}

/** The columns of the table. @type {{name: string, of: (figures: any) => any}[]} */
const COLUMNS = [
  { name: "figure.calls", of: ({ calls }) => t("supervision.of", { count: calls.answered, most: calls.offered }) },
  { name: "figure.service_level", of: ({ calls }) => percent(calls.service_level) },
  { name: "figure.wait", of: ({ calls }) => span(calls.average_wait_seconds) },
  { name: "figure.first_response", of: ({ first_response: first }) => span(first.median_seconds) },
  { name: "figure.handling", of: ({ handling }) => span(handling.median_seconds) },
  { name: "figure.containment", of: ({ containment }) => percent(containment.share) },
  { name: "figure.satisfaction", of: ({ satisfaction }) => mark(satisfaction.average) },
];

export function Days({ days }) {
  if (!days.length) return html`<p class="panel muted">${t("supervision.no_days")}</p>`;
  return html`<div class="panel flush table-box" tabindex="0" role="region" aria-label=${t("supervision.days")}><table>
    <caption class="visually-hidden">${t("supervision.days")}</caption>
    <thead><tr><th scope="col">${t("supervision.day")}</th><th scope="col">${t("supervision.channel")}</th>
      ${COLUMNS.map(({ name }) => html`<th scope="col" class="number">${t(name)}</th>`)}</tr></thead>
    <tbody>${days.map((/** @type {any} */ one) => html`<tr key=${`${one.day}:${one.channel}`}><th scope="row">${date(one.day, language(), "short")}</th><td>${worded("channel", one.channel)}</td>
      ${COLUMNS.map(({ of }) => html`<td class="number">${of(one)}</td>`)}</tr>`)}</tbody></table></div>`;
}
