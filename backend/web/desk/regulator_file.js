/** The regulator's figures of a quarter as a file, for supervisors. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { Field, FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const QUARTERS = 8;

/** The last quarters, this one first. @param {Date} today */
function quarters(today) {
  const current = today.getFullYear() * 4 + Math.floor(today.getMonth() / 3);
  return Array.from({ length: QUARTERS }, (_, back) => `${Math.floor((current - back) / 4)}Q${((current - back) % 4) + 1}`);
}

export function RegulatorFile() {
  const listed = quarters(new Date());
  const [quarter, setQuarter] = useState(listed[1]);
  const { busy, error, run } = useAction(async () => save(await call("GET", `/complaints/regulator-report.csv?quarter=${quarter}`), `complaints-${quarter}.csv`));
  return html`<section class="panel stack snug" aria-labelledby="regulator-title">
    <h2 id="regulator-title">${t("complaints.regulator")}</h2>
    <div class="row wrap choice-row"><${Field} id="quarter" label=${t("complaints.quarter")}>
        <select value=${quarter} onChange=${(/** @type {any} */ event) => setQuarter(event.target.value)}>
          ${listed.map((name) => html`<option value=${name} selected=${name === quarter}>${name}</option>`)}
        </select><//>
      <button class="button quiet" disabled=${busy} onClick=${() => run()}>${t("complaints.csv")}</button></div>
    <${FormProblem} error=${error} />
  </section>`;
}
