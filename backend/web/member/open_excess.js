/** On the first page, only while something is to be paid: how much and until when. */
import { date, money } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { useLoaded } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";

/** The day on which it, or its next part, is due. @param {{one: any}} properties */
export function Until({ one }) {
  if (one.state !== "open") return html`<span class=${`badge ${one.state === "disputed" ? "warn" : "good"}`}>${t(`excess.badge.${one.state}`)}</span>`;
  return html`<span class=${`badge ${one.overdue ? "bad" : "warn"}`}>${t(one.overdue ? "excess.overdue" : "excess.until", { day: date(one.next_due_on, language(), "short") })}</span>`;
}

/** @param {{memberId: string}} properties */
export function OpenExcess({ memberId }) {
  const { value } = useLoaded("/excess?running=true&limit=20", [memberId]);
  const running = (value?.items || []).filter((/** @type {any} */ one) => one.member_id === memberId);
  if (!running.length) return null;
  return html`<div class="panel flush">${running.map((/** @type {any} */ one) => html`<a class="list-row" key=${one.id} href=${`#/excess/${one.id}`}><${Icon} name="receipt" />
    <span class="grow"><strong>${t("home.excess", { amount: money(one.open, language()) })}</strong><span class="block"><${Until} one=${one} /></span></span><${Icon} name="next" size="18" /></a>`)}</div>`;
}
