/** The diagnosis of the claim. */
import { DiagnosisSearch } from "../desk/diagnosis_search.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

export function Diagnosis({ draft, change, working }) {
  return html`<section class="panel stack snug" aria-labelledby="diagnosis-title"><h2 id="diagnosis-title">${t("diagnosis.title")}</h2>
    ${draft.diagnosis
      ? html`<p class="row"><span class="grow"><strong>${draft.diagnosis.code}</strong> ${draft.diagnosis.title || ""}</span>
          ${working ? html`<button type="button" class="icon-button" aria-label=${t("diagnosis.remove")} onClick=${() => change({ diagnosis: null })}><${Icon} name="close" size="18" /></button>` : null}</p>`
      : html`<p class="muted">${t("diagnosis.none")}</p>`}
    ${working ? html`<${DiagnosisSearch} onChoose=${(/** @type {any} */ one) => change({ diagnosis: { code: one.code, title: one.title } })} />` : null}
  </section>`;
}
