/** A person says what a movement is: money that came is placed, money that left gets its reason. */
import { call } from "../shared/api.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Asking } from "./asking.js";
import { day, written } from "./figures.js";

const CAME = ["excess", "deposit", "returned"];
const LEFT = ["bank_fee", "bank_tax", "bank_correction", "sent_back"];

/** @param {{line: any, onDone: () => void, onClose: () => void}} properties */
export function Placing({ line, onDone, onClose }) {
  const left = line.amount.amount_minor < 0;
  const [became, setBecame] = useState(line.proposals.length ? "excess" : "");
  const [excessId, setExcessId] = useState(line.proposals.length === 1 ? line.proposals[0] : "");
  const ready = Boolean(became) && (became !== "excess" || Boolean(excessId));
  const place = async () => {
    const body = became === "excess" ? { became, excess_id: excessId } : { became };
    await call("POST", `/bank-lines/${line.id}/assign`, { body });
    onDone();
  };
  const said = [day(line.booked_on), written(line.amount), line.text].filter(Boolean).join(" · ");
  return html`<${Asking} title=${t(left ? "placing.left" : "placing.came")} text=${said} act=${t("placing.do")} ready=${ready} onAct=${place} onClose=${onClose}>
    <fieldset class="choices"><legend>${t(left ? "placing.why" : "placing.what")}</legend>${(left ? LEFT : CAME).map((name) => html`<label key=${name}>
      <input type="radio" name="became" value=${name} checked=${became === name} onChange=${() => setBecame(name)} /><span>${t(`became.${name}`)}<span class="muted small block">${t(`became_hint.${name}`)}</span></span></label>`)}</fieldset>
    ${became === "excess" ? html`<${WhichExcess} line=${line} chosen=${excessId} onChoose=${setExcessId} />` : null}
  <//>`;
}

function WhichExcess({ line, chosen, onChoose }) {
  const state = useLoaded("/excess?running=true&limit=100");
  const likely = (/** @type {any} */ one) => line.proposals.includes(one.id);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ { items }) => (items.length
    ? html`<fieldset class="choices"><legend>${t("placing.which")}</legend>${[...items.filter(likely), ...items.filter((/** @type {any} */ one) => !likely(one))].map((one) => html`<label key=${one.id}>
        <input type="radio" name="excess" value=${one.id} checked=${chosen === one.id} onChange=${() => onChoose(one.id)} />
        <span class="grow">${one.employee.name} <span class="figures">${one.number}</span><span class="muted small block">${t("placing.open", { amount: written(one.open) })}</span></span>
        ${likely(one) ? html`<span class="badge good">${t("placing.likely")}</span>` : null}</label>`)}</fieldset>`
    : html`<p class="muted">${t("excess.none.running")}</p>`)}<//>`;
}
