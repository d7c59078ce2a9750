/** What is owed and by when; finance takes back what was approved wrongly. */
import { call } from "../../shared/api.js";
import { Field } from "../../shared/form.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Asking } from "../asking.js";
import { category, day, written } from "../figures.js";
import { Filter } from "../filter.js";
import { Listed, useListed } from "../listed.js";

const STATES = ["open", "in_run", "paid", "reversed", "all"];

export function Payables({ context }) {
  const [chosen, setChosen] = useState("open");
  const [taking, setTaking] = useState(/** @type {any} */ (null));
  const state = useListed(chosen === "all" ? "/payables" : `/payables?state=${chosen}`);
  const mayTake = context.me.role === "finance";
  return html`<div class="row between wrap"><h1>${t("payables.title")}</h1><a class="button quiet" href="#/accounts">${t("accounts.title")}</a></div>
    ${state.value ? html`<p class="muted">${t("payables.next_run", { day: day(state.value.next_run_on) })}</p>` : null}
    <${Filter} label=${t("payables.filter")} names=${STATES} chosen=${chosen} word=${(/** @type {string} */ name) => t(`payables.state.${name}`)} onChoose=${setChosen} />
    <${Listed} key=${chosen} state=${state} label=${t("payables.title")} icon="receipt" none=${t("payables.none")} row=${(/** @type {any} */ one) =>
      html`<${Row} one=${one} onTake=${mayTake && one.state === "open" ? () => setTaking(one) : null} />`} />
    ${taking ? html`<${TakeBack} one=${taking} onDone=${state.reload} onClose=${() => setTaking(null)} />` : null}`;
}

function Row({ one, onTake }) {
  return html`<div class="list-row">
    <span class="grow"><strong>${one.payee_name || t(`payee.${one.payee}`)}</strong> <span class="figures">${one.reference}</span>
      <span class="muted small block">${t(`payee.${one.payee}`)} · ${category(one.category)} · ${t("payables.approved_on", { day: day(one.approved_on) })}</span></span>
    <span class="end"><span class="amount block">${written(one.amount)}</span>
      <span class="marks">${one.excess.amount_minor ? html`<span class="tag">${t("payables.with_excess", { amount: written(one.excess) })}</span>` : null}<span class=${`badge ${one.late ? "bad" : ""}`}>${settle(one)}</span></span></span>
    ${onTake ? html`<button class="button plain" aria-label=${t("payables.take_back_one", { reference: one.reference })} onClick=${onTake}>${t("payables.take_back")}</button>` : null}
  </div>`;
}

/** @param {any} one */
function settle(one) {
  if (one.state === "paid") return t("payables.paid_on", { day: day(one.paid_on) });
  if (one.state !== "open") return t(`payables.state.${one.state}`);
  return t(one.late ? "payables.late" : "payables.settle_by", { day: day(one.settle_by) });
}

function TakeBack({ one, onDone, onClose }) {
  const [reason, setReason] = useState("");
  const take = async () => {
    await call("POST", `/payables/${one.id}/take-back`, { body: { reason: reason.trim() } });
    onDone();
  };
  return html`<${Asking} title=${t("payables.take_back_one", { reference: one.reference })} text=${t("payables.take_back_hint", { amount: written(one.amount) })} act=${t("payables.take_back")} danger ready=${Boolean(reason.trim())} onAct=${take} onClose=${onClose}>
    <${Field} id="reason" label=${t("reason")}><input required maxlength="200" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)} /><//>
  <//>`;
}
