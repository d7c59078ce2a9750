/** A month of the account, from the opening to the closing balance; on paper and as a workbook. */
import { Field } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Categories } from "../categories.js";
import { Download } from "../downloads.js";
import { monthName, written } from "../figures.js";

const LINES = ["deposits", "excess_received", "unclear", "payments", "charges"];

export function Month() {
  const [month, setMonth] = useState(new Date().toISOString().slice(0, 7));
  const query = `month=${month}-01`;
  const state = useLoaded(`/fund/statement?${query}`);
  const choose = (/** @type {any} */ event) => /^\d{4}-\d{2}$/.test(event.target.value) && setMonth(event.target.value);
  return html`<div class="row between wrap"><h1>${t("month.title")}</h1>
      <${Field} id="month" label=${t("month.which")}><input type="month" value=${month} onChange=${choose} /><//></div>
    <${Loaded} key=${month} state=${state.error ? { ...state, value: undefined } : state}>${(/** @type {any} */ shown) => html`
      <section class="panel stack" aria-labelledby="lines"><h2 id="lines">${monthName(shown.month, "long")}</h2>
        <dl class="balance-sheet">
          <div class="sum"><dt>${t("month.opening")}</dt><dd>${written(shown.opening)}</dd></div>
          ${LINES.map((name) => html`<div key=${name}><dt>${t(`month.${name}`)}</dt><dd>${written(shown[name])}</dd></div>`)}
          <div class="sum"><dt>${t("month.closing")}</dt><dd>${written(shown.closing)}</dd></div>
        </dl>
        <div class="actions">
          <${Download} path=${`/fund/statement.pdf?${query}`} name=${`fund-${month}.pdf`} label=${t("month.pdf")} />
          <${Download} path=${`/fund/statement.xlsx?${query}`} name=${`fund-${month}.xlsx`} label=${t("month.xlsx")} />
        </div></section>
      <${Categories} items=${shown.categories} title=${t("month.categories")} />`}<//>`;
}
