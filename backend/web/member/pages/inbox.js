/** What the plan told the member; push and WhatsApp are only the doorbell. */
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

export function Inbox({ context }) {
  const own = context.me.member_id;
  const state = useLoaded(`/members/${own}/notifications`, [own]);
  const unread = state.value?.unread || 0;
  useEffect(() => {
    if (unread) call("POST", `/members/${own}/notifications/read`, { body: {} }).catch(() => {});
  }, [unread]);
  return html`<${Loaded} state=${state}>
    ${(/** @type {any} */ value) =>
      value.items.length
        ? html`<ul class="panel flush">${value.items.map((/** @type {any} */ item) => html`<${Message} item=${item} />`)}</ul>`
        : html`<${Empty} icon="bell" text=${t("inbox.none")} />`}
  <//>`;
}

function Message({ item }) {
  return html`<li class="list-row top">
    <span class="grow">
      <span class="row"><strong class="grow">${item.title}</strong>${item.read_at ? null : html`<span class="badge warn">${t("inbox.new")}</span>`}</span>
      <span class="block said">${item.text}</span>
      <span class="muted small block">${dateTime(item.created_at, language())}</span>
    </span>
  </li>`;
}
