/** Where money goes: accounts of the company and of facilities, given by one person and confirmed by another. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Empty, Loaded, problemText, useLoaded } from "../../shared/loading.js";
import { PlaceSearch } from "../../shared/place_search.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Filter } from "../filter.js";

export function Accounts({ context }) {
  const state = useLoaded("/payee-accounts");
  return html`<a href="#/payables">${t("accounts.back")}</a><h1>${t("accounts.title")}</h1><p class="muted">${t("accounts.text")}</p>
    <section class="stack" aria-labelledby="waiting"><h2 id="waiting">${t("accounts.waiting")}</h2>
      <${Loaded} state=${state}>${(/** @type {any} */ { items }) => (items.length
        ? html`<ul class="panel flush" aria-labelledby="waiting">${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Waiting} one=${one} onDone=${state.reload} /></li>`)}</ul>`
        : html`<${Empty} icon="check" text=${t("accounts.none")} />`)}<//></section>
    ${context.me.role === "finance" ? html`<${Give} onDone=${state.reload} />` : null}`;
}

function Waiting({ one, onDone }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/payee-accounts/${one.id}/confirm`);
    onDone();
  });
  return html`<div class="list-row"><span class="grow"><strong>${one.holder_name}</strong><span class="muted small block">${t(`accounts.${one.payee}`)} · ${one.bank} ${t("fund.ending", { ending: one.ending })}</span></span>
    <button class="button" aria-label=${t("accounts.confirm_one", { name: one.holder_name })} disabled=${busy} onClick=${() => run()}>${t("accounts.confirm")}</button>
    ${error ? html`<p class="notice bad" role="alert">${problemText(error)}</p>` : null}</div>`;
}

const EMPTY = { bank: "", account_number: "", holder_name: "" };

function Give({ onDone }) {
  const [payee, setPayee] = useState("company");
  const [place, setPlace] = useState(/** @type {any} */ (null));
  const [account, setAccount] = useState(EMPTY);
  const { busy, error, run } = useAction(async () => {
    const body = { ...account, payee, payee_id: payee === "provider" ? place.id : null };
    await call("POST", "/payee-accounts", { body, key: await retryKey("payee-account", { ...body, account_number: "" }) });
    await settled("payee-account");
    setAccount(EMPTY);
    setPlace(null);
    onDone();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  const typed = (/** @type {string} */ name) => (/** @type {any} */ event) => setAccount({ ...account, [name]: event.target.value });
  const words = { find: t("accounts.find"), search: t("accounts.search"), none: t("accounts.not_found") };
  return html`<section class="stack" aria-labelledby="give"><h2 id="give">${t("accounts.give")}</h2>
    <${Filter} label=${t("accounts.whose")} names=${["company", "provider"]} chosen=${payee} word=${(/** @type {string} */ name) => t(`accounts.${name}`)} onChoose=${setPayee} />
    ${payee === "provider" && !place ? html`<${PlaceSearch} words=${words} onChosen=${setPlace} />` : html`<form class="panel stack" onSubmit=${submit}>
      ${payee === "provider" ? html`<p class="row between wrap"><strong>${place.name}</strong><button type="button" class="button plain" onClick=${() => setPlace(null)}>${t("accounts.other")}</button></p>` : null}
      <div class="pair">
        <${Field} id="bank" label=${t("account.bank")}><input required minlength="2" maxlength="60" value=${account.bank} onInput=${typed("bank")} /><//>
        <${Field} id="number" label=${t("account.number")}><input required minlength="4" maxlength="60" inputmode="numeric" autocomplete="off" value=${account.account_number} onInput=${typed("account_number")} /><//>
        <${Field} id="holder" label=${t("account.holder")}><input required minlength="2" maxlength="120" value=${account.holder_name} onInput=${typed("holder_name")} /><//>
      </div><${FormProblem} error=${error} /><div><button class="button" disabled=${busy}>${t("save")}</button></div></form>`}
  </section>`;
}
