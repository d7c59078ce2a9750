/** One letter of guarantee: whether it holds, what to do next, the code for the desk, the split, and a person. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { date, dateTime, money } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { QrCode } from "../../shared/qr.js";
import { language, t } from "../../shared/words.js";
import { useKept } from "../kept_answer.js";
import { Reasons, Shares } from "../shares.js";
import { LetterState } from "./letters.js";

const IN_FORCE = ["issued", "confirmed", "final"];

export function Letter({ letterId, context }) {
  const state = useKept(`letter:${letterId}`, `/guarantee-letters/${letterId}`);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Shown} letter=${value} offline=${state.offline} context=${context} />`}<//>`;
}

function Shown({ letter, offline, context }) {
  const waiting = letter.asks.find((/** @type {any} */ ask) => ask.state === "waiting");
  return html`<div class="stack">
    <section class="panel stack tight">
      <div class="row"><span class="grow muted small">${letter.provider_name}</span><${LetterState} state=${letter.state} /></div>
      <p class="figure">${letter.number}</p>
      <p class="muted small">${letter.member_name} · ${t("letter.days", { date: date(letter.admission_on, language(), "short"), days: letter.days })}</p>
      ${letter.state === "issued" ? html`<p><strong>${t("letter.valid_until", { at: dateTime(letter.valid_until, language()) })}</strong></p>` : null}
      ${letter.promised.amount_minor && !letter.settled ? html`<p>${t("letter.promised", { amount: money(letter.promised, language()) })}</p>` : null}
      ${offline ? html`<p class="muted small">${t("letter.kept")}</p>` : null}
    </section>
    <${Next} letter=${letter} waiting=${waiting} />
    ${letter.qr ? html`<div class="qr-panel"><${QrCode} text=${letter.qr} label=${t("letter.qr")} /><p class="muted small">${t("letter.qr_text")}</p></div>` : null}
    ${letter.receipt ? html`<section class="panel stack"><${Shares} totals=${letter.receipt.totals} />
      ${letter.claim_due_on ? html`<p class="small">${t("letter.claim_due", { amount: money(letter.settled.claim, language()), date: date(letter.claim_due_on, language()) })}</p>` : null}</section>
      <${Reasons} receipt=${letter.receipt} />` : null}
    ${IN_FORCE.includes(letter.state) && !offline ? html`<${Paper} letter=${letter} />` : null}
    <${History} asks=${letter.asks} />
    <${People} letter=${letter} brand=${context.brand} />
  </div>`;
}

function Next({ letter, waiting }) {
  const wanted = letter.asks.find((/** @type {any} */ ask) => ask.state === "papers_wanted");
  const due = letter.settled && { ...letter.settled.cost, amount_minor: letter.settled.cost.amount_minor - letter.collected.amount_minor };
  const tone = { refused: "bad", lapsed: "bad", confirmed: "good", final: due?.amount_minor ? "warn" : "good" }[/** @type {"final"} */ (letter.state)] || "";
  const figures = { papers: wanted?.answer || "", amount: due ? money(due, language()) : "" };
  return html`<div class=${`notice block ${tone}`}>
    <p><strong>${t(`letter.next.${letter.next_step}`, figures)}</strong></p>
    ${waiting ? html`<p class="small">${waiting.overdue ? t("letter.late") : t("letter.answer_by", { at: dateTime(waiting.answer_by, language()) })}</p>` : null}
    ${letter.void_reason ? html`<p class="small">${letter.void_reason}</p>` : null}
  </div>`;
}

function Paper({ letter }) {
  const { busy, error, run } = useAction(async () => {
    save(await call("GET", `/guarantee-letters/${letter.id}/letter.pdf`), `${letter.number}.pdf`);
  });
  return html`<div class="stack tight">
    <button class="button quiet wide" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="20" />${t("letter.pdf")}</button>
    <${FormProblem} error=${error} />
  </div>`;
}

function History({ asks }) {
  if (!asks.length) return null;
  return html`<section class="panel stack"><h2>${t("letter.history")}</h2>
    <ol class="steps">${asks.map(
      (/** @type {any} */ ask) => html`<li><strong>${t(`letter.ask.${ask.kind}`)}: ${t(`letter.ask_state.${ask.state}`)}</strong>
        <span class="muted small block">${dateTime(ask.answered_at || ask.asked_at, language())}${ask.asked.amount_minor ? ` · ${money(ask.granted || ask.asked, language())}` : ""}</span>
        ${ask.answer ? html`<p class="small said">${ask.answer}</p>` : null}</li>`,
    )}</ol></section>`;
}

/** A way to a person from every letter, a complaint from a refused one. */
function People({ letter, brand }) {
  return html`<div class="panel flush">
    <a class="list-row" href="#/chat"><${Icon} name="chat" /><span class="grow">${t("letter.person")}</span><${Icon} name="next" size="18" /></a>
    <a class="list-row" href=${`tel:${brand.hotline.voice}`}><${Icon} name="phone" /><span class="grow">${t("home.hotline")}</span><span class="muted">${brand.hotline.shown}</span></a>
    ${letter.state === "refused" ? html`<a class="list-row" href="#/complaints/new"><${Icon} name="flag" /><span class="grow">${t("letter.complain")}</span><${Icon} name="next" size="18" /></a>` : null}
  </div>`;
}
