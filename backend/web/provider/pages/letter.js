/** One letter of guarantee: what it promises, what the desk does next, and what became of the bill. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { Field, FormProblem } from "../../shared/form.js";
import { date, dateTime, money } from "../../shared/format.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { LetterClock, waitingAsk } from "../letter_clock.js";
import { Discharge, Extension } from "../letter_stay.js";

const AGAIN_MS = 60_000;
const ON_PAPER = ["issued", "confirmed", "final"];

export function Letter({ context, letterId }) {
  const state = useLoaded(`/guarantee-letters/${letterId}`);
  useEffect(() => {
    const timer = setInterval(state.reload, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ letter) => html`<${Opened} letter=${letter} context=${context} reload=${state.reload} />`}<//>`;
}

function Opened({ letter, context, reload }) {
  const { language } = context;
  const stays = ["issued", "confirmed"].includes(letter.state);
  return html`<h1>${letter.member_name}</h1>
    <section class="panel stack" aria-label=${t("letter.facts")}>
      <div class="row wrap"><span class="badge">${t(`letter.state.${letter.state}`)}</span><${LetterClock} letter=${letter} /></div>
      <p>${t(`letter.next.${letter.next_step}`)}</p>
      <dl class="facts">
        <div><dt>${t("letter.number")}</dt><dd class="figures">${letter.number}</dd></div>
        <div><dt>${t("letter.admission")}</dt><dd>${date(letter.admission_on, language)}</dd></div>
        <div><dt>${t("letter.promised")}</dt><dd>${money(letter.promised, language)}</dd></div>
        ${letter.valid_until ? html`<div><dt>${t("letter.valid_until")}</dt><dd>${dateTime(letter.valid_until, language)}</dd></div>` : null}
        ${letter.admitted_at ? html`<div><dt>${t("letter.admitted")}</dt><dd>${dateTime(letter.admitted_at, language)}</dd></div>` : null}
      </dl>
      ${ON_PAPER.includes(letter.state) ? html`<${Paper} letter=${letter} />` : null}
    </section>
    <${Asks} letter=${letter} language=${language} />
    ${letter.state === "issued" ? html`<${ShowCard} letter=${letter} reload=${reload} />` : null}
    ${stays && !letter.admitted_at ? html`<${Step} letter=${letter} step="admission" reload=${reload} />` : null}
    ${stays && letter.admitted_at && !waitingAsk(letter) ? html`<${Extension} letter=${letter} context=${context} reload=${reload} /><${Discharge} letter=${letter} context=${context} reload=${reload} />` : null}
    ${letter.settled ? html`<${Settled} letter=${letter} language=${language} reload=${reload} />` : null}`;
}

function Paper({ letter }) {
  const { busy, error, run } = useAction(async () => save(await call("GET", `/guarantee-letters/${letter.id}/letter.pdf`), `${letter.number}.pdf`));
  return html`<${FormProblem} error=${error} /><p><button class="button quiet" disabled=${busy} onClick=${() => run()}>${t("letter.paper")}</button></p>`;
}

function Asks({ letter, language }) {
  if (!letter.asks.length) return null;
  return html`<section class="panel stack"><h2>${t("letter.asks")}</h2><ul class="stack snug">
    ${letter.asks.map((/** @type {any} */ ask) => html`<li><strong>${t(`ask.${ask.kind}`)}</strong> · ${t(`ask.state.${ask.state}`)}
      <span class="muted small block">${dateTime(ask.asked_at, language)} · ${money(ask.asked, language)}${ask.answer ? ` · ${ask.answer}` : ""}</span></li>`)}</ul></section>`;
}

function ShowCard({ letter, reload }) {
  const [number, setNumber] = useState("");
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/guarantee-letters/${letter.id}/confirm`, { body: { evidence: "card", text: number } });
    reload();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<form class="panel stack" onSubmit=${submit}><h2>${t("letter.card_title")}</h2>
    <div class="ask"><${Field} id="card" label=${t("check.card_number")}><input required minlength="4" inputmode="numeric" autocomplete="off" value=${number} onInput=${(/** @type {any} */ event) => setNumber(event.target.value)} /><//>
      <button class="button" disabled=${busy}>${t("letter.card_shown")}</button></div><${FormProblem} error=${error} /></form>`;
}

function Step({ letter, step, reload }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/guarantee-letters/${letter.id}/${step}`, { body: {} });
    reload();
  });
  return html`<section class="panel stack"><${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy} onClick=${() => run()}>${t(`letter.do.${step}`)}</button></section>`;
}

function Settled({ letter, language, reload }) {
  const { settled } = letter;
  const parts = ["billed", "plan", "other", "cost", "claim", "provider"].filter((name) => name === "billed" || settled[name].amount_minor);
  const due = { ...settled.cost, amount_minor: settled.cost.amount_minor - letter.collected.amount_minor };
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/guarantee-letters/${letter.id}/excess`, { body: { amount: due } });
    reload();
  });
  return html`<section class="panel stack"><h2>${t("letter.split")}</h2>
    <dl class="facts">${parts.map((name) => html`<div><dt>${t(`split.${name}`)}</dt><dd>${money(settled[name], language)}</dd></div>`)}</dl>
    <${FormProblem} error=${error} />
    ${due.amount_minor > 0 ? html`<button class="button wide" disabled=${busy} onClick=${() => run()}>${t("letter.collected", { amount: money(due, language) })}</button>` : null}
  </section>
  ${due.amount_minor <= 0 && !letter.left_at ? html`<${Step} letter=${letter} step="departure" reload=${reload} />` : null}`;
}
