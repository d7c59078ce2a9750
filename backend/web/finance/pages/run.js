/** One payment run: every transfer with what it pays, what stays behind and why, and the next step. */
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Asking } from "../asking.js";
import { Download } from "../downloads.js";
import { Facts, category, day, written } from "../figures.js";
import { Upload } from "../uploads.js";
import { TONES } from "./runs.js";

export function Run({ context, runId }) {
  const state = useLoaded(`/payment-runs/${runId}`);
  const [newer, setNewer] = useState(/** @type {any} */ (null));
  return html`<a href="#/runs">${t("runs.back")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ loaded) => html`<${Details} run=${newer || loaded} me=${context.me} onChanged=${setNewer} />`}<//>`;
}

function Details({ run, me, onChanged }) {
  return html`<div class="row between wrap"><h1>${t("run.title", { number: run.number })}</h1><span class=${`badge ${TONES[run.state]}`} role="status">${t(`runs.state.${run.state}`)}</span></div>
    <section class="panel stack">
      <${Facts} facts=${[[t("run.total"), written(run.total)], [t("run.transfers"), run.payments.length], [t("run.day"), day(run.pay_on)], [t("run.kind"), t(`runs.kind.${run.kind}`)], ...(run.sent_at ? [[t("run.sent_at"), dateTime(run.sent_at, language())]] : [])]} />
      ${run.late ? html`<p class="notice warn"><${Icon} name="clock" size="20" /><span>${t("run.late", { count: run.late })}</span></p>` : null}
      <${Steps} run=${run} me=${me} onChanged=${onChanged} /></section>
    <section class="stack" aria-labelledby="transfers"><h2 id="transfers">${t("run.transfers")}</h2>
      <ul class="panel flush" aria-labelledby="transfers">${run.payments.map((/** @type {any} */ one) => html`<li key=${one.reference}><${Transfer} one=${one} /></li>`)}</ul></section>
    ${run.left_out.length ? html`<section class="stack" aria-labelledby="left"><h2 id="left">${t("run.left_out", { count: run.left_out.length })}</h2>
      <ul class="panel flush" aria-labelledby="left">${run.left_out.map((/** @type {any} */ one) => html`<li class="list-row" key=${one.payable_id}><span class="grow"><strong class="figures">${one.reference}</strong><span class="muted small block">${one.message}</span></span><span class="amount">${written(one.amount)}</span></li>`)}</ul></section>` : null}`;
}

function Transfer({ one }) {
  const tone = { paid: "good", failed: "bad", dropped: "warn" }[/** @type {string} */ (one.state)] || "";
  return html`<details class="section"><summary class="list-row">
      <span class="grow"><strong>${one.holder_name}</strong><span class="muted small block">${one.bank} ${t("fund.ending", { ending: one.ending })} · ${t(`rail.${one.rail}`)} · ${one.reference}</span>
        ${one.failure ? html`<span class="small block urgent">${one.failure}</span>` : null}</span>
      <span class="end"><span class="amount block">${written(one.amount)}</span><span class=${`badge ${tone}`}>${one.paid_on ? t("payables.paid_on", { day: day(one.paid_on) }) : t(`run.payment.${one.state}`)}</span></span>
    </summary>
    <ul class="items">${one.items.map((/** @type {any} */ item) => html`<li class="row between wrap" key=${item.payable_id}><span class="figures">${item.reference} · ${category(item.category)}</span><span>${written(item.amount)} · ${t("payables.settle_by", { day: day(item.settle_by) })}</span></li>`)}</ul>
  </details>`;
}

function Steps({ run, me, onChanged }) {
  const [asking, setAsking] = useState(/** @type {string | null} */ (null));
  const finance = me.role === "finance";
  const act = async () => onChanged(await call("POST", `/payment-runs/${run.id}/${asking}`));
  const may = { approve: run.may_approve, send: finance && run.state === "approved", cancel: ["prepared", "approved"].includes(run.state) };
  const withBank = ["sent", "settled"].includes(run.state);
  return html`
    ${run.state === "prepared" && !run.may_approve ? html`<p class="notice"><${Icon} name="person" size="20" /><span>${t("run.second_person")}</span></p>` : null}
    <div class="actions">
      ${may.approve ? html`<button class="button" onClick=${() => setAsking("approve")}>${t("run.approve")}</button>` : null}
      ${may.send ? html`<button class="button" onClick=${() => setAsking("send")}>${t("run.send")}</button>` : null}
      ${may.cancel ? html`<button class="button danger" onClick=${() => setAsking("cancel")}>${t("run.cancel")}</button>` : null}
      ${finance && withBank ? html`<${Download} path=${`/payment-runs/${run.id}/file?form=pain001`} name=${`${run.number}.xml`} label=${t("run.file_iso")} /><${Download} path=${`/payment-runs/${run.id}/file?form=csv`} name=${`${run.number}.csv`} label=${t("run.file_csv")} />` : null}
    </div>
    ${finance && withBank ? html`<${Upload} id="answers" path=${`/payment-runs/${run.id}/statuses`} label=${t("run.answers")} hint=${t("run.answers_hint")} onDone=${onChanged} />` : null}
    ${asking ? html`<${Asking} title=${t(`run.${asking}`)} text=${t(`run.${asking}_text`, { count: run.payments.length, amount: written(run.total) })} act=${t(`run.${asking}`)} danger=${asking === "cancel"} onAct=${act} onClose=${() => setAsking(null)} />` : null}`;
}
