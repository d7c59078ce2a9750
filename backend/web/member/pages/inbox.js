/** What the plan told the member; push and WhatsApp are only the doorbell. */
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

export function Inbox({ context }) {
  const state = useLoaded(`/members/${context.memberId}/notifications`, [context.memberId]);
  const items = state.value?.items;
  useEffect(() => {
    const unread = (items || []).filter((/** @type {any} */ item) => !item.read_at);
    Promise.allSettled(unread.map((/** @type {any} */ item) => call("POST", `/members/${context.memberId}/notifications/${item.id}/read`, { body: {} })));
  }, [items]);
  return html`<${Loaded} state=${state}>
    ${(value) =>
      value.items.length
        ? html`<div class="panel flush">${value.items.map(
            (item) => html`<div class="list-row" style="align-items:flex-start">
              <span class="grow"><strong>${item.title}</strong>${item.read_at ? null : html` <span class="badge warn">${t("inbox.new")}</span>`}<br />
                <span>${item.text}</span><br /><span class="muted small">${dateTime(item.created_at, language())}</span></span>
            </div>`,
          )}</div>`
        : html`<${Empty} icon="bell" text=${t("inbox.none")} />`}
  <//>`;
}
