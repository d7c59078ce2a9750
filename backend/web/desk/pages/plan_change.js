/** One change of a plan: what it would have done to past claims, and the second person who puts it in force. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { date } from "../../shared/format.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Dialog } from "../dialog.js";
import { AffectedClaims, Groups, Totals } from "../plan_effect.js";
import { State } from "./plans.js";

const MONTHS = [3, 6, 12];
const LOOK_AGAIN_MS = 2000;

export function PlanChange({ context, changeId }) {
  const state = useLoaded(`/plan-changes/${changeId}`);
  const working = Boolean(state.value?.preview && state.value.preview.state !== "done");
  useEffect(() => {
    if (!working) return undefined;
    const timer = setInterval(() => document.hidden || state.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [working]);
  return html`<div class="page stack loose wide-page"><a href="#/plans">${t("plans.back")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ one) => html`<${Shown} one=${one} me=${context.me} onChanged=${state.reload} />`}<//></div>`;
}

function Shown({ one, me, onChanged }) {
  const day = (/** @type {string} */ iso) => date(iso, language());
  return html`<section class="panel stack snug">
      <div class="row between wrap"><h1>${one.name} <span class="muted figures">${one.code}</span></h1><${State} one=${one} /></div>
      <p>${one.introduces ? t("plans.introduces", { day: day(one.effective_on) }) : t("plans.takes_effect", { day: day(one.effective_on), since: day(one.replaces.valid_from) })}</p>
      <p class="muted small">${one.filename} · ${t("plans.proposed_by", { name: one.proposed_by_name || t("plans.somebody"), day: day(one.proposed_at) })}</p>
      ${one.in_force_at ? html`<p class="muted small">${t("plans.in_force_by", { name: one.in_force_by_name || t("plans.somebody"), day: day(one.in_force_at) })}</p>` : null}
      ${one.state === "proposed" ? html`<${Deciding} one=${one} me=${me} onChanged=${onChanged} />` : null}
    </section>
    ${one.introduces ? null : html`<section class="stack snug" aria-labelledby="effect"><h2 id="effect">${t("plans.preview")}</h2>
      ${one.state === "proposed" ? html`<${Start} one=${one} onChanged=${onChanged} />` : null}
      ${one.preview ? html`<${Effect} one=${one} preview=${one.preview} />` : null}</section>`}`;
}

function Deciding({ one, me, onChanged }) {
  const [sure, setSure] = useState(false);
  const force = useAction(async () => {
    await call("POST", `/plan-changes/${one.id}/in-force`);
    setSure(false);
    onChanged();
  });
  const withdraw = useAction(async () => {
    await call("DELETE", `/plan-changes/${one.id}`);
    onChanged();
  });
  const admin = me.role === "admin";
  const why = admin ? one.obstacle && t(`plans.obstacle.${one.obstacle.split(".")[1]}`) : t("plans.administrators");
  return html`${why ? html`<p class="notice">${why}</p>` : null}
    <${FormProblem} error=${withdraw.error} />
    <div class="row end-row wrap"><button class="button quiet" disabled=${withdraw.busy} onClick=${() => withdraw.run()}>${t("plans.withdraw")}</button>
      ${admin ? html`<button class="button" disabled=${Boolean(one.obstacle)} onClick=${() => setSure(true)}>${t("plans.put_in_force")}</button>` : null}</div>
    ${sure ? html`<${Dialog} title=${t("plans.sure")} onClose=${() => setSure(false)}>
      <p>${t(one.introduces ? "plans.sure_new" : "plans.sure_text", { day: date(one.effective_on, language()) })}</p>
      <${FormProblem} error=${force.error} />
      <div class="row end-row"><button class="button quiet" onClick=${() => setSure(false)}>${t("cancel")}</button>
        <button class="button" disabled=${force.busy} onClick=${() => force.run()}>${t("plans.put_in_force")}</button></div><//>` : null}`;
}

function Start({ one, onChanged }) {
  const [months, setMonths] = useState(one.preview?.months || 3);
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/plan-changes/${one.id}/preview`, { body: { months } });
    onChanged();
  });
  return html`<form class="panel stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <p class="muted">${t("plans.preview_text")}</p>
    <${FormProblem} error=${error} />
    <div class="row wrap span-choice"><${Field} id="months" label=${t("plans.window")}>
        <select value=${months} onChange=${(/** @type {any} */ event) => setMonths(Number(event.target.value))}>
          ${MONTHS.map((count) => html`<option value=${count} selected=${count === months}>${t("plans.months", { count })}</option>`)}</select><//>
      <button class="button" disabled=${busy}>${t(one.preview ? "plans.again" : "plans.start")}</button></div>
  </form>`;
}

function Effect({ one, preview }) {
  const day = (/** @type {string} */ iso) => date(iso, language(), "short");
  if (preview.state !== "done") {
    const told = preview.state === "waiting" ? t("plans.waiting") : t("plans.working", { done: preview.done_claims, total: preview.total_claims });
    return html`<div class="panel" role="status"><p>${told}</p>
      ${preview.total_claims ? html`<progress max=${preview.total_claims} value=${preview.done_claims} aria-label=${told}></progress>` : html`<progress aria-label=${told}></progress>`}</div>`;
  }
  return html`<p class="muted">${t("plans.between", { first: day(preview.first_on), last: day(preview.last_on) })}</p>
    ${preview.not_judged ? html`<p class="notice warn">${t("plans.not_judged", { count: preview.not_judged })}</p>` : null}
    ${preview.total.claims
      ? html`<${Totals} total=${preview.total} /><${Groups} groups=${preview.groups} />
          ${preview.total.affected_claims ? html`<${AffectedClaims} key=${preview.finished_at} changeId=${one.id} />` : html`<p class="notice good">${t("plans.nobody")}</p>`}`
      : html`<p class="panel muted">${t("plans.no_claims")}</p>`}`;
}
