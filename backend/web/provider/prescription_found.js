/** A prescription that was shown by its number: what is on it, what was handed out, and handing it out. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { FormProblem } from "../shared/form.js";
import { date } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{found: any, context: any, heading: any}} properties */
export function PrescriptionFound({ found, context, heading }) {
  const [paper, setPaper] = useState(found);
  const [given, setGiven] = useState(/** @type {any} */ (null));
  const { busy, error, run } = useAction(async () => {
    const path = `/prescriptions/${paper.id}/dispensings`;
    const purpose = `${path}:${paper.dispensed}`;
    const answer = await call("POST", path, { body: {}, key: await retryKey(purpose, {}) });
    await settled(purpose);
    setGiven(answer);
    setPaper(await call("POST", "/prescriptions/look-up", { body: { number: paper.number } }));
  });
  const { language } = context;
  const items = paper.items.map((/** @type {any} */ item, /** @type {number} */ place) => ({ ...item, given: given?.items.includes(place) }));
  return html`<section class="panel stack" aria-labelledby="prescription">
    <div class="verdict"><span class=${`badge ${paper.left ? "good" : "bad"}`}><${Icon} name=${paper.left ? "check" : "alert"} size="16" />${standing(paper)}</span>
      <div class="grow"><h2 id="prescription" tabindex="-1" ref=${heading}>${t("code.kind.prescription")}</h2>
        <p>${paper.member_name} · ${date(paper.birth_date, language)}</p></div></div>
    ${given ? html`<p class="notice good" role="status"><${Icon} name="check" size="20" /><span>${t("dispense.done", { count: given.items.length })}</span></p>` : null}
    <dl class="facts">
      <div><dt>${t("code.number")}</dt><dd class="figures">${paper.number}</dd></div>
      <div><dt>${t("dispense.written")}</dt><dd>${date(paper.written_on, language)}</dd></div>
      <div><dt>${t("care.doctor")}</dt><dd>${paper.doctor || "–"}</dd></div>
      <div><dt>${t("dispense.before")}</dt><dd>${paper.dispensed_on.map((/** @type {string} */ day) => date(day, language)).join(", ") || "–"}</dd></div>
      ${paper.until ? html`<div><dt>${t("letter.valid_until")}</dt><dd>${date(paper.until, language)}</dd></div>` : null}
    </dl>
    <table><thead><tr><th>${t("dispense.item")}</th><th>${t("dispense.quantity")}</th><th>${t("dispense.directions")}</th><th>${t("dispense.repeats")}</th></tr></thead>
      <tbody>${items.map((/** @type {any} */ item) => html`<tr><td><span class="row">${item.given ? html`<${Icon} name="check" size="16" />` : null}<span>${item.name}</span></span></td><td>${item.quantity}</td><td>${item.directions}</td><td>${item.repeats || "–"}</td></tr>`)}</tbody></table>
    <${FormProblem} error=${error} />
    ${paper.left && !given ? html`<button class="button wide" disabled=${busy} onClick=${() => run()}>${paper.dispensed ? t("dispense.again") : t("dispense.first")}</button>` : null}
  </section>`;
}

/** @param {any} paper */
function standing(paper) {
  if (paper.withdrawn) return t("dispense.withdrawn");
  return paper.left ? t("dispense.left", { left: paper.left }) : t("dispense.not_now");
}
