/** The bills this facility has sent and what became of them. */
import { dateTime, money } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";

const MARK = { submitted: "", returned: "bad", accepted: "good" };

export function Bills({ context }) {
  const state = useLoaded("/provider-bills?limit=50");
  return html`<h1>${t("bills.title")}</h1>
    <${Loaded} state=${state}>${({ items }) => items.length
      ? html`<section class="panel flush" aria-label=${t("bills.title")}>${items.map((/** @type {any} */ bill) => html`<a class="list-row" href=${`#/visits/${bill.visit_id}`}>
          <span class="grow"><strong class="block">${bill.member.name}</strong><span class="muted small figures">${bill.invoice_number} · ${dateTime(bill.submitted_at, context.language)}</span>
            ${bill.return_reason ? html`<span class="block small">${bill.return_reason}</span>` : null}</span>
          <span class="end"><strong class="block figures">${money(bill.total, context.language)}</strong><span class=${`badge ${/** @type {Record<string, string>} */ (MARK)[bill.state]}`}>${t(`bill.state.${bill.state}`)}</span></span></a>`)}</section>`
      : html`<${Empty} icon="receipt" text=${t("bills.none")} />`}<//>`;
}
