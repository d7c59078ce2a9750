/** A referral that was shown: what it is for, whether it can be used here and now, and taking it. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { FormProblem } from "../shared/form.js";
import { date } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { CodeFacts } from "./code_verdict.js";

/**
 * `visitId`: the visit it is taken for, if one is open.
 * @param {{found: any, shown: string, context: any, heading: any, visitId?: string, onTaken?: () => void}} properties
 */
export function ReferralFound({ found, shown, context, heading, visitId, onTaken }) {
  const [taken, setTaken] = useState(/** @type {any} */ (null));
  const { busy, error, run } = useAction(async () => {
    const purpose = `accept:${found.code}`;
    const path = `/referrals/${encodeURIComponent(found.code)}/accept`;
    const body = visitId ? undefined : {};
    const answer = await call("POST", visitId ? `/visits/${visitId}${path}` : path, { body, key: await retryKey(purpose, path) });
    await settled(purpose);
    setTaken(visitId ? await call("GET", `/referrals/${encodeURIComponent(found.code)}`) : answer);
    onTaken?.();
  });
  const good = taken || found.usable;
  return html`<section class="panel stack" aria-labelledby="referral">
    <div class="verdict">
      <span class=${`badge ${good ? "good" : "bad"}`}><${Icon} name=${good ? "check" : "alert"} size="16" />${taken ? t("referral.taken") : found.usable ? t("referral.usable") : t("code.bad")}</span>
      <div class="grow"><h2 id="referral" tabindex="-1" ref=${heading}>${t("code.kind.referral")}</h2>
        <p>${taken ? t("referral.taken_text") : found.message || t("code.genuine")}</p></div>
    </div>
    ${taken
      ? html`<${ReferralFacts} referral=${taken} language=${context.language} />`
      : found.signed ? html`<${CodeFacts} code=${found.signed} language=${context.language} />` : html`<p class="figures">${found.code || shown}</p>`}
    <${FormProblem} error=${error} />
    ${!taken && found.usable ? html`<button class="button wide" disabled=${busy} onClick=${() => run()}>${t("referral.accept")}</button>` : null}
  </section>`;
}

/** What stands on a referral. @param {{referral: any, language: string}} properties */
export function ReferralFacts({ referral, language }) {
  const facts = [
    ["code", referral.code], ["patient", referral.member_name], ["specialty", referral.specialty_name || "–"],
    ["diagnosis", referral.diagnosis ? `${referral.diagnosis.code} ${referral.diagnosis.title}` : "–"], ["from", referral.from_provider?.name || referral.doctor || "–"],
    ["to", referral.to_provider?.name || referral.to_tier.toUpperCase()], ["until", date(referral.valid_until, language)], ["visits_left", referral.visits_left],
  ];
  return html`<dl class="facts">${facts.map(([name, fact]) => html`<div><dt>${t(`referral.${name}`)}</dt><dd>${fact}</dd></div>`)}</dl>`;
}
