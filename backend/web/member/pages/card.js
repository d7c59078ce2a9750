/** The card in full: QR for the front desk, offline too, image and PDF, and what to do when it is lost. */
import { call, newKey } from "../../shared/api.js";
import { dateTime, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, problemText } from "../../shared/loading.js";
import { html, useRef, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { CardStatus, ECard, QrCode, useCard } from "../ecard.js";
import { Family } from "../family.js";

export function Card({ context }) {
  const card = useCard(context.memberId);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${Loaded} state=${card}>${(value) => html`<${Shown} card=${value} offline=${card.offline} context=${context} />`}<//>
  </div>`;
}

function Shown({ card, offline, context }) {
  return html`<div class="stack">
    <${ECard} card=${card} brand=${context.brand} />
    <div class="row"><${CardStatus} status=${card.status} />
      <span class="muted small grow">${t(offline ? "card.kept" : "card.as_of", { at: dateTime(card.as_of, language()) })}</span>
    </div>
    ${card.status === "active" && card.qr
      ? html`<${QrCode} text=${card.qr} label=${t("card.qr")} /><p class="muted small" style="text-align:center">${t("card.qr_text")}</p>`
      : html`<p class="notice warn"><${Icon} name="alert" size="20" />${t(`card.text.${card.status}`)}</p>`}
    ${offline ? null : html`<${Downloads} memberId=${context.memberId} />`}
    ${offline || card.status !== "active" ? null : html`<${Loss} card=${card} memberId=${context.memberId} />`}
  </div>`;
}

function Downloads({ memberId }) {
  const save = async (/** @type {string} */ kind) => {
    const blob = await call("GET", `/members/${memberId}/card.${kind}`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `card.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return html`<div class="row">
    <button class="button quiet grow" onClick=${() => save("png")}><${Icon} name="download" size="20" />${t("card.image")}</button>
    <button class="button quiet grow" onClick=${() => save("pdf")}><${Icon} name="download" size="20" />PDF</button>
  </div>`;
}

function Loss({ card, memberId }) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState(false);
  const key = useRef(newKey());
  const report = async () => {
    try {
      await call("POST", `/members/${memberId}/card/loss`, { body: { reason: "lost" }, key: key.current });
      setDone(true);
      setTimeout(() => location.reload(), 2500);
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  if (done) return html`<p class="notice good" role="status"><${Icon} name="check" size="20" />${t("card.loss_done")}</p>`;
  if (!asked) {
    return html`<button class="button danger wide" onClick=${() => setAsked(true)}><${Icon} name="lost" size="20" />${t("card.loss")}</button>`;
  }
  return html`<div class="panel stack" role="group" aria-label=${t("card.loss")}>
    <h2>${t("card.loss_sure")}</h2>
    <p class="muted">${t("card.loss_text", { fee: money(card.replacement_fee, language()) })}</p>
    ${problem ? html`<p class="notice bad" role="alert">${problem}</p>` : null}
    <div class="row">
      <button class="button quiet grow" onClick=${() => setAsked(false)}>${t("cancel")}</button>
      <button class="button grow" onClick=${report}>${t("card.loss_confirm")}</button>
    </div>
  </div>`;
}
