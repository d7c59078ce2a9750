/** Each benefit: the limit, what is used, held and left, and its conditions in plain words. */
import { date, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";

export function Benefits({ context }) {
  const state = useLoaded(`/members/${context.memberId}/benefits`, [context.memberId]);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${Loaded} state=${state}>${(value) => html`<${Table} table=${value} />`}<//>
  </div>`;
}

function Table({ table }) {
  if (!table.benefits.length) return html`<${Empty} icon="shield" text=${t("benefits.none")} />`;
  const period = { from: date(table.year.from, language(), "short"), until: date(table.year.until, language(), "short") };
  return html`<div class="stack">
    <p class="muted small">${table.plan.name} · ${t("benefits.period", period)}</p>
    ${table.benefits.map((benefit) => html`<${Benefit} benefit=${benefit} />`)}
  </div>`;
}

function Benefit({ benefit }) {
  const waiting = benefit.waiting_until && benefit.waiting_until > new Date().toISOString().slice(0, 10);
  return html`<section class="panel stack" style="--gap:12px">
    <div class="row"><h2 class="grow">${benefit.name}</h2>
      ${waiting ? html`<span class="badge warn">${t("benefits.waiting", { until: date(benefit.waiting_until, language(), "short") })}</span>` : null}
    </div>
    ${benefit.limits.length ? benefit.limits.map((limit) => html`<${Limit} limit=${limit} />`) : html`<p class="muted small">${t("benefits.as_charged")}</p>`}
    <${Conditions} benefit=${benefit} />
  </section>`;
}

function Limit({ limit }) {
  const counted = limit.limit === null && limit.count !== null;
  const whole = counted ? limit.count : limit.limit?.amount_minor;
  const used = counted ? limit.used_count : limit.used?.amount_minor;
  const held = counted ? 0 : limit.held?.amount_minor || 0;
  const share = (/** @type {number} */ part) => `${Math.min(100, Math.round((100 * (part || 0)) / (whole || 1)))}%`;
  const left = counted ? t("benefits.times", { count: limit.remaining_count }) : money(limit.remaining, language());
  const basis = `${t(`basis.${limit.basis}`)}${limit.shared_by === "family" ? ` · ${t("benefits.family")}` : ""}`;
  return html`<div class="stack" style="--gap:6px">
    <div class="row" style="align-items:baseline">
      <span class="grow"><strong>${left}</strong> <span class="muted small">${t("benefits.left")}</span></span>
      <span class="muted small">${counted ? t("benefits.times", { count: limit.count }) : money(limit.limit, language())} ${basis}</span>
    </div>
    <div class="meter" role="img" aria-label=${t("benefits.meter", { left })}>
      <span style=${`width:${share(used)}`}></span><span class="held" style=${`width:${share(held)}`}></span>
    </div>
    ${held ? html`<p class="muted small">${t("benefits.held", { amount: money(limit.held, language()) })}</p>` : null}
  </div>`;
}

function Conditions({ benefit }) {
  const facts = [
    benefit.room_class && t("benefits.room", { room: benefit.room_class }),
    benefit.co_payment && t("benefits.co_payment", { percent: benefit.co_payment.percent }),
    benefit.referral_required && t("benefits.referral"),
    benefit.network_only && t("benefits.network"),
  ].filter(Boolean);
  if (!facts.length && !benefit.exclusions.length) return null;
  return html`<details class="small">
    <summary class="muted" style="cursor:pointer;min-height:32px">${t("benefits.conditions")}</summary>
    <ul class="stack" style="--gap:4px;padding-top:6px">
      ${facts.map((fact) => html`<li class="row" style="gap:8px"><${Icon} name="check" size="16" />${fact}</li>`)}
      ${benefit.exclusions.map((text) => html`<li class="row" style="gap:8px"><${Icon} name="close" size="16" />${text}</li>`)}
    </ul>
  </details>`;
}
