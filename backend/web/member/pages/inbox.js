/** What the plan told the member and those they act for; push and WhatsApp are only the doorbell. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Problem } from "../../shared/loading.js";
import { usePages } from "../../shared/paging.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { counted, language, t } from "../../shared/words.js";
import { Family } from "../family.js";

const AT_ONCE = 20;

/** Tells whoever shows a count of what is unread that it is another now. */
const changed = () => dispatchEvent(new Event("careline:read"));

export function Inbox({ context }) {
  const address = `/members/${context.memberId}/notifications`;
  const { items, page, error, more, again } = usePages(`${address}?limit=${AT_ONCE}`);
  return html`<div class="stack">
    <${Family} context=${context} marks=${page?.unread_by_member} />
    ${error ? html`<${Problem} error=${error} retry=${again} />` : null}
    ${items ? html`<${Messages} items=${items} unread=${page.unread} address=${address} reload=${again} />` : error ? null : html`<${Waiting} />`}
    ${more ? html`<button class="button quiet wide" onClick=${more}>${t("inbox.earlier")}</button>` : null}
    <a class="button plain wide" href="#/settings">${t("inbox.how")}</a>
  </div>`;
}

function Waiting() {
  return html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`;
}

/** @param {{items: any[], unread: number, address: string, reload: () => void}} properties */
function Messages({ items, unread, address, reload }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", `${address}/read`, { body: {} });
    changed();
    reload();
  });
  if (!items.length) return html`<${Empty} icon="bell" text=${t("inbox.none")} />`;
  return html`<div class="row wrap"><p class="grow" role="status">${unread ? counted("inbox.count", unread) : t("inbox.nothing_new")}</p>
      ${unread ? html`<button class="button plain" disabled=${busy} onClick=${() => run()}>${t("inbox.all_read")}</button>` : null}</div>
    <${FormProblem} error=${error} />
    <ul class="panel flush">${items.map((item) => html`<${Message} key=${item.id} item=${item} address=${address} />`)}</ul>`;
}

function Message({ item, address }) {
  const here = item.link === "/inbox";
  const read = () => {
    if (!item.read_at) call("POST", `${address}/${item.id}/read`, { body: {} }).then(changed, () => {});
  };
  const inside = html`<span class="grow">
      <span class="row"><strong class="grow">${item.title}</strong>${item.read_at ? null : html`<span class="badge warn">${t("inbox.new")}</span>`}</span>
      <span class="block said">${item.text}</span>
      <span class="muted small block">${dateTime(item.created_at, language())}</span>
    </span>`;
  return here
    ? html`<li class="list-row top">${inside}</li>`
    : html`<li><a class="list-row top" href=${`#${item.link}`} onClick=${read}>${inside}<${Icon} name="next" size="18" /></a></li>`;
}

/**
 * Where a push leads: to what it is about, when it is for whoever is signed in here; else it says so and shows nothing.
 * @param {{context: any, notificationId: string}} properties
 */
export function Told({ context, notificationId }) {
  const [foreign, setForeign] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  const open = () => {
    setError(null);
    call("GET", `/me/notifications/${notificationId}`).then(
      async (/** @type {any} */ found) => {
        await call("POST", `/members/${found.member_id}/notifications/${notificationId}/read`, { body: {} }).catch(() => {});
        changed();
        context.setMemberId(found.member_id);
        location.replace(`#${found.link}`);
      },
      (refusal) => (refusal.code === 404 ? setForeign(true) : setError(refusal)),
    );
  };
  useEffect(open, [notificationId]);
  if (error) return html`<${Problem} error=${error} retry=${open} />`;
  if (!foreign) return html`<${Waiting} />`;
  return html`<div class="stack">
    <div class="panel stack snug" role="alert"><h2>${t("told.not_yours")}</h2><p>${t("told.not_yours_text")}</p></div>
    <a class="button wide" href="#/inbox">${t("told.inbox")}</a>
  </div>`;
}
