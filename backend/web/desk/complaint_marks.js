/** How a complaint's clocks, priority and level are said, alike in the list and on its page. */
import { date } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";

export const FIRST_LEVEL = 1;

/** Whether what comes next is late, soon, or neither; the member's own day is never our lateness. @param {any} complaint */
export function toneOf({ next_deadline: next }) {
  if (!next || next.kind === "information") return "";
  if (next.working_days_left < 0) return "late";
  return next.soon ? "soon" : "";
}

/** @param {any} complaint */
export function nextWords({ next_deadline: next }) {
  return t(`complaints.next.${next.kind}`, { date: date(next.on, language(), "short") });
}

/** How long is left in working days, or by how much it is late. @param {number} days */
export function leftWords(days) {
  if (days === 0) return t("complaints.left.today");
  const count = Math.abs(days);
  return t(`complaints.${days < 0 ? "late" : "left"}.${count === 1 ? "one" : "many"}`, { days: count });
}

/** @param {{complaint: any}} properties */
export function Next({ complaint }) {
  const next = complaint.next_deadline;
  if (!next) return null;
  const tone = toneOf(complaint);
  return html`<span class=${`next ${tone}`}>
    ${tone ? html`<span class=${`badge ${tone === "late" ? "bad" : "warn"}`}><${Icon} name=${tone === "late" ? "alert" : "clock"} size="13" />${tone === "late" ? t("complaints.overdue") : t("complaints.soon")}</span>` : null}
    <strong class="block">${nextWords(complaint)}</strong>
    <span class="block small">${leftWords(next.working_days_left)}</span></span>`;
}

/** Priority, level and a day that was missed before, where they are out of the ordinary. @param {{complaint: any}} properties */
export function Marks({ complaint }) {
  const { priority, level, overdue } = complaint;
  return html`${priority === "normal" ? null : html`<span class=${`badge ${priority === "urgent" ? "bad" : "warn"}`}>${t(`complaints.priority.${priority}`)}</span>`}
    ${overdue && toneOf(complaint) !== "late" ? html`<span class="badge warn">${t("complaints.was_late")}</span>` : null}
    ${level > FIRST_LEVEL ? html`<span class="badge warn">${t("complaints.level", { level })}</span>` : null}`;
}
