/** Amounts by kind of care: groups of fewer than five people never stand by themselves, and no illness is named. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { written } from "./figures.js";

/** @param {{items: any[], title: string}} properties */
export function Categories({ items, title }) {
  return html`<section class="stack" aria-labelledby="categories"><h2 id="categories">${title}</h2>
    ${items.length
      ? html`<div class="panel flush table-box" tabindex="0" role="region" aria-labelledby="categories"><table>
          <thead><tr><th scope="col">${t("category")}</th><th scope="col" class="number">${t("people")}</th><th scope="col" class="number">${t("approvals")}</th><th scope="col" class="number">${t("amount")}</th></tr></thead>
          <tbody>${items.map((one) => html`<tr key=${one.category}><th scope="row">${one.name}</th><td class="number">${one.people}</td><td class="number">${one.approvals}</td><td class="number">${written(one.amount)}</td></tr>`)}</tbody></table></div>
        <p class="muted small">${t("small_groups")}</p>`
      : html`<p class="panel muted">${t("small_groups_none")}</p>`}</section>`;
}
