/** The fund at a glance: what is there, what is promised, how fast it goes, when the next top-up is likely. */
import { retryKey, settled } from "../../shared/action.js";
import { minorUnits } from "../../shared/amount.js";
import { call } from "../../shared/api.js";
import { Field } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Tile } from "../../desk/figures.js";
import { Asking } from "../asking.js";
import { PaidByMonth, TopUpLine } from "../chart.js";
import { Facts, day, written } from "../figures.js";
import { Categories } from "../categories.js";
import { OpenFund } from "../open_fund.js";

export function Fund({ context }) {
  const state = useLoaded("/fund/cockpit");
  const notOpen = state.error?.reason === "funds.not_open" && !state.value;
  return html`<h1>${t("fund.title")}</h1>
    ${notOpen ? html`<${OpenFund} context=${context} onDone=${state.reload} />` : html`<${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Glance} value=${value} context=${context} onChanged=${state.reload} />`}<//>`}`;
}

function Glance({ value, context, onChanged }) {
  const { fund, pace, top_up: expected } = value;
  const paid = everyMonth(value.paid_by_month, fund.balance.currency);
  return html`
    ${fund.usage.notices.length ? html`<p class="notice warn"><${Icon} name="alert" size="20" /><span>${t("fund.notice", { share: fund.usage.committed_percent, amount: written(fund.usage.top_up) })}</span></p>` : null}
    <dl class="tiles">
      <${Tile} name=${t("fund.balance")} figure=${written(fund.balance)} more=${[`${fund.bank} ${t("fund.ending", { ending: fund.account_ending })}`]} />
      <${Tile} name=${t("fund.promised")} figure=${written(fund.promised)} more=${[t("fund.promised_hint")]} />
      <${Tile} name=${t("fund.owed")} figure=${written(fund.owed)} more=${[t("fund.owed_hint")]} />
      <${Tile} name=${t("fund.available")} figure=${written(fund.available)} tone=${fund.available.amount_minor < 0 ? "bad" : "good"} more=${[fund.suspense.amount_minor ? t("fund.suspense", { amount: written(fund.suspense) }) : ""]} />
      <${Tile} name=${t("fund.paid_lately")} figure=${written(paid[paid.length - 1].paid)} more=${[]} />
      <${Tile} name=${t("fund.pace")} figure=${written(pace.per_day)} more=${[t("fund.pace_hint", { days: pace.days })]} />
    </dl>
    <div class="two-panels">
      <${Usage} usage=${fund.usage} />
      <${NextTopUp} expected=${expected} usage=${fund.usage} />
    </div>
    <section class="panel stack" aria-labelledby="paid"><h2 id="paid">${t("fund.paid_by_month")}</h2>
      ${value.paid_by_month.length ? html`<${PaidByMonth} months=${paid} />` : html`<p class="muted">${t("fund.nothing_paid")}</p>`}</section>
    <${Categories} items=${value.categories} title=${t("fund.categories", { days: pace.days })} />
    <${Deposits} fund=${fund} mayRecord=${context.me.role === "finance"} onChanged=${onChanged} />`;
}

/** The months since the first one with a payment, also those without; the present one is the last. @param {any[]} known @param {string} currency */
function everyMonth(known, currency) {
  const now = new Date();
  const first = known.length ? new Date(`${known[0].month}T12:00:00`) : now;
  const count = (now.getFullYear() - first.getFullYear()) * 12 + now.getMonth() - first.getMonth();
  return Array.from({ length: count + 1 }, (_, place) => {
    const month = new Date(Date.UTC(first.getFullYear(), first.getMonth() + place, 1)).toISOString().slice(0, 10);
    return known.find((one) => one.month === month) || { month, paid: { amount_minor: 0, currency } };
  });
}

function Usage({ usage }) {
  const share = (/** @type {number} */ percent) => Math.min(percent, 100);
  return html`<section class="panel stack" aria-labelledby="usage"><h2 id="usage">${t("fund.usage")}</h2>
    <svg class="top-up-line" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=${t("fund.usage_said", { paid: usage.paid_percent, all: usage.committed_percent })}>
      <rect width="100" height="10" rx="2" class="usage-whole" /><rect width=${share(usage.committed_percent)} height="10" rx="2" class="chart-span" /><rect width=${share(usage.paid_percent)} height="10" rx="2" class="chart-bar" /></svg>
    <${Facts} facts=${[[t("fund.used_paid", { share: usage.paid_percent }), written(usage.paid)], [t("fund.used_all", { share: usage.committed_percent }), written(usage.committed)], [t("fund.base"), written(usage.base)]]} />
  </section>`;
}

function NextTopUp({ expected, usage }) {
  return html`<section class="panel stack" aria-labelledby="top-up"><h2 id="top-up">${t("fund.top_up")}</h2>
    ${usage.notices.length
      ? html`<p class="figure">${t("fund.now")}</p><p class="muted small">${t("fund.now_text")}</p>`
      : expected.likely_on || expected.earliest_on
      ? html`<p class="figure">${expected.likely_on ? day(expected.likely_on) : t("fund.beyond")}</p><${TopUpLine} expected=${expected} today=${new Date()} />
        <p class="muted small">${t("fund.interval", { from: day(expected.earliest_on), to: expected.latest_on ? day(expected.latest_on) : t("fund.beyond") })}</p>`
      : html`<p class="muted">${t("fund.no_forecast")}</p>`}
    <${Facts} facts=${[[t("fund.top_up_amount"), written(usage.top_up)]]} /></section>`;
}

function Deposits({ fund, mayRecord, onChanged }) {
  const [asking, setAsking] = useState(false);
  return html`<section class="stack" aria-labelledby="deposits">
    <div class="row between wrap"><h2 id="deposits">${t("fund.deposits")}</h2>${mayRecord ? html`<button class="button" onClick=${() => setAsking(true)}><${Icon} name="plus" size="18" />${t("fund.record")}</button>` : null}</div>
    ${fund.deposits.length
      ? html`<ul class="panel flush" aria-label=${t("fund.deposits")}>${fund.deposits.map((/** @type {any} */ one) => html`<li key=${one.id} class="list-row"><span class="grow">${day(one.received_on)}<span class="muted small block">${one.reference}</span></span><span class="amount">${written(one.amount)}</span></li>`)}</ul>`
      : html`<p class="panel muted">${t("fund.no_deposits")}</p>`}
    ${asking ? html`<${NewDeposit} currency=${fund.balance.currency} onDone=${onChanged} onClose=${() => setAsking(false)} />` : null}</section>`;
}

function NewDeposit({ currency, onDone, onClose }) {
  const [deposit, setDeposit] = useState({ amount: "", received_on: "", reference: "" });
  const minor = minorUnits(deposit.amount, currency);
  const typed = (/** @type {string} */ name) => (/** @type {any} */ event) => setDeposit({ ...deposit, [name]: event.target.value });
  const record = async () => {
    const body = { ...deposit, amount: { amount_minor: minor, currency } };
    await call("POST", "/fund/deposits", { body, key: await retryKey("deposit", body) });
    await settled("deposit");
    onDone();
  };
  return html`<${Asking} title=${t("fund.record")} text=${t("fund.record_hint")} act=${t("save")} ready=${Boolean(minor)} onAct=${record} onClose=${onClose}>
    <${Field} id="deposit-amount" label=${t("amount_in", { currency })}><input required inputmode="decimal" autocomplete="off" value=${deposit.amount} onInput=${typed("amount")} /><//>
    <${Field} id="deposit-day" label=${t("fund.received_on")}><input type="date" required value=${deposit.received_on} onInput=${typed("received_on")} /><//>
    <${Field} id="deposit-reference" label=${t("fund.reference")}><input required maxlength="80" autocomplete="off" value=${deposit.reference} onInput=${typed("reference")} /><//>
  <//>`;
}
