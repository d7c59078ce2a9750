/** Two small pictures of the fund, drawn as SVG; each says in words what it shows. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { day, monthName, written } from "./figures.js";

const HEIGHT = 120;
const STEP = 48;
const BAR = 30;
const FOOT = 20;

/** What was paid in each of the last months. @param {{months: {month: string, paid: any}[]}} properties */
export function PaidByMonth({ months }) {
  const most = Math.max(...months.map(({ paid }) => paid.amount_minor), 1);
  const width = months.length * STEP;
  const high = (/** @type {number} */ minor) => Math.max(minor > 0 ? 2 : 0, (minor / most) * HEIGHT);
  return html`<figure class="chart">
    <svg viewBox=${`0 0 ${width} ${HEIGHT + FOOT}`} aria-hidden="true" preserveAspectRatio="xMinYMax meet">
      <line class="chart-foot" x1="0" x2=${width} y1=${HEIGHT} y2=${HEIGHT} />
      ${months.map(({ month, paid }, place) => html`<g>
        <rect class="chart-bar" x=${place * STEP + (STEP - BAR) / 2} y=${HEIGHT - high(paid.amount_minor)} width=${BAR} height=${high(paid.amount_minor)} rx="4"><title>${monthName(month, "long")}: ${written(paid)}</title></rect>
        <text class="chart-name" x=${place * STEP + STEP / 2} y=${HEIGHT + FOOT - 5} text-anchor="middle">${monthName(month, "short")}</text></g>`)}
    </svg>
    <table class="visually-hidden"><caption>${t("fund.paid_by_month")}</caption>
      <tbody>${months.map(({ month, paid }) => html`<tr><th scope="row">${monthName(month, "long")}</th><td>${written(paid)}</td></tr>`)}</tbody></table>
  </figure>`;
}

const LINE = 600;
const EDGE = 8;

/** When half will be used: an interval on the line from today, and the likely day in it. @param {{expected: any, today: Date}} properties */
export function TopUpLine({ expected, today }) {
  const far = expected.latest_on || expected.likely_on || expected.earliest_on;
  if (!far) return null;
  const from = today.getTime();
  const until = Math.max(new Date(far).getTime(), from + 86_400_000);
  const at = (/** @type {string} */ iso) => EDGE + Math.min(1, Math.max(0, (new Date(iso).getTime() - from) / (until - from))) * (LINE - 2 * EDGE);
  const early = at(expected.earliest_on || far);
  const late = at(far);
  return html`<svg class="top-up-line" viewBox=${`0 0 ${LINE} 34`} role="img" aria-label=${t("fund.interval", { from: day(expected.earliest_on), to: day(expected.latest_on) })}>
    <line class="chart-foot" x1=${EDGE} x2=${LINE - EDGE} y1="17" y2="17" />
    <rect class="chart-span" x=${Math.min(early, late - 6)} y="9" width=${Math.max(late - early, 6)} height="16" rx="8" />
    ${expected.likely_on ? html`<circle class="chart-bar" cx=${at(expected.likely_on)} cy="17" r="8" />` : null}
  </svg>`;
}
