/** A diagnosis of ICD-10 on a form: searched in words and tapped, or left out. */
import { DiagnosisSearch } from "./diagnosis_search.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{value: {code: string, title: string} | null, hint?: string | null, onChange: (one: {code: string, title: string} | null) => void}} properties */
export function DiagnosisField({ value, hint, onChange }) {
  if (!value) return html`<div class="stack tight"><${DiagnosisSearch} onChoose=${onChange} />${hint ? html`<p class="hint">${hint}</p>` : null}</div>`;
  return html`<p class="row"><span class="grow">${t("diagnosis.chosen")}: <strong>${value.code}</strong> ${value.title}</span>
    <button type="button" class="icon-button" aria-label=${t("diagnosis.remove")} onClick=${() => onChange(null)}><${Icon} name="close" size="18" /></button></p>`;
}
