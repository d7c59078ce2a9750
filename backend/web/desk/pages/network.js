/** The network as administrators keep it: every facility of the registry, found by name, kind or country; and the files. */
import { Field } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Problem } from "../../shared/loading.js";
import { usePages, useSettled } from "../../shared/paging.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { useKeys } from "../keys.js";

const KINDS = ["clinic", "hospital", "dentist", "pharmacy", "laboratory", "optician"];
const TIERS = ["ppk1", "ppk2", "ppk3"];

export function Network({ context }) {
  const [wanted, setWanted] = useState({ q: "", kind: "", tier: "", country: "" });
  useKeys({ "?": context.openHelp }, context.shortcuts);
  const found = usePages(useSettled(queryOf(wanted)));
  const change = (/** @type {any} */ fields) => setWanted((before) => ({ ...before, ...fields }));
  return html`<div class="page stack">
    <${NetworkHead} open="facilities" />
    <form class="tiles three" role="search" aria-label=${t("network.search")} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <${Field} id="facility-words" label=${t("network.words")}>
        <input type="search" autocomplete="off" maxlength="100" value=${wanted.q} onInput=${(/** @type {any} */ event) => change({ q: event.target.value })} /><//>
      <${Choice} id="facility-kind" label=${t("network.kind")} value=${wanted.kind} family="provider.kind" names=${KINDS} onChange=${(/** @type {string} */ kind) => change({ kind })} />
      <${Choice} id="facility-tier" label=${t("network.tier")} value=${wanted.tier} family="provider.tier" names=${TIERS} onChange=${(/** @type {string} */ tier) => change({ tier })} />
      <${Field} id="facility-country" label=${t("network.country")} hint=${t("network.country_hint")}>
        <input maxlength="2" size="4" autocomplete="off" value=${wanted.country} onInput=${(/** @type {any} */ event) => change({ country: event.target.value.toUpperCase() })} /><//>
    </form>
    <div class="stack" aria-live="polite">
      ${found.error ? html`<${Problem} error=${found.error} retry=${found.again} />` : null}
      ${found.items && !found.items.length ? html`<${Empty} icon="search" text=${t("network.none")} />` : null}
      ${found.items?.length ? html`<ul class="panel flush" aria-label=${t("network.facilities")}>${found.items.map((one) => html`<li key=${one.id}><${Row} one=${one} /></li>`)}</ul>` : null}
      ${found.more ? html`<button class="button quiet wide" onClick=${found.more}>${t("network.more")}</button>` : null}
    </div>
  </div>`;
}

/** The two sides of the network: what is in it, and the files it came from. @param {{open: "facilities" | "files"}} properties */
export function NetworkHead({ open }) {
  return html`<div class="row between wrap"><h1>${t("tab.network")}</h1>
    <nav class="row" aria-label=${t("network.parts")}>
      <a class="button quiet" href="#/network" aria-current=${open === "facilities" ? "page" : undefined}>${t("network.facilities")}</a>
      <a class="button quiet" href="#/network/files" aria-current=${open === "files" ? "page" : undefined}>${t("network.files")}</a>
    </nav></div>`;
}

/** @param {any} wanted */
function queryOf(wanted) {
  const query = new URLSearchParams({ network: "all", limit: "20" });
  for (const name of ["kind", "tier"]) if (wanted[name]) query.set(name, wanted[name]);
  if (/^[A-Z]{2}$/.test(wanted.country)) query.set("country", wanted.country);
  if (wanted.q.trim().length > 1) query.set("q", wanted.q.trim());
  return `/providers?${query}`;
}

function Choice({ id, label, value, family, names, onChange }) {
  return html`<${Field} id=${id} label=${label}>
    <select value=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      <option value="">${t("network.every")}</option>
      ${names.map((/** @type {string} */ name) => html`<option value=${name} selected=${name === value}>${t(`${family}.${name}`)}</option>`)}
    </select><//>`;
}

function Row({ one }) {
  return html`<a class="list-row" href=${`#/network/${one.id}`}>
    <span class="grow"><strong>${one.name}</strong> <span class="figures muted">${one.code}</span>
      <span class="block small muted">${t(`provider.kind.${one.kind}`)}${one.tier ? ` · ${t(`provider.tier.${one.tier}`)}` : ""} · ${one.city}, ${one.country}</span></span>
    <${Icon} name="next" size="20" /></a>`;
}
