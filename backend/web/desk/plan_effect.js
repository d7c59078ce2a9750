/** What a change of a plan would have done: tiles for all of it, a table by kind of care, and claim by claim. */
import { money, date, localeOf } from "../shared/format.js";
import { Problem } from "../shared/loading.js";
import { usePages } from "../shared/paging.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { Tile } from "./figures.js";

const shown = (/** @type {any} */ amount) => money(amount, language());
const count = (/** @type {number} */ number) => number.toLocaleString(localeOf(language()));

/** After less before, with its sign. @param {any} before @param {any} after */
function difference(before, after) {
  const minor = after.amount_minor - before.amount_minor;
  const amount = shown({ amount_minor: Math.abs(minor), currency: after.currency });
  return minor ? `${minor > 0 ? "+" : "\u2212"}\u00a0${amount}` : amount;
}

export function Totals({ total }) {
  const more = total.member_after.amount_minor > total.member_before.amount_minor;
  return html`<dl class="tiles">
    <${Tile} name=${t("plans.affected_claims")} figure=${count(total.affected_claims)} more=${[t("plans.of", { total: count(total.claims) })]} />
    <${Tile} name=${t("plans.affected_members")} figure=${count(total.affected_members)} more=${[t("plans.of", { total: count(total.members) })]} />
    <${Tile} name=${t("plans.plan_pays")} figure=${difference(total.plan_before, total.plan_after)} more=${[shown(total.plan_after), t("plans.before", { amount: shown(total.plan_before) })]} />
    <${Tile} name=${t("plans.members_pay")} figure=${difference(total.member_before, total.member_after)} tone=${more ? "warn" : ""} more=${[shown(total.member_after), t("plans.before", { amount: shown(total.member_before) })]} />
  </dl>`;
}

export function Groups({ groups }) {
  return html`<h3 id="by-group">${t("plans.by_group")}</h3>
  <div class="panel flush table-box" tabindex="0" role="region" aria-labelledby="by-group"><table>
    <thead><tr><th scope="col">${t("plans.group")}</th>${["affected_claims", "affected_members", "plan_before", "plan_after", "member_before", "member_after"].map((name) => html`<th scope="col" class="number">${t(`plans.${name}`)}</th>`)}</tr></thead>
    <tbody>${groups.map((/** @type {any} */ one) => html`<tr key=${one.group}><th scope="row">${t(`plans.group.${one.group}`)}</th>
      <td class="number">${count(one.affected_claims)} / ${count(one.claims)}</td><td class="number">${count(one.affected_members)} / ${count(one.members)}</td>
      ${["plan_before", "plan_after", "member_before", "member_after"].map((name) => html`<td class="number">${shown(one[name])}</td>`)}</tr>`)}</tbody></table></div>`;
}

export function AffectedClaims({ changeId }) {
  const found = usePages(`/plan-changes/${changeId}/claims?limit=20`);
  return html`<h3 id="affected">${t("plans.list")}</h3>
    ${found.error ? html`<${Problem} error=${found.error} retry=${found.again} />` : null}
    ${found.items?.length ? html`<div class="panel flush table-box" tabindex="0" role="region" aria-labelledby="affected"><table>
      <thead><tr><th scope="col">${t("plans.claim")}</th><th scope="col">${t("plans.member")}</th><th scope="col">${t("plans.visit")}</th>
        ${["plan_before", "plan_after", "member_before", "member_after"].map((name) => html`<th scope="col" class="number">${t(`plans.${name}`)}</th>`)}<th scope="col">${t("plans.reason")}</th></tr></thead>
      <tbody>${found.items.map((one) => html`<tr key=${one.claim_id}><th scope="row" class="figures">${one.claim_number}</th>
        <td>${one.member_name}<span class="block small muted figures">${one.member_number}</span></td><td>${date(one.visit_on, language(), "short")}<span class="block small muted">${t(`plans.group.${one.benefit_group}`)}</span></td>
        ${["plan_before", "plan_after", "member_before", "member_after"].map((name) => html`<td class="number">${shown(one[name])}</td>`)}
        <td class="wraps"><${Step} word=${t("plans.now")} step=${one.before} /><${Step} word=${t("plans.then")} step=${one.after} /></td></tr>`)}</tbody></table></div>` : null}
    ${found.more ? html`<button class="button quiet wide" onClick=${found.more}>${t("plans.more")}</button>` : null}`;
}

function Step({ word, step }) {
  return html`<span class="block small"><strong>${word}</strong> ${step ? step.sentence : t("plans.nothing_moves")}</span>`;
}
