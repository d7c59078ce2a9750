/** The member's complaints with their numbers and what comes next. */
import { date } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";

export function ComplaintStatus({ status }) {
  const tone = ["resolved", "closed"].includes(status) ? "good" : "warn";
  const key = `complaint.status.${status}`;
  return html`<span class=${`badge ${tone}`}>${knows(key) ? t(key) : status}</span>`;
}

/** Whether the day that stands now has passed: one that was missed before it is not said of it. @param {any} complaint */
function isLate({ overdue, next_deadline: coming, resolve_by: day }) {
  return overdue && coming.kind !== "information" && day < new Date().toLocaleDateString("sv-SE");
}

/** Until when something happens, and who is to do it; a missed day is said as such. */
export function NextDeadline({ complaint }) {
  const coming = complaint.next_deadline;
  if (!coming) {
    return complaint.closed_reason ? html`<p class="notice warn">${t(`complaint.closed.${complaint.closed_reason}`)}</p>` : null;
  }
  const late = isLate(complaint);
  const tone = late ? "bad" : coming.kind === "information" ? "warn" : "";
  return html`<div class=${`notice block ${tone}`}>
    <p><strong>${late ? t("complaint.late", { date: date(complaint.resolve_by, language()) }) : nextWords(complaint)}</strong></p>
    ${coming.kind === "acknowledge" && !late ? html`<p class="small">${t("complaint.resolve_by", { date: date(complaint.resolve_by, language()) })}</p>` : null}
    ${complaint.extension_reason ? html`<p class="small">${t("complaint.takes_longer")} ${t(`complaint.extension.${complaint.extension_reason}`)}</p>` : null}
  </div>`;
}

/** @param {any} complaint */
function nextWords(complaint) {
  const { kind, on } = complaint.next_deadline;
  if (isLate(complaint)) return t("complaint.late_short");
  return t(`complaint.next.${kind}`, { date: date(on, language()) });
}

export function Complaints() {
  const state = useLoaded("/complaints");
  return html`<div class="stack">
    <a class="button wide" href="#/complaints/new"><${Icon} name="plus" size="20" />${t("complaint.new")}</a>
    <${Loaded} state=${state}>
      ${(value) =>
        value.items.length
          ? html`<div class="panel flush">${value.items.map(
              (complaint) => html`<a class="list-row" href=${`#/complaints/${complaint.id}`}>
                <span class="grow"><strong>${t(`complaint.category.${complaint.category}`)}</strong>
                  <span class="muted small block">${complaint.number} · ${date(complaint.received_at, language(), "short")}</span>
                  ${complaint.next_deadline ? html`<span class="small block">${nextWords(complaint)}</span>` : null}</span>
                <${ComplaintStatus} status=${complaint.status} />
              </a>`,
            )}</div>`
          : html`<${Empty} icon="flag" text=${t("complaints.none")} />`}
    <//>
  </div>`;
}
