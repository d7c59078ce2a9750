/** The member's complaints with their numbers and deadlines. */
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
                  <span class="muted small block">${complaint.number} · ${date(complaint.received_at, language(), "short")}</span></span>
                <${ComplaintStatus} status=${complaint.status} />
              </a>`,
            )}</div>`
          : html`<${Empty} icon="flag" text=${t("complaints.none")} />`}
    <//>
  </div>`;
}
