/** What was said and by whom, what it disputes, and the clocks. */
import { date, dateTime, money } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { Marks, Next, toneOf } from "./complaint_marks.js";
import { worded } from "./naming.js";
import { Pictures } from "./pictures.js";

export function Said({ complaint, me }) {
  const { complainant, documents, amount, disputes } = complaint;
  return html`<section class="panel stack snug" aria-labelledby="said-title">
    <div class="row between top"><h2 id="said-title">${worded("complaint", complaint.category)}</h2><span class="badge">${worded("status", complaint.status)}</span></div>
    <p class="said">${complaint.text}</p>
    <p class="small muted">${t(complaint.spoken ? "complaints.told" : "complaints.written", {
      name: complainant.name, number: complainant.number, channel: worded("channel", complaint.channel), at: dateTime(complaint.received_at, language()) })}</p>
    ${disputes.length || amount || complaint.product
      ? html`<dl class="facts" aria-label=${t("complaints.disputes")}>
          ${disputes.map((/** @type {any} */ one) => html`<div><dt>${t(`complaints.dispute.${one.kind}`)}</dt><dd>${one.label || dateTime(one.at, language())}</dd></div>`)}
          ${amount ? html`<div><dt>${t("complaints.dispute.amount")}</dt><dd>${money(amount, language())}</dd></div>` : null}
          ${complaint.product ? html`<div><dt>${t("complaints.dispute.product")}</dt><dd>${worded("complaints.product", complaint.product)}</dd></div>` : null}
        </dl>`
      : null}
    ${documents.length
      ? html`<h2>${t("complaints.papers")}</h2>${me.role === "admin"
          ? html`<p class="small muted">${t("complaints.papers_closed", { count: documents.length })}</p>`
          : html`<${Pictures} media=${documents} />`}`
      : null}
  </section>`;
}

export function Answer({ complaint }) {
  if (!complaint.outcome && !complaint.closed_reason) return null;
  return html`<section class="panel stack tight"><h2>${t("complaints.answer")}</h2>
    <p><strong>${complaint.outcome ? t(`complaints.outcome.${complaint.outcome}`) : worded("complaints.closed", complaint.closed_reason)}</strong></p>
    ${complaint.redress ? html`<p>${t("complaints.gets", { redress: complaint.redress })}</p>` : null}</section>`;
}

export function Clocks({ complaint }) {
  const next = complaint.next_deadline;
  const acknowledged = complaint.status !== "received";
  const days = [["acknowledge", complaint.acknowledge_by], ["resolve", complaint.resolve_by], ["information", complaint.information_by]].filter(([, day]) => day);
  return html`<section class=${`panel stack snug deadline ${toneOf(complaint)}`} aria-labelledby="clocks-title">
    <h2 id="clocks-title">${t("complaints.deadlines")}</h2>
    ${next ? html`<p><${Next} complaint=${complaint} /></p>` : null}
    <dl class="facts">
      ${days.map(([kind, day]) => html`<div><dt>${t(`complaints.clock.${kind}`)}</dt><dd>${date(day, language(), "short")}${kind === "acknowledge" && acknowledged ? html` <span class="badge good"><${Icon} name="check" size="13" />${t("complaints.clock.done")}</span>` : null}</dd></div>`)}
      <div><dt>${t("complaints.clock.kind")}</dt><dd>${complaint.spoken ? t("complaints.clock.spoken") : t("complaints.clock.written")} · ${complaint.rule_set}</dd></div>
      ${complaint.extended ? html`<div><dt>${t("complaints.clock.extended")}</dt><dd>${worded("complaints.extension", complaint.extension_reason)}</dd></div>` : null}
      ${complaint.reopened_count ? html`<div><dt>${t("complaints.clock.reopened")}</dt><dd>${t("person.times", { count: complaint.reopened_count })}</dd></div>` : null}
    </dl></section>`;
}

export function Handling({ complaint, me }) {
  const { handler, respondents, referrals } = complaint;
  return html`<section class="panel stack snug" aria-labelledby="handling-title">
    <div class="row between"><h2 id="handling-title">${t("complaints.handling")}</h2><span class="marks"><${Marks} complaint=${complaint} /></span></div>
    <dl class="facts">
      <div><dt>${t("complaints.handler")}</dt><dd>${handler ? (handler.id === me.id ? t("case.mine") : handler.name) : t("complaints.unassigned")}</dd></div>
      <div><dt>${t("complaints.ask.priority")}</dt><dd>${t(`complaints.priority.${complaint.priority}`)}</dd></div>
      <div><dt>${t("complaints.level_name")}</dt><dd>${complaint.level}</dd></div>
      ${respondents.length ? html`<div><dt>${t("complaints.respondents")}</dt><dd>${respondents.map((/** @type {any} */ one) => one.name).join(", ")}</dd></div>` : null}
      ${referrals.map((/** @type {any} */ one) => html`<div><dt>${t("complaints.outside")}</dt><dd>${worded("complaints.body", one.body)}<span class="block small muted">${one.number} · ${date(one.referred_on, language(), "short")}</span></dd></div>`)}
    </dl></section>`;
}
