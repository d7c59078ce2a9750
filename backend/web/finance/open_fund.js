/** A client without a fund: finance or an administrator opens it on its dedicated account. */
import { retryKey, settled, useAction, useDraft } from "../shared/action.js";
import { minorUnits } from "../shared/amount.js";
import { call } from "../shared/api.js";
import { Field, FormProblem, problemAt } from "../shared/form.js";
import { Empty } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

const START = { bank: "", account_number: "", holder_name: "", currency: "", yearly: "" };

export function OpenFund({ context, onDone }) {
  if (context.me.role === "hr") return html`<${Empty} icon="chart" text=${t("open.none")} />`;
  return html`<${Form} onDone=${onDone} />`;
}

function Form({ onDone }) {
  const [draft, change] = useDraft("open-fund", START);
  const currency = draft.currency.trim().toUpperCase();
  const minor = minorUnits(draft.yearly, currency);
  const { busy, error, run } = useAction(async () => {
    const { bank, account_number, holder_name } = draft;
    const body = { bank, account_number, holder_name, yearly: { amount_minor: minor, currency } };
    await call("POST", "/fund", { body, key: await retryKey("open-fund", body) });
    await settled("open-fund");
    onDone();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  const typed = (/** @type {string} */ name) => (/** @type {any} */ event) => change({ [name]: event.target.value });
  return html`<form class="panel stack" onSubmit=${submit}>
    <h2>${t("open.title")}</h2><p class="muted">${t("open.text")}</p>
    <div class="pair">
      <${Field} id="bank" label=${t("account.bank")} problem=${problemAt(error, "bank")}><input required minlength="2" maxlength="60" value=${draft.bank} onInput=${typed("bank")} /><//>
      <${Field} id="number" label=${t("account.number")} problem=${problemAt(error, "account_number")}><input required minlength="4" maxlength="60" inputmode="numeric" autocomplete="off" value=${draft.account_number} onInput=${typed("account_number")} /><//>
      <${Field} id="holder" label=${t("account.holder")} problem=${problemAt(error, "holder_name")}><input required minlength="2" maxlength="120" value=${draft.holder_name} onInput=${typed("holder_name")} /><//>
      <${Field} id="currency" label=${t("open.currency")}><input required pattern="[A-Za-z]{3}" maxlength="3" value=${draft.currency} onInput=${typed("currency")} /><//>
      <${Field} id="yearly" label=${t("open.yearly")} hint=${t("open.yearly_hint")}><input required inputmode="decimal" autocomplete="off" value=${draft.yearly} onInput=${typed("yearly")} /><//>
    </div>
    <${FormProblem} error=${error} />
    <div><button class="button" disabled=${busy || !minor}>${t("open.do")}</button></div></form>`;
}
