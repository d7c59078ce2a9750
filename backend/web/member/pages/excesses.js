/** What the member still pays: parts of bills that the plan paid for them and does not bear. */
import { money } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";
import { Until } from "../open_excess.js";

export function Excesses({ context }) {
  const state = useLoaded("/excess?limit=100", [context.memberId]);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) => html`<${List} items=${items.filter((/** @type {any} */ one) => one.member_id === context.memberId)} />`}<//>
  </div>`;
}

function List({ items }) {
  if (!items.length) return html`<${Empty} icon="check" text=${t("excess.none")} />`;
  return html`<div class="panel flush">${items.map((/** @type {any} */ one) => html`<a class="list-row" key=${one.id} href=${`#/excess/${one.id}`}>
    <span class="grow"><strong>${money(one.state === "open" || one.state === "disputed" ? one.open : one.amount, language())}</strong><span class="muted small block">${one.number}</span></span><${Until} one=${one} /></a>`)}</div>`;
}
