/** What the claim is about: which benefit, when, where, how much. Kept on the device until it is sent. */
import { settled, retryKey, useAction, useDraft } from "../shared/action.js";
import { minorUnits, typed } from "../shared/amount.js";
import { call } from "../shared/api.js";
import { money } from "../shared/format.js";
import { Field, FormProblem, problemAt } from "../shared/form.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { GROUPS } from "./checklists.js";
import { ClaimPlace } from "./claim_place.js";
import { store } from "./outbox.js";

const STAYS = new Set(["inpatient", "maternity"]);

/** @param {any} facts @param {string} currency */
function asSent(facts, currency) {
  const minor = minorUnits(facts.amount, currency);
  return {
    benefit: facts.benefit,
    visit_on: facts.visit_on,
    ...(STAYS.has(facts.benefit) && facts.discharge_on ? { discharge_on: facts.discharge_on } : {}),
    ...(facts.provider_id ? { provider_id: facts.provider_id } : { provider_name: facts.provider_name.trim() }),
    ...(facts.invoice_number.trim() ? { invoice_number: facts.invoice_number.trim() } : {}),
    ...(minor === null ? {} : { claimed: { amount_minor: minor, currency } }),
  };
}

export function ClaimFacts({ context }) {
  const today = new Date().toLocaleDateString("sv-SE");
  const { currency } = context.brand;
  const purpose = `claim:${context.memberId}`;
  const empty = { benefit: "outpatient", visit_on: today, discharge_on: "", provider_name: "", provider_id: "", invoice_number: "", amount: "" };
  const [facts, setFacts] = useDraft(purpose, empty);
  const { busy, error, run } = useAction(async () => {
    const body = { member_id: context.memberId, ...asSent(facts, currency) };
    const key = await retryKey(purpose, body);
    const id = await call("POST", "/claims", { body, key }).then(
      (claim) => claim.id,
      (failed) => (failed.offline ? onThisPhone(body, key) : Promise.reject(failed)),
    );
    await settled(purpose);
    location.replace(`#/claims/new/${id}`);
  });
  /** Without network the claim goes on here, under the key that was tried: if it did arrive, it is the same claim later. */
  const onThisPhone = async (/** @type {any} */ body, /** @type {string} */ key) => {
    const id = `phone-${key}`;
    await store({ id, owner: context.me.member_id, key, body, facts, pages: [], state: "draft" });
    return id;
  };
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setFacts({ [name]: event.target.value });
  const minor = minorUnits(facts.amount, currency);
  const group = () => minor !== null && setFacts({ amount: typed(minor, currency, language()) });
  const stays = STAYS.has(facts.benefit);
  return html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id="benefit" label=${t("claim.benefit")} problem=${problemAt(error, "benefit")}>
      <select value=${facts.benefit} onChange=${set("benefit")}>
        ${GROUPS.map((name) => html`<option value=${name}>${t(`group.${name}`)}</option>`)}
      </select>
    <//>
    <div class=${stays ? "pair" : ""}>
      <${Field} id="visit" label=${t(stays ? "claim.admitted_on" : "claim.visit_on")} problem=${problemAt(error, "visit_on")}>
        <input type="date" max=${today} required value=${facts.visit_on} onInput=${set("visit_on")} />
      <//>
      ${stays
        ? html`<${Field} id="discharge" label=${t("claim.discharge_on")} problem=${problemAt(error, "discharge_on")}>
            <input type="date" max=${today} min=${facts.visit_on} required value=${facts.discharge_on} onInput=${set("discharge_on")} />
          <//>`
        : null}
    </div>
    <${Field} id="provider" label=${t("claim.provider")} problem=${problemAt(error, "provider_name")}>
      <input required maxlength="200" value=${facts.provider_name} placeholder=${t("claim.provider_example")}
        onInput=${(/** @type {any} */ event) => setFacts({ provider_name: event.target.value, provider_id: "" })} />
    <//>
    <${ClaimPlace} name=${facts.provider_name} chosen=${facts.provider_id}
      onChoose=${(/** @type {any} */ place) => setFacts({ provider_name: place.name, provider_id: place.id })} />
    <${Field} id="amount" label=${t("claim.amount", { currency })} hint=${t("claim.amount_hint")}
      problem=${problemAt(error, "amount_minor") || problemAt(error, "claimed") || (facts.amount && minor === null && t("claim.amount_unreadable"))}>
      <input inputmode=${currency === "IDR" ? "numeric" : "decimal"} autocomplete="off" required value=${facts.amount}
        onInput=${set("amount")} onBlur=${group} />
    <//>
    ${minor === null ? null : html`<p class="small" role="status">${t("claim.amount_read", { amount: money({ amount_minor: minor, currency }, language()) })}</p>`}
    <${Field} id="invoice" label=${t("claim.invoice")} problem=${problemAt(error, "invoice_number")}>
      <input maxlength="60" autocomplete="off" value=${facts.invoice_number} onInput=${set("invoice_number")} />
    <//>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || minor === null}>${t("next")}</button>
  </form>`;
}
