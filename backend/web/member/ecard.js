/** The e-card as it lies on a reception desk, and how it is kept for a place without network. */
import { date } from "../shared/format.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { useKept } from "./kept_answer.js";

/** The card from the API; without network the one shown last, marked with its age. @param {string} memberId */
export function useCard(memberId) {
  return useKept(`card:${memberId}`, `/members/${memberId}/card`);
}

const TONE = { active: "good", suspended: "warn", lost: "bad", ended: "bad", none: "warn" };

export function CardStatus({ status }) {
  return html`<span class=${`badge ${TONE[/** @type {keyof typeof TONE} */ (status)] || ""}`}>${t(`card.status.${status}`)}</span>`;
}

/** In fours, as on a bank card. @param {string} number */
function grouped(number) {
  return /^\d+$/.test(number) ? number.replace(/(\d{4})(?=\d)/g, "$1 ") : number;
}

export function ECard({ card, brand }) {
  const pattern = `ecard ${brand.shape?.card_pattern || ""} ${card.status === "active" ? "" : "off"}`;
  return html`<section class=${pattern} aria-label=${t("card.title")}>
    <div class="issuer"><span class="issuer-name"><img src=${brand.logo.mark} alt="" />${brand.name}</span><span class="plan">${card.plan?.name || ""}</span></div>
    <p class="holder">${card.name}</p>
    <p class="number">${grouped(card.card_number || "")}</p>
    <dl>
      <div><dt>${t("card.born")}</dt><dd>${date(card.birth_date, language(), "short")}</dd></div>
      <div><dt>${t("card.valid_until")}</dt><dd>${card.valid_until ? date(card.valid_until, language(), "short") : t("card.open_end")}</dd></div>
      <div><dt>${t("card.member_number")}</dt><dd>${card.member_number}</dd></div>
    </dl>
  </section>`;
}
