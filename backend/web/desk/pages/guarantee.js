/** One letter: what the hospital asks and why, what was promised, and the answer: yes, papers first, or no with a reason. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { money } from "../../shared/format.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Dialog } from "../dialog.js";
import { Owed, hospital } from "./guarantees.js";

const OPEN = ["waiting", "papers_wanted"];

export function Guarantee({ letterId }) {
  const state = useLoaded(`/guarantee-letters/${letterId}`, [letterId]);
  return html`<div class="page stack"><a href="#/guarantees">${t("guarantees.back")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Shown} start=${value} />`}<//></div>`;
}

function Shown({ start }) {
  const [letter, setLetter] = useState(start);
  const ask = letter.asks.find((/** @type {any} */ one) => OPEN.includes(one.state));
  return html`<section class="panel stack">
    <div class="row between wrap"><h1>${hospital(letter)} · ${letter.member_name}</h1><span class="figures">${letter.number}</span></div>
    <p>${t("guarantees.promised", { amount: money(letter.promised, language()) })}${letter.room?.room_class ? ` · ${t("guarantees.room")} ${letter.room.room_class}` : ""}</p>
    ${ask ? html`<${Asked} ask=${ask} letter=${letter} onDone=${setLetter} />` : letter.discharge_raised_at && letter.state === "confirmed" ? html`<${Undischarged} letter=${letter} onDone=${setLetter} />` : html`<p class="notice good" role="status">${t("guarantees.done")}</p>`}
    <a href=${`#/estimate/${letter.member_id}`}>${t("guarantees.estimate")}</a>
  </section>`;
}

/** The bill of the stay never came; the letter is withdrawn unless the hospital sends it after all. */
function Undischarged({ letter, onDone }) {
  const [asking, setAsking] = useState(false);
  return html`<div class="stack"><p class="notice warn">${t("guarantees.undischarged_text")}</p>
    <div><button class="button danger" onClick=${() => setAsking(true)}>${t("guarantees.void")}</button></div>
    ${asking ? html`<${Words} asking=${{ verb: "void", field: "reason", title: "guarantees.void", label: "guarantees.void_why" }} letter=${letter} onClose=${() => setAsking(false)} onDone=${(/** @type {any} */ value) => { setAsking(false); onDone(value); }} />` : null}</div>`;
}

function Asked({ ask, letter, onDone }) {
  const [asking, setAsking] = useState(/** @type {{verb: string, field: string, title: string, label: string} | null} */ (null));
  const verb = ask.kind === "admission" ? "issue" : "approval";
  const { busy, error, run } = useAction(async () => {
    onDone(await call("POST", `/guarantee-letters/${letter.id}/${verb}`, { body: {} }));
  });
  const medical = ["diagnosis", "reason", "note"].filter((name) => ask[name]);
  return html`<div class="stack">
    <p class="row wrap"><strong>${t(`guarantees.kind.${ask.kind}`)}</strong><${Owed} ask=${ask} />${ask.for_doctor ? html`<span class="badge">${t("guarantees.doctor")}</span>` : null}</p>
    <p>${t("guarantees.asked", { amount: money(ask.asked, language()), days: ask.days || letter.days })}</p>
    ${medical.length ? html`<dl class="facts">${medical.map((name) => html`<div><dt>${t(`guarantees.${name}`)}</dt><dd>${ask[name]}</dd></div>`)}</dl>` : null}
    <${FormProblem} error=${error} />
    <div class="row wrap">
      <button class="button" disabled=${busy} onClick=${() => run()}>${t("guarantees.approve")}</button>
      <button class="button quiet" onClick=${() => setAsking({ verb: "papers-wanted", field: "which", title: "guarantees.papers", label: "guarantees.papers_which" })}>${t("guarantees.papers")}</button>
      <button class="button danger" onClick=${() => setAsking({ verb: "refusal", field: "reason", title: "guarantees.refuse", label: "guarantees.refuse_why" })}>${t("guarantees.refuse")}</button>
    </div>
    ${asking ? html`<${Words} asking=${asking} letter=${letter} onClose=${() => setAsking(null)} onDone=${(/** @type {any} */ value) => { setAsking(null); onDone(value); }} />` : null}
  </div>`;
}

function Words({ asking, letter, onClose, onDone }) {
  const [text, setText] = useState("");
  const { busy, error, run } = useAction(async () => {
    onDone(await call("POST", `/guarantee-letters/${letter.id}/${asking.verb}`, { body: { [asking.field]: text.trim() } }));
  });
  return html`<${Dialog} title=${t(asking.title)} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <${Field} id="guarantee-words" label=${t(asking.label)}><textarea required maxlength="500" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || text.trim().length < 3}>${t(asking.title)}</button></div>
    </form>
  <//>`;
}
