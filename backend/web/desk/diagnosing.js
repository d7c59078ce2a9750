/** Diagnoses of ICD-10: searched by what people say in three languages, chosen with one tap, the main one first. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { DiagnosisSearch } from "./diagnosis_search.js";
import { FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

export function Diagnoses({ one, working, onMoved }) {
  const [flags, setFlags] = useState(/** @type {Record<string, string[]>} */ ({}));
  const { busy, error, run } = useAction(async (/** @type {string[]} */ codes) => {
    const kept = await call("PUT", `/teleconsultations/${one.id}/diagnoses`, { body: { codes } });
    setFlags(Object.fromEntries(kept.items.map((/** @type {any} */ each) => [each.code, each.flags])));
    onMoved();
  });
  const codes = one.diagnoses.map((/** @type {any} */ each) => each.code);
  return html`<div class="panel stack">
    <h3>${t("doctors.diagnosis")}</h3>
    ${one.diagnoses.length
      ? html`<ul class="stack tight">${one.diagnoses.map((/** @type {any} */ each) => html`<li class="row" key=${each.code}>
          <span class="grow"><strong>${each.code}</strong> ${each.title}
            ${(flags[each.code] || []).map((flag) => html` <span class="badge warn">${t(`doctors.flag.${flag}`)}</span>`)}</span>
          ${working && codes.length > 1 ? html`<button class="icon-button" aria-label=${t("doctors.remove", { code: each.code })} disabled=${busy} onClick=${() => run(codes.filter((/** @type {string} */ code) => code !== each.code))}><${Icon} name="close" size="18" /></button>` : null}</li>`)}</ul>`
      : html`<p class="muted">${t("doctors.no_diagnosis")}</p>`}
    ${working ? html`<${DiagnosisSearch} busy=${busy} onChoose=${(/** @type {any} */ { code }) => run([...codes.filter((/** @type {string} */ each) => each !== code), code])} />` : null}
    <${FormProblem} error=${error} />
  </div>`;
}
