/** What the claim is about: which benefit, when, where, how much. */
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const GROUPS = ["outpatient", "inpatient", "dental", "maternity", "optical", "pharmacy", "medical_checkup", "emergency"];

/** `1.250.000` or `1250,50` as minor units; null when it is no amount. @param {string} text */
export function minorUnits(text) {
  const cleaned = text.replace(/[^\d.,]/g, "");
  const decimals = /[.,](\d{2})$/.exec(cleaned);
  const whole = (decimals ? cleaned.slice(0, -3) : cleaned).replace(/\D/g, "");
  if (!whole) return null;
  return Number(whole) * 100 + (decimals ? Number(decimals[1]) : 0);
}

export function ClaimFacts({ context, onDone, problem }) {
  const today = new Date().toLocaleDateString("sv-SE");
  const [facts, setFacts] = useState({ benefit: "outpatient", visit_on: today, discharge_on: "", provider_name: "", amount: "" });
  const [busy, setBusy] = useState(false);
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setFacts({ ...facts, [name]: event.target.value });
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    const { amount, discharge_on: discharge, ...rest } = facts;
    const minor = minorUnits(amount);
    await onDone({
      ...rest,
      ...(discharge && rest.benefit === "inpatient" ? { discharge_on: discharge } : {}),
      ...(minor === null ? {} : { claimed: { amount_minor: minor, currency: context.brand.currency } }),
    });
    setBusy(false);
  };
  return html`<form class="stack" onSubmit=${send}>
    <div class="field"><label for="benefit">${t("claim.benefit")}</label>
      <select id="benefit" value=${facts.benefit} onChange=${set("benefit")}>
        ${GROUPS.map((group) => html`<option value=${group}>${t(`group.${group}`)}</option>`)}
      </select></div>
    <div class="field"><label for="visit">${t(facts.benefit === "inpatient" ? "claim.admitted_on" : "claim.visit_on")}</label>
      <input id="visit" type="date" max=${today} required value=${facts.visit_on} onInput=${set("visit_on")} /></div>
    ${facts.benefit === "inpatient"
      ? html`<div class="field"><label for="discharge">${t("claim.discharge_on")}</label>
          <input id="discharge" type="date" max=${today} min=${facts.visit_on} required value=${facts.discharge_on} onInput=${set("discharge_on")} /></div>`
      : null}
    <div class="field"><label for="provider">${t("claim.provider")}</label>
      <input id="provider" required maxlength="120" value=${facts.provider_name} onInput=${set("provider_name")} placeholder=${t("claim.provider_example")} /></div>
    <div class="field"><label for="amount">${t("claim.amount", { currency: context.brand.currency })}</label>
      <input id="amount" inputmode="decimal" required value=${facts.amount} onInput=${set("amount")} aria-describedby="amount-hint" />
      <p class="hint" id="amount-hint">${t("claim.amount_hint")}</p></div>
    ${problem ? html`<p class="notice bad" role="alert"><${Icon} name="alert" size="20" />${problemText(problem)}</p>` : null}
    <button class="button wide" disabled=${busy || minorUnits(facts.amount) === null}>${t("next")}</button>
  </form>`;
}
