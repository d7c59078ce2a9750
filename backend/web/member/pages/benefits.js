/** Each benefit: the limit, what is used, held and left, and its conditions in plain words. */
import { date, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { Family } from "../family.js";

const YEARLY = new Set(["year", "lifetime", "policy"]);

export function Benefits({ context }) {
  const state = useLoaded(`/members/${context.memberId}/benefits`, [context.memberId]);
  return html`<div class="stack">
    <${Family} context=${context} />
    <a class="panel row" href="#/referrals"><${Icon} name="swap" /><span class="grow">${t("referrals.title")}</span><${Icon} name="next" size="18" /></a>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Table} table=${value} />`}<//>
  </div>`;
}

function Table({ table }) {
  if (!table.plan) return html`<${Empty} icon="shield" text=${t("benefits.no_plan")} />`;
  if (!table.benefits.length) return html`<${Empty} icon="shield" text=${t("benefits.none")} />`;
  const period = { from: date(table.year.from, language(), "short"), until: date(table.year.until, language(), "short") };
  return html`<div class="stack">
    <p class="small"><strong>${table.plan.name}</strong> <span class="muted">· ${t("benefits.period", period)}</span></p>
    ${table.benefits.map((/** @type {any} */ benefit) => html`<${Benefit} benefit=${benefit} today=${table.as_of} />`)}
  </div>`;
}

function Benefit({ benefit, today }) {
  const waiting = benefit.waiting_until && benefit.waiting_until > today;
  return html`<section class="panel stack snug">
    <div class="row wrap"><h2 class="grow">${benefit.name}</h2>
      ${waiting ? html`<span class="badge warn">${t("benefits.waiting", { until: date(benefit.waiting_until, language(), "short") })}</span>` : null}
    </div>
    ${benefit.limits.length
      ? benefit.limits.map((/** @type {any} */ limit) => html`<${Limit} limit=${limit} />`)
      : html`<p class="muted small">${t("benefits.as_charged")}</p>`}
    <${Conditions} benefit=${benefit} />
  </section>`;
}

/** `a year · whole family`, `every 2 years` @param {any} limit */
function basisOf(limit) {
  const often = limit.years > 1 ? t("benefits.every_years", { years: limit.years }) : t(`basis.${limit.basis}`);
  return limit.shared_by === "family" ? `${often} · ${t("benefits.family")}` : often;
}

/** A limit that is not counted over time (a visit, a day) has nothing left over: only its height is told. */
function Limit({ limit }) {
  const counted = limit.count !== null && limit.limit === null;
  const whole = counted ? limit.count : limit.limit?.amount_minor;
  const left = counted ? limit.remaining_count : limit.remaining?.amount_minor;
  const shown = (/** @type {any} */ value) => (counted ? t("benefits.times", { count: value }) : money(value, language()));
  if (left == null || !YEARLY.has(limit.basis)) {
    return html`<p class="row limit"><span class="grow">${t("benefits.up_to", { amount: shown(counted ? limit.count : limit.limit) })}</span>
      <span class="muted small">${basisOf(limit)}</span></p>`;
  }
  const used = (counted ? limit.used_count : limit.used?.amount_minor) || 0;
  const held = (counted ? limit.held_count : limit.held?.amount_minor) || 0;
  const share = (/** @type {number} */ part) => `${Math.min(100, Math.round((100 * part) / (whole || 1)))}%`;
  const remaining = shown(counted ? limit.remaining_count : limit.remaining);
  return html`<div class="stack tight">
    <p class="row limit">
      <span class="grow"><strong>${remaining}</strong> <span class="muted small">${t("benefits.left")}</span></span>
      <span class="muted small">${shown(counted ? limit.count : limit.limit)} ${basisOf(limit)}</span>
    </p>
    <div class="meter" role="img" aria-label=${t("benefits.meter", { left: remaining })}>
      <span style=${`width:${share(used)}`}></span><span class="held" style=${`width:${share(held)}`}></span>
    </div>
    ${held && !counted ? html`<p class="muted small">${t("benefits.held", { amount: money(limit.held, language()) })}</p>` : null}
  </div>`;
}

/** @param {any} benefit @returns {string[]} */
function conditionsOf(benefit) {
  const { co_payment: part, deductible } = benefit;
  const percent = Number(part?.percent);
  return [
    benefit.room_class && t("benefits.room", { room: knows(`room.${benefit.room_class}`) ? t(`room.${benefit.room_class}`) : benefit.room_class }),
    part?.percent && (part.cap ? t("benefits.co_payment_cap", { percent, amount: money(part.cap, language()) }) : t("benefits.co_payment", { percent })),
    deductible?.amount && t("benefits.deductible", { amount: money(deductible.amount, language()), basis: t(`basis.${deductible.basis}`) }),
    benefit.referral_required && t("benefits.referral"),
    benefit.network_only && t("benefits.network"),
    benefit.approval_required && t("benefits.approval"),
  ].filter(Boolean);
}

function Conditions({ benefit }) {
  const facts = conditionsOf(benefit);
  if (!facts.length && !benefit.exclusions.length) return null;
  return html`<details class="small">
    <summary>${t("benefits.conditions")}</summary>
    <ul class="stack tight">
      ${facts.map((fact) => html`<li class="row top"><${Icon} name="check" size="18" /><span>${fact}</span></li>`)}
      ${benefit.exclusions.map(
        (/** @type {string} */ text) => html`<li class="row top muted"><${Icon} name="close" size="18" /><span><span class="visually-hidden">${t("benefits.not_covered")}: </span>${text}</span></li>`,
      )}
    </ul>
  </details>`;
}
