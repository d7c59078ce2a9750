/** What a desk does with the referral of a visit: call it finished, send on, hand back, let the patient come again. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { FormProblem } from "../shared/form.js";
import { date } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { ReferralFacts } from "./referral_found.js";
import { HandBack, ReferOn, Supply } from "./referral_forms.js";

/** The referral that a visit rests on. @param {{visit: any, context: any}} properties */
export function ReferralCare({ visit, context }) {
  const state = useLoaded(`/referrals/${encodeURIComponent(visit.referral_code)}`);
  const words = useLoaded("/referrals/vocabulary");
  return html`<${Loaded} state=${state}>${(/** @type {any} */ referral) => html`<${Loaded} state=${words}>${(/** @type {any} */ vocabulary) =>
    html`<${Care} referral=${referral} vocabulary=${vocabulary} context=${context} reload=${state.reload} />`}<//>`}<//>`;
}

/** The first step up, from a visit that rests on no referral. @param {{visit: any, context: any}} properties */
export function FirstReferral({ visit, context }) {
  const words = useLoaded("/referrals/vocabulary");
  const [made, setMade] = useState(/** @type {any} */ (null));
  if (made) return html`<section class="panel stack" aria-label=${t("care.refer_title")}><${Made} referral=${made} language=${context.language} /></section>`;
  return html`<${Loaded} state=${words}>${(/** @type {any} */ vocabulary) => html`<section class="panel stack"><h2>${t("care.refer_title")}</h2>
    <${ReferOn} vocabulary=${vocabulary} path="/referrals" about=${{ member_id: visit.member.id }} memberId=${visit.member.id} tier="ppk2" label=${t("care.refer")} onMade=${setMade} /></section>`}<//>`;
}

function Care({ referral, vocabulary, context, reload }) {
  const [made, setMade] = useState(/** @type {any} */ (null));
  const mine = referral.accepted_by?.id === context.me.place.id;
  const path = `/referrals/${encodeURIComponent(referral.code)}`;
  const written = (/** @type {any} */ following) => {
    setMade(following);
    reload();
  };
  return html`<section class="panel stack" aria-label=${t("care.title")}>
    <div class="row wrap"><h2 class="grow">${t("care.title")}</h2><span class=${`badge ${referral.state === "accepted" ? "good" : ""}`}>${t(`care.state.${referral.state}`)}</span></div>
    <${ReferralFacts} referral=${referral} language=${context.language} />
    ${made ? html`<${Made} referral=${made} language=${context.language} />` : null}
    ${mine ? html`<${Steps} referral=${referral} vocabulary=${vocabulary} path=${path} onMade=${written} reload=${reload} />` : null}
  </section>`;
}

/** Which of the steps the rules can allow now; whether they do is the server's word. */
function Steps({ referral, vocabulary, path, onMade, reload }) {
  const going = referral.state === "accepted";
  const returns = referral.return_until && referral.return_until >= new Date().toLocaleDateString("sv-SE");
  const usable = going || (returns && referral.state !== "cancelled");
  const first = referral.to_tier === "ppk1";
  return html`${going ? html`<${Complete} path=${path} reload=${reload} />` : null}
    ${usable && !first ? html`<details><summary>${t("care.onward")}</summary><${ReferOn} vocabulary=${vocabulary} path=${`${path}/onward`} about=${{}} memberId=${referral.member_id} tier=${referral.to_tier} label=${t("care.onward_send")} onMade=${onMade} /></details>
      <details><summary>${t("care.back")}</summary><${HandBack} vocabulary=${vocabulary} path=${`${path}/back`} onMade=${onMade} /></details>` : null}
    ${usable && first && referral.kind !== "back" ? html`<p class="muted">${t("care.first_tier")}</p>` : null}
    ${going && referral.kind === "back" ? html`<${Supply} path=${`${path}/supplies`} steps=${referral.steps} reload=${reload} />` : null}
    ${returns && referral.kind !== "back" && (!going || !referral.visits_left) ? html`<${Again} path=${`${path}/continuation`} onMade=${onMade} />` : null}`;
}

function Complete({ path, reload }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", `${path}/complete`, { body: {} });
    reload();
  });
  return html`<${FormProblem} error=${error} /><button class="button quiet wide" disabled=${busy} onClick=${() => run()}>${t("care.complete")}</button>`;
}

function Again({ path, onMade }) {
  const { busy, error, run } = useAction(async () => {
    const made = await call("POST", path, { body: {}, key: await retryKey(path, {}) });
    await settled(path);
    onMade(made);
  });
  return html`<${FormProblem} error=${error} /><button class="button quiet wide" disabled=${busy} onClick=${() => run()}>${t("care.again")}</button>`;
}

/** A referral that was just written: its code to read out, and the paper to hand over. */
function Made({ referral, language }) {
  const paper = useAction(async () => save(await call("GET", `/referrals/${encodeURIComponent(referral.code)}/referral.pdf`), `${referral.code}.pdf`));
  const to = referral.to_provider?.name || referral.to_tier.toUpperCase();
  return html`<div class="notice good stack tight" role="status"><p class="row"><${Icon} name="check" size="20" /><span>${t("care.made", { specialty: referral.specialty_name, place: to, until: date(referral.valid_until, language) })}</span></p>
    <p class="figures code-large">${referral.code}</p>
    <${FormProblem} error=${paper.error} />
    <button class="button plain" disabled=${paper.busy} onClick=${() => paper.run()}>${t("care.paper")}</button></div>`;
}
