/** Payment runs: prepared by one person, approved by another, taken to the bank. */
import { retryKey, settled } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Asking } from "../asking.js";
import { day } from "../figures.js";
import { Listed, useListed } from "../listed.js";

/** @type {Record<string, string>} */
export const TONES = { prepared: "warn", approved: "warn", sent: "", settled: "good", cancelled: "" };

export function Runs({ context }) {
  const state = useListed("/payment-runs");
  const [asking, setAsking] = useState(false);
  return html`<div class="row between wrap"><h1>${t("runs.title")}</h1>
      ${context.me.role === "finance" ? html`<button class="button" onClick=${() => setAsking(true)}><${Icon} name="plus" size="18" />${t("runs.prepare")}</button>` : null}</div>
    <p class="muted">${t("runs.text")}</p>
    <${Listed} state=${state} label=${t("runs.title")} icon="send" none=${t("runs.none")} row=${(/** @type {any} */ run) => html`<a class="list-row" href=${`#/runs/${run.id}`}>
      <span class="grow"><strong>${run.number}</strong><span class="muted small block">${t(`runs.kind.${run.kind}`)} · ${t("runs.pay_on", { day: day(run.pay_on) })}</span></span>
      <span class=${`badge ${TONES[run.state]}`}>${t(`runs.state.${run.state}`)}</span></a>`} />
    ${asking ? html`<${Prepare} onClose=${() => setAsking(false)} />` : null}`;
}

function Prepare({ onClose }) {
  const [when, setWhen] = useState({ mode: "calendar", pay_on: "" });
  const prepare = async () => {
    const body = { pay_on: when.mode === "calendar" ? null : when.pay_on };
    const run = await call("POST", "/payment-runs", { body, key: await retryKey("payment-run", body) });
    await settled("payment-run");
    location.hash = `#/runs/${run.id}`;
  };
  return html`<${Asking} title=${t("runs.prepare")} act=${t("runs.prepare_do")} ready=${when.mode === "calendar" || Boolean(when.pay_on)} onAct=${prepare} onClose=${onClose}>
    <fieldset class="choices"><legend>${t("runs.when")}</legend>${["calendar", "day"].map((mode) => html`<label key=${mode}><input type="radio" name="when" value=${mode} checked=${when.mode === mode} onChange=${() => setWhen({ ...when, mode })} /><span>${t(`runs.when.${mode}`)}</span></label>`)}</fieldset>
    ${when.mode === "day" ? html`<${Field} id="pay-on" label=${t("runs.day")}><input type="date" required value=${when.pay_on} onInput=${(/** @type {any} */ event) => setWhen({ ...when, pay_on: event.target.value })} /><//>` : null}
  <//>`;
}
