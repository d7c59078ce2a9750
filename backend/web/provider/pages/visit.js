/** One visit: what can be done with it now, and its end. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { dateTime } from "../../shared/format.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { AskLetter } from "../ask_letter.js";
import { FirstReferral, ReferralCare } from "../referral_care.js";
import { ReferralFound } from "../referral_found.js";

const NEEDS_LETTER = ["inpatient", "maternity", "emergency"];

export function Visit({ context, visitId }) {
  const state = useLoaded(`/visits/${visitId}`);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ visit) => html`<${Opened} visit=${visit} context=${context} reload=${state.reload} />`}<//>`;
}

function Opened({ visit, context, reload }) {
  const going = visit.state === "open";
  return html`<h1>${visit.member.name}</h1>
    <section class="panel stack" aria-label=${t("visit.facts")}>
      <div class="row wrap"><span class=${`badge ${going ? "good" : ""}`}>${t(`visit.state.${visit.state}`)}</span>${visit.emergency ? html`<span class="badge bad">${t("visit.emergency")}</span>` : null}</div>
      <dl class="facts">
        <div><dt>${t("visit.number")}</dt><dd class="figures">${visit.number}</dd></div>
        <div><dt>${t("person.member_number")}</dt><dd class="figures">${visit.member.member_number}</dd></div>
        <div><dt>${t("visit.group")}</dt><dd>${t(`group.${visit.benefit_group}`)}</dd></div>
        <div><dt>${t("visit.opened")}</dt><dd>${dateTime(visit.opened_at, context.language)}</dd></div>
        ${visit.ended_at ? html`<div><dt>${t("visit.ended")}</dt><dd>${dateTime(visit.ended_at, context.language)}</dd></div>` : null}
        ${visit.referral_code ? html`<div><dt>${t("code.kind.referral")}</dt><dd class="figures">${visit.referral_code}</dd></div>` : null}
        <div><dt>${t("visit.shown")}</dt><dd>${t(`shown.${visit.shown}`)}</dd></div>
      </dl>
      ${visit.end_reason ? html`<p>${visit.end_reason}</p>` : null}
      ${visit.letter_id ? html`<p><a href=${`#/letters/${visit.letter_id}`}>${t("letter.open")}</a></p>` : null}
    </section>
    ${visit.referral_code ? html`<${ReferralCare} visit=${visit} context=${context} />` : null}
    ${going ? html`<${Going} visit=${visit} context=${context} reload=${reload} />` : null}
    ${visit.state === "closed" ? html`<${Billing} visit=${visit} />` : null}`;
}

function Going({ visit, context, reload }) {
  const close = useAction(async () => {
    await call("POST", `/visits/${visit.id}/close`, { body: {} });
    reload();
  });
  return html`${visit.referral_code ? null : html`<${TakeReferral} visit=${visit} context=${context} reload=${reload} />`}
    ${!visit.referral_code && context.me.place.tier === "ppk1" ? html`<${FirstReferral} visit=${visit} context=${context} />` : null}
    ${NEEDS_LETTER.includes(visit.benefit_group) && !visit.letter_id ? html`<${AskLetter} visit=${visit} context=${context} />` : null}
    <section class="panel stack"><h2>${t("visit.end_title")}</h2>
      <${FormProblem} error=${close.error} />
      <button class="button wide" disabled=${close.busy} onClick=${() => close.run()}>${t("visit.close")}</button>
      <${Cancel} visit=${visit} reload=${reload} /></section>`;
}

function Cancel({ visit, reload }) {
  const [reason, setReason] = useState("");
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/visits/${visit.id}/cancel`, { body: { reason } });
    reload();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<details><summary>${t("visit.cancel")}</summary><form class="stack snug" onSubmit=${submit}>
    <${Field} id="reason" label=${t("visit.cancel_reason")}><input required minlength="3" maxlength="300" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)} /><//>
    <${FormProblem} error=${error} /><button class="button danger" disabled=${busy}>${t("visit.cancel")}</button></form></details>`;
}

function TakeReferral({ visit, context, reload }) {
  const [code, setCode] = useState("");
  const [found, setFound] = useState(/** @type {any} */ (null));
  const { busy, error, run } = useAction(async () => setFound(await call("POST", "/referrals/scan", { body: { qr: code.trim() } })));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<section class="panel stack"><h2>${t("referral.title")}</h2>
    <form class="ask" onSubmit=${submit}>
      <${Field} id="referral-code" label=${t("referral.field")}><input required autocomplete="off" value=${code} onInput=${(/** @type {any} */ event) => setCode(event.target.value)} /><//>
      <button class="button quiet" disabled=${busy}>${t("referral.look")}</button></form>
    <${FormProblem} error=${error} /></section>
    ${found ? html`<${ReferralFound} found=${found} shown=${code} context=${context} heading=${null} visitId=${visit.id} onTaken=${reload} />` : null}`;
}

function Billing({ visit }) {
  const again = visit.bill_state === "returned";
  return html`<section class="panel stack"><h2>${t("bill.title")}</h2>
    ${visit.bill_state ? html`<p>${t(`bill.state_text.${visit.bill_state}`)}</p>` : html`<p>${t("bill.none_yet")}</p>`}
    ${visit.bill_state && !again ? null : html`<a class="button wide" href=${`#/visits/${visit.id}/bill`}>${again ? t("bill.send_again") : t("bill.write")}</a>`}</section>`;
}
