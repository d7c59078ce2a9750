/** The card in full: QR for the front desk, offline too, image and PDF, and what to do when it is lost. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { dateTime, money } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded } from "../../shared/loading.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { QrCode } from "../../shared/qr.js";
import { CardStatus, ECard, useCard } from "../ecard.js";
import { Family } from "../family.js";

const REASONS = ["lost", "stolen", "damaged"];

export function Card({ context }) {
  const card = useCard(context.memberId);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${Loaded} state=${card}>${(/** @type {any} */ value) => html`<${Shown} card=${value} state=${card} context=${context} />`}<//>
  </div>`;
}

function Shown({ card, state, context }) {
  const { offline } = state;
  const usable = card.status === "active" && card.qr;
  return html`<div class="stack">
    <${ECard} card=${card} brand=${context.brand} />
    <div class="row"><${CardStatus} status=${card.status} />
      <span class="muted small grow end">${t(offline ? "card.kept" : "card.as_of", { at: dateTime(card.as_of, language()) })}</span>
    </div>
    ${usable
      ? html`<div class="qr-panel"><${QrCode} text=${card.qr} label=${t("card.qr")} /><p class="muted small">${t("card.qr_text")}</p></div>`
      : html`<p class="notice warn"><${Icon} name="alert" size="20" /><span>${t(`card.text.${card.status}`)}</span></p>`}
    ${offline ? null : html`<${Downloads} memberId=${context.memberId} />`}
    ${offline || card.status !== "active" ? null : html`<${Loss} card=${card} memberId=${context.memberId} onDone=${state.reload} />`}
  </div>`;
}

function Downloads({ memberId }) {
  const { busy, error, run } = useAction(async (kind) => {
    save(await call("GET", `/members/${memberId}/card.${kind}`), `card.${kind}`);
  });
  return html`<div class="stack tight">
    <div class="row">
      <button class="button quiet grow" disabled=${busy} onClick=${() => run("png")}><${Icon} name="download" size="20" />${t("card.image")}</button>
      <button class="button quiet grow" disabled=${busy} onClick=${() => run("pdf")}><${Icon} name="download" size="20" />PDF</button>
    </div>
    <${FormProblem} error=${error} />
  </div>`;
}

function Loss({ card, memberId, onDone }) {
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("lost");
  const question = useRef(/** @type {HTMLElement | null} */ (null));
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/members/${memberId}/card/loss`, { body: { reason } });
    onDone();
  });
  useEffect(() => void (asked && question.current?.focus()), [asked]);
  if (!asked) {
    return html`<button class="button danger wide" onClick=${() => setAsked(true)}><${Icon} name="lost" size="20" />${t("card.loss")}</button>`;
  }
  return html`<section class="panel stack" aria-labelledby="loss">
    <h2 id="loss" tabindex="-1" ref=${question}>${t("card.loss_sure")}</h2>
    <div class="people wrapped" role="group" aria-labelledby="loss">
      ${REASONS.map((name) => html`<button aria-pressed=${name === reason ? "true" : "false"} onClick=${() => setReason(name)}>${t(`card.loss_${name}`)}</button>`)}
    </div>
    <p class="muted">${t("card.loss_text", { fee: money(card.replacement_fee, language()) })}</p>
    <${FormProblem} error=${error} />
    <div class="row">
      <button class="button quiet grow" onClick=${() => setAsked(false)}>${t("cancel")}</button>
      <button class="button grow" disabled=${busy} onClick=${run}>${t("card.loss_confirm")}</button>
    </div>
  </section>`;
}
