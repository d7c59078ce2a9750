/** One excess: its letter, what it is made of for those who may read it, an objection and its answer, parts. */
import { call } from "../../shared/api.js";
import { Field } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Asking } from "../asking.js";
import { Download } from "../downloads.js";
import { Facts, category, day, written } from "../figures.js";
import { Instalments } from "../instalments.js";
import { State } from "./excess_list.js";

export function Excess({ context, excessId }) {
  const state = useLoaded(`/excess/${excessId}`);
  const [newer, setNewer] = useState(/** @type {any} */ (null));
  return html`<a href="#/excess">${t("excess.back")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ loaded) => html`<${Details} one=${newer || loaded} role=${context.me.role} onChanged=${setNewer} />`}<//>`;
}

function Details({ one, role, onChanged }) {
  const [asking, setAsking] = useState(/** @type {string | null} */ (null));
  const answers = ["finance", "claims"].includes(role);
  const close = () => setAsking(null);
  return html`<div class="row between wrap"><h1>${t("excess.one", { number: one.number })}</h1><div class="row wrap" role="status">${one.stopped_card ? html`<span class="badge bad">${t("excess.card_stopped")}</span>` : null}<${State} one=${one} /></div></div>
    <section class="panel stack">
      <${Facts} facts=${[[t("excess.employee"), one.employee.name], [t("category"), category(one.category)], [t("amount"), written(one.amount)], [t("excess.paid"), written(one.paid)], [t("excess.open"), written(one.open)], [t("excess.letter_on"), day(one.letter_on)], [t("excess.due_on"), day(one.due_on)]]} />
      <div class="actions">
        <${Download} path=${`/excess/${one.id}/letter.pdf`} name=${`excess-${one.number}.pdf`} label=${t("excess.letter")} />
        ${answers && one.state === "open" ? html`<button class="button quiet" onClick=${() => setAsking("dispute")}>${t("excess.dispute")}</button>` : null}
        ${answers && one.state === "disputed" ? html`<button class="button" onClick=${() => setAsking("answer")}>${t("excess.answer")}</button>` : null}
        ${role === "finance" && one.state === "open" ? html`<button class="button quiet" onClick=${() => setAsking("instalments")}>${t("excess.agree")}</button>` : null}
      </div></section>
    ${role === "hr" ? html`<p class="muted small">${t("excess.no_positions")}</p>` : html`<${Positions} items=${one.items} />`}
    ${one.dispute ? html`<section class="panel stack"><h2>${t("excess.objection")}</h2><blockquote class="said">${one.dispute}</blockquote>
      ${one.outcome ? html`<h2>${t("excess.our_answer")}</h2><p class="said">${one.outcome}</p>` : null}</section>` : null}
    ${one.instalments.length ? html`<section class="stack" aria-labelledby="parts"><h2 id="parts">${t("excess.instalments")}</h2><ul class="panel flush" aria-labelledby="parts">${one.instalments.map((/** @type {any} */ part) => html`<li class="list-row" key=${part.due_on}><span class="grow">${day(part.due_on)}</span><span class="amount">${written(part.amount)}</span></li>`)}</ul></section>` : null}
    ${asking === "dispute" ? html`<${Objection} one=${one} onDone=${onChanged} onClose=${close} />` : null}
    ${asking === "answer" ? html`<${Answer} one=${one} onDone=${onChanged} onClose=${close} />` : null}
    ${asking === "instalments" ? html`<${Instalments} one=${one} onDone=${onChanged} onClose=${close} />` : null}`;
}

function Positions({ items }) {
  return html`<section class="stack" aria-labelledby="positions"><h2 id="positions">${t("excess.positions")}</h2>
    <ul class="panel flush" aria-labelledby="positions">${items.map((/** @type {any} */ item) => html`<li class="list-row"><span class="grow">${item.description}<span class="muted small block">${item.why}</span></span><span class="amount">${written(item.amount)}</span></li>`)}</ul></section>`;
}

function Objection({ one, onDone, onClose }) {
  const [words, setWords] = useState("");
  const send = async () => onDone(await call("POST", `/excess/${one.id}/dispute`, { body: { words: words.trim() } }));
  return html`<${Asking} title=${t("excess.dispute")} text=${t("excess.dispute_hint")} act=${t("excess.dispute_do")} ready=${Boolean(words.trim())} onAct=${send} onClose=${onClose}>
    <${Field} id="words" label=${t("excess.dispute_words")}><textarea required maxlength="2000" value=${words} onInput=${(/** @type {any} */ event) => setWords(event.target.value)} /><//>
  <//>`;
}

function Answer({ one, onDone, onClose }) {
  const [given, setGiven] = useState({ upheld: /** @type {boolean | null} */ (null), words: "" });
  const send = async () => onDone(await call("POST", `/excess/${one.id}/dispute/answer`, { body: { upheld: given.upheld, words: given.words.trim() } }));
  return html`<${Asking} title=${t("excess.answer")} text=${one.dispute} act=${t("excess.answer_do")} ready=${given.upheld !== null && Boolean(given.words.trim())} onAct=${send} onClose=${onClose}>
    <fieldset class="choices"><legend>${t("excess.decision")}</legend>${[true, false].map((upheld) => html`<label key=${String(upheld)}><input type="radio" name="upheld" checked=${given.upheld === upheld} onChange=${() => setGiven({ ...given, upheld })} /><span>${t(upheld ? "excess.uphold" : "excess.reject")}</span></label>`)}</fieldset>
    <${Field} id="words" label=${t("excess.answer_words")}><textarea required maxlength="2000" value=${given.words} onInput=${(/** @type {any} */ event) => setGiven({ ...given, words: event.target.value })} /><//>
  <//>`;
}
