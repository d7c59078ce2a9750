/** What came of a consultation: advice, diagnosis, prescription with its repeats, rest certificate, referral, follow-up. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { date } from "../shared/format.js";
import { FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";

export function ConsultationResult({ one }) {
  return html`<div class="stack">
    ${one.advice ? html`<section class="panel stack tight"><h2>${t("doctor.advice")}</h2><p class="said">${one.advice}</p>
      ${one.diagnoses.map((/** @type {any} */ found) => html`<p class="small"><strong>${found.title}</strong> <span class="muted">${found.code}</span></p>`)}</section>` : null}
    ${one.prescriptions.map((/** @type {any} */ paper) => html`<${Prescription} key=${paper.id} paper=${paper} />`)}
    ${one.referral_code ? html`<section class="panel stack tight"><h2>${t("doctor.referral")}</h2><p class="figure">${one.referral_code}</p><p class="small muted">${t("doctor.referral_text")}</p></section>` : null}
    ${one.certificate && !one.certificate.withdrawn ? html`<${Certificate} paper=${one.certificate} />` : null}
    ${one.follow_up_on ? html`<p class="notice"><${Icon} name="clock" size="20" /><span>${t("doctor.follow_up", { date: date(one.follow_up_on, language()) })}</span></p>` : null}
  </div>`;
}

function Prescription({ paper }) {
  const { busy, error, run } = useAction(async () => save(await call("GET", `/prescriptions/${paper.id}/prescription.pdf`), `${paper.number}.pdf`));
  return html`<section class="panel stack tight"><h2>${t("doctor.prescription")}</h2>
    <p class="figure">${paper.number}</p>
    <ul class="stack tight">${paper.items.map((/** @type {any} */ item) => html`<li><strong>${item.name}</strong> · ${item.quantity}
      <span class="block small">${item.directions}</span></li>`)}</ul>
    <p class="small">${repeatsOf(paper)}</p>
    ${paper.withdrawn ? null : html`<button class="button quiet wide" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="20" />${t("doctor.prescription_pdf")}</button>`}
    <${FormProblem} error=${error} /></section>`;
}

/** @param {any} paper */
function repeatsOf(paper) {
  if (paper.withdrawn) return t("doctor.withdrawn");
  if (!paper.dispensed) return t("doctor.at_the_pharmacy");
  if (!paper.left) return t("doctor.used_up");
  return t("doctor.repeats_left", { count: paper.left, date: date(paper.until, language()) });
}

function Certificate({ paper }) {
  const { busy, error, run } = useAction(async () => save(await call("GET", `/rest-certificates/${paper.id}/certificate.pdf`), `${paper.number}.pdf`));
  return html`<section class="panel stack tight"><h2>${t("doctor.certificate")}</h2>
    <p>${restOf(paper)}</p>
    <button class="button quiet wide" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="20" />${t("doctor.certificate_pdf")}</button>
    <${FormProblem} error=${error} /></section>`;
}

/** @param {any} paper */
function restOf(paper) {
  const [from, until] = [date(paper.from_on, language()), date(paper.until_on, language())];
  return from === until ? t("doctor.rest_day", { date: from }) : t("doctor.rest", { from, until });
}
