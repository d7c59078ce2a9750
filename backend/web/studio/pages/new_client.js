/** A new corporate client: its address, name and place; whoever makes it goes on with its brand at once. */
import { retryKey, settled, useAction, useDraft } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem, problemAt } from "../../shared/form.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { languageName } from "../naming.js";

const PURPOSE = "new-client";
const START = { name: "", slug: "", country: "", currency: "", timezone: "", languages: /** @type {string[]} */ ([]) };
const ZONES = Intl.supportedValuesOf("timeZone");

/** A name as an address: small letters, digits and dashes. @param {string} name */
const slugOf = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "").slice(0, 30);

export function NewClient({ context, studio }) {
  const [draft, change] = useDraft(PURPOSE, START);
  const { busy, error, run } = useAction(async () => {
    const body = { ...draft, slug: draft.slug || slugOf(draft.name), country: draft.country.toUpperCase(), currency: draft.currency.toUpperCase() };
    const { slug } = await call("POST", "/clients", { body, key: await retryKey(PURPOSE, body) });
    await settled(PURPOSE);
    await studio.keeping.flush();
    await context.switchTo(slug);
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  const typed = (/** @type {string} */ name) => (/** @type {any} */ event) => change({ [name]: event.target.value });
  const spoken = (/** @type {string} */ one, /** @type {boolean} */ chosen) => change({ languages: chosen ? [...draft.languages, one] : draft.languages.filter((name) => name !== one) });
  const slug = draft.slug || slugOf(draft.name);
  return html`<div class="page stack loose"><div class="stack tight"><h1>${t("client.title")}</h1><p class="muted">${t("client.text")}</p></div>
    <form class="panel stack" onSubmit=${submit}><div class="pair">
        <${Field} id="client-name" label=${t("client.name")} problem=${problemAt(error, "name")}><input required minlength="2" maxlength="40" autocomplete="off" value=${draft.name} onInput=${typed("name")} /><//>
        <${Field} id="client-slug" label=${t("client.slug")} hint=${t("client.slug_hint", { slug: slug || "…" })} problem=${problemAt(error, "slug")}><input pattern="[a-z][a-z0-9\\-]{1,30}" maxlength="31" autocomplete="off" placeholder=${slugOf(draft.name)} value=${draft.slug} onInput=${typed("slug")} /><//></div>
      <div class="pair">
        <${Field} id="client-country" label=${t("client.country")} hint=${t("client.country_hint")} problem=${problemAt(error, "country")}><input required pattern="[A-Za-z]{2}" maxlength="2" autocomplete="off" value=${draft.country} onInput=${typed("country")} /><//>
        <${Field} id="client-currency" label=${t("client.currency")} hint=${t("client.currency_hint")} problem=${problemAt(error, "currency")}><input required pattern="[A-Za-z]{3}" maxlength="3" autocomplete="off" value=${draft.currency} onInput=${typed("currency")} /><//>
        <${Field} id="client-timezone" label=${t("client.timezone")} problem=${problemAt(error, "timezone")}><select required value=${draft.timezone} onChange=${typed("timezone")}><option value="">${t("client.choose")}</option>
          ${ZONES.map((one) => html`<option value=${one} selected=${one === draft.timezone}>${one.replaceAll("_", " ")}</option>`)}</select><//></div>
      <fieldset class="field grouped"><legend class="label">${t("field.languages")}</legend><div class="row wrap">${studio.form.languages.map((/** @type {string} */ one) => html`<label class="check" key=${one}><input type="checkbox" checked=${draft.languages.includes(one)} onChange=${(/** @type {any} */ event) => spoken(one, event.target.checked)} />${languageName(one)}</label>`)}</div>
        <p class="hint">${t("client.languages_hint")}</p></fieldset>
      <${FormProblem} error=${error} />
      <div><button class="button" disabled=${busy || !draft.languages.length}>${t("client.do")}</button></div></form></div>`;
}
