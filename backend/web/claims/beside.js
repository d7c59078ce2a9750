/** What lies beside a claim: its steps, the member's other claims, and claims that are like it. */
import { date, dateTime, money } from "../shared/format.js";
import { html } from "../shared/view.js";
import { knows, language, t } from "../shared/words.js";

export function Beside({ bench }) {
  const { history } = bench.claim;
  return html`<${Section} name="similar" count=${bench.similar.length} open>${bench.similar.map((/** @type {any} */ one) => html`<${Other} claim=${one} />`)}<//>
    <${Section} name="recent" count=${bench.recent.length}>${bench.recent.map((/** @type {any} */ one) => html`<${Other} claim=${one} />`)}<//>
    <${Section} name="history" count=${history.length}>${history.map((/** @type {any} */ step) => html`<li><strong>${t(`status.${step.status}`)}</strong> <span class="muted small">${dateTime(step.at, language())}</span>
      ${step.reason && knows(`reason.${step.reason}`) ? html`<p class="small">${t(`reason.${step.reason}`)}</p>` : null}${step.note ? html`<p class="small said">${step.note}</p>` : null}</li>`)}<//>`;
}

function Section({ name, count, open = false, children }) {
  return html`<details class="panel section" open=${open && count > 0}><summary><h2>${t(`beside.${name}`)}</h2><span class="count-plain">${count}</span></summary>
    ${count ? html`<ul>${children}</ul>` : html`<p class="muted">${t("beside.none")}</p>`}</details>`;
}

function Other({ claim }) {
  return html`<li><div class="row between wrap"><a href=${`#/claims/${claim.id}`}>${claim.number}</a><strong class="figures">${money(claim.claimed, language())}</strong></div>
    <p class="small">${claim.member ? `${claim.member.name} · ` : ""}${claim.provider_name || "–"} · ${date(claim.visit_on, language(), "short")}${claim.diagnosis ? ` · ${claim.diagnosis}` : ""}</p>
    <p class="marks"><span class="badge">${t(`status.${claim.status}`)}</span>${(claim.why || []).map((/** @type {string} */ why) => html`<span class="tag">${t(`why.${why}`)}</span>`)}</p></li>`;
}
