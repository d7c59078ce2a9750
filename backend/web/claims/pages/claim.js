/** One claim at work: its papers beside its positions, what the rules make of it, what is like it, what can be done. */
import { useKeys } from "../../desk/keys.js";
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { date, money } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Actions } from "../actions.js";
import { Beside } from "../beside.js";
import { Circumstances } from "../circumstances.js";
import { Diagnosis } from "../diagnosis.js";
import { Judgement } from "../judgement.js";
import { Lines } from "../lines.js";
import { Papers } from "../papers.js";
import { Proposals } from "../proposals.js";
import { bodyOf, startOf } from "../reading.js";
import { Due } from "./queue.js";

const WORKED_ON = ["submitted", "complete", "in_review", "appealed"];

export function Claim({ context, claimId }) {
  const state = useLoaded(`/claims/${claimId}/workbench`, [claimId]);
  return html`<div class="page wide-page stack">
    <div><a class="button plain" href="#/"><${Icon} name="back" size="18" />${t("claim.back")}</a></div>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Bench} bench=${value} context=${context} reload=${state.reload} />`}<//>
  </div>`;
}

function Bench({ bench, context, reload }) {
  const { claim } = bench;
  const working = WORKED_ON.includes(claim.status);
  const [draft, setDraft] = useState(() => startOf(bench));
  const [proposal, setProposal] = useState(/** @type {any} */ (null));
  const [asking, setAsking] = useState("");
  useEffect(() => setDraft(startOf(bench)), [bench]);
  useEffect(() => {
    if (working) call("GET", `/claims/${claim.id}/assessment`).then(setProposal, () => setProposal(null));
  }, [bench]);
  const tell = useAction(async (/** @type {any} */ body) => {
    setProposal(await call("PUT", `/claims/${claim.id}/assessment`, { body }));
    reload();
  });
  const save = () => working && tell.run(bodyOf(draft));
  const ask = (/** @type {string} */ verb) => () => setAsking(verb);
  useKeys({ s: save, d: ask("decide"), r: ask("return"), Escape: () => (location.hash = "#/"), "?": context.openHelp }, context.shortcuts);
  const change = (/** @type {any} */ fields) => setDraft((/** @type {any} */ before) => ({ ...before, ...fields }));
  const tools = { bench, draft, change, working };
  return html`<${Head} bench=${bench} />
    <div class="bench">
      <div class="bench-papers stack snug"><${Papers} documents=${claim.documents} />
        ${working ? html`<${Proposals} claim=${claim} busy=${tell.busy} onTell=${tell.run} />` : null}</div>
      <div class="bench-work stack snug">
        <${Notes} bench=${bench} />
        <form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save(); }}>
          <${Diagnosis} ...${tools} /><${Lines} ...${tools} onTell=${tell.run} busy=${tell.busy} /><${Circumstances} ...${tools} />
          <${FormProblem} error=${tell.error} />
          ${working ? html`<button class="button wide" disabled=${tell.busy}>${t("claim.save")}</button>` : null}
        </form>
        <${Judgement} receipt=${receiptOf(bench, proposal)} uncoded=${working ? proposal?.uncoded : 0} kind=${bench.waiting ? "waiting" : working ? "proposed" : "decided"} />
        <${Actions} bench=${bench} me=${context.me} asking=${asking} onAsk=${setAsking} onDone=${reload} />
        <${Beside} bench=${bench} />
      </div>
    </div>`;
}

/** What is shown below: what would be decided, waits for a second person, or was decided. @param {any} bench @param {any} proposal */
function receiptOf(bench, proposal) {
  if (bench.waiting) return bench.waiting.receipt;
  return proposal?.receipt || bench.claim.decision?.receipt;
}

function Head({ bench }) {
  const { claim, patient } = bench;
  const open = claim.appeals.find((/** @type {any} */ one) => !one.answered_at);
  return html`<header class="stack tight">
    <div class="row wrap between"><h1>${patient.name} <span class="figures muted">${claim.number}</span></h1>
      <span class="marks"><span class="badge">${t(`status.${claim.status}`)}</span><${Due} on=${open ? open.answer_by : claim.settle_by} /></span></div>
    <p>${t(`relationship.${patient.relationship}`)}, ${t(`sex.${patient.sex}`)}, ${t("claim.born", { date: date(patient.birth_date, language()) })} · ${patient.number}</p>
    <p>${t(`group.${claim.benefit}`)} · ${claim.provider_name || "–"} · ${date(claim.visit_on, language())}${claim.discharge_on ? ` – ${date(claim.discharge_on, language())}` : ""} · ${t("claim.invoice", { number: claim.invoice_number || "–" })} · <strong class="figures">${money(claim.claimed, language())}</strong></p>
  </header>`;
}

/** What to look at twice, and what the member says in an appeal. */
function Notes({ bench }) {
  const open = bench.claim.appeals.filter((/** @type {any} */ one) => !one.answered_at);
  return html`${open.map((/** @type {any} */ one) => html`<div class="notice block"><strong>${t("claim.appeal")}</strong><p class="said">${one.text}</p></div>`)}
    ${bench.flags.length
      ? html`<section class="notice warn block" aria-labelledby="flags"><h2 id="flags" class="row"><${Icon} name="flag" size="18" />${t("claim.flags")}</h2>
          <ul class="dots">${bench.flags.map((/** @type {any} */ flag) => html`<li>${flag.sentence}${flag.claim_id ? html` <a href=${`#/claims/${flag.claim_id}`}>${flag.number}</a>` : null}${flag.provider_id ? html` <a href="#/providers">${t("tab.providers")}</a>` : null}</li>`)}</ul></section>`
      : null}`;
}
