/** Referrals as a path: where one is, where one may go next and until when, the codes, and asking for a new one. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { date, dateTime } from "../../shared/format.js";
import { Field, FormProblem, problemAt } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded } from "../../shared/loading.js";
import { QrCode } from "../../shared/qr.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";
import { usePath } from "../referral_path.js";

export function Referrals({ context }) {
  const path = usePath(context.memberId);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${Loaded} state=${path}>${(/** @type {any} */ value) => html`<${Path} path=${value} state=${path} />`}<//>
  </div>`;
}

const day = (/** @type {string} */ iso) => date(iso, language(), "short");

function Path({ path, state }) {
  const { offline } = state;
  return html`<div class="stack loose">
    ${offline ? html`<p class="muted small">${t("card.kept", { at: dateTime(path.as_of, language()) })}</p>` : null}
    ${path.needs_referrals ? null : html`<p class="notice"><${Icon} name="check" size="20" /><span>${t("referrals.not_needed")}</span></p>`}
    <${Here} path=${path} />
    ${path.options.length
      ? html`<section class="stack tight"><h2>${t("referrals.next")}</h2>
          ${path.options.map((/** @type {any} */ option) => html`<${Option} key=${option.move + option.code} option=${option} offline=${offline} onDone=${state.reload} />`)}</section>`
      : html`<${Empty} icon="swap" text=${t("referrals.none")} />`}
    ${path.needs_referrals && !offline ? html`<${Ask} memberId=${path.member_id} />` : null}
    ${path.chains.map((/** @type {any} */ chain) => html`<${Chain} key=${chain.id} chain=${chain} />`)}
  </div>`;
}

function Here({ path }) {
  const { here, first_tier: first } = path;
  if (!here && !first) return null;
  return html`<section class="panel row" aria-label=${t("referrals.here")}>
    <span class="disc"><${Icon} name="pin" /></span>
    <span class="grow"><span class="muted small block">${t("referrals.here")}</span>
      <strong>${here ? here.facility : first.name}</strong>
      <span class="muted small block">${here ? t("referrals.treated", { specialty: here.specialty_name, day: day(here.since) }) : t("referrals.first_tier")}</span>
    </span></section>`;
}

function Option({ option, offline, onDone }) {
  const place = option.facility || t("referrals.any", { tier: option.tier.toUpperCase() });
  return html`<article class="panel stack snug" aria-label=${`${option.specialty_name}, ${place}`}>
    <div class="row wrap"><h3 class="grow">${option.specialty_name}</h3><span class="badge">${t(`referrals.kind.${option.kind}`)}</span></div>
    <p>${t(`referrals.move.${option.move}`, { place, until: day(option.until) })}</p>
    ${option.move === "return"
      ? html`<${TakeRight} option=${option} offline=${offline} onDone=${onDone} />`
      : html`<${Code} option=${option} offline=${offline} />`}
  </article>`;
}

function Code({ option, offline }) {
  const [shown, setShown] = useState(false);
  const { busy, error, run } = useAction(async () => {
    save(await call("GET", `/referrals/${option.code}/referral.pdf`), `${option.code}.pdf`);
  });
  return html`<div class="stack snug">
    <p class="figure">${option.code}</p>
    <p class="muted small">${t("referrals.visits_left", { count: option.visits_left })}</p>
    ${shown ? html`<div class="qr-panel"><${QrCode} text=${option.qr} label=${t("referrals.qr")} /><p class="muted small">${t("referrals.qr_text")}</p></div>` : null}
    <div class="row">
      <button class="button quiet grow" aria-expanded=${shown ? "true" : "false"} onClick=${() => setShown(!shown)}>${t(shown ? "referrals.hide_qr" : "referrals.show_qr")}</button>
      ${offline ? null : html`<button class="button quiet grow" disabled=${busy} onClick=${run}><${Icon} name="download" size="20" />PDF</button>`}
    </div>
    <${FormProblem} error=${error} />
  </div>`;
}

function TakeRight({ option, offline, onDone }) {
  const purpose = `referral:${option.code}:continuation`;
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/referrals/${option.code}/continuation`, { body: {}, key: await retryKey(purpose, {}) });
    await settled(purpose);
    onDone();
  });
  if (offline) return null;
  return html`<div class="stack snug">
    <button class="button wide" disabled=${busy} onClick=${run}>${t("referrals.take_right")}</button>
    <${FormProblem} error=${error} />
  </div>`;
}

function Ask({ memberId }) {
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const purpose = `referral-request:${memberId}`;
  const { busy, error, run } = useAction(async () => {
    const body = { member_id: memberId, reason: reason.trim() };
    setAsked(await call("POST", "/referral-requests", { body, key: await retryKey(purpose, body) }));
    await settled(purpose);
  });
  if (asked) {
    const to = asked.provider ? t("referrals.asked_clinic", { clinic: asked.provider.name }) : t("referrals.asked_doctor");
    return html`<p class="notice good" role="status"><${Icon} name="check" size="20" /><span>${to}</span></p>`;
  }
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <h2>${t("referrals.ask")}</h2>
    <p class="muted small">${t("referrals.emergency")}</p>
    <${Field} id="reason" label=${t("referrals.ask_reason")} problem=${problemAt(error, "reason")}>
      <textarea required maxlength="2000" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)}></textarea>
    <//>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || !reason.trim()}>${t("referrals.ask_send")}</button>
  </form>`;
}

function Chain({ chain }) {
  return html`<section class="stack tight"><h2>${t("referrals.path")}</h2>
    <ol class="steps">${chain.referrals.map((/** @type {any} */ one) => html`<li key=${one.code}>
      <strong>${t(`referrals.kind.${one.kind}`)} · ${one.specialty_name}</strong>
      <span class="muted small block">${(one.accepted_by || one.to_provider)?.name || t("referrals.any", { tier: one.to_tier.toUpperCase() })}</span>
      <span class="muted small block">${one.code} · ${t(`referrals.state.${one.state}`)} · ${t("referrals.until", { until: day(one.valid_until) })}</span>
      ${one.condition_name ? html`<p class="small">${t("referrals.review", { condition: one.condition_name, day: day(one.review_on) })}</p>` : null}
      ${one.end_reason ? html`<p class="small said">${one.end_reason}</p>` : null}
    </li>`)}</ol></section>`;
}
