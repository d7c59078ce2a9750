/** Who looked at one's data: role, name and house, what was done to what, when, and what the role is let near it for. */
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Problem } from "../../shared/loading.js";
import { usePages } from "../../shared/paging.js";
import { html } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";

const AT_ONCE = 20;

/** @typedef {{at: string, role: string, name: string | null, organisation: string | null, purpose: string, action: string, object_type: string}} Look */

export function AccessLog({ context }) {
  const { items, error, more, again } = usePages(`/members/${context.memberId}/access-log?limit=${AT_ONCE}`);
  return html`<div class="stack">
    <p class="muted">${t("access.intro")}</p>
    ${error ? html`<${Problem} error=${error} retry=${again} />` : null}
    ${items ? html`<${Looks} items=${items} />` : error ? null : html`<${Waiting} />`}
    ${more ? html`<button class="button quiet wide" onClick=${more}>${t("access.more")}</button>` : null}
  </div>`;
}

function Waiting() {
  return html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`;
}

/** @param {{items: Look[]}} properties */
function Looks({ items }) {
  if (!items.length) return html`<${Empty} icon="eye" text=${t("profile.access_none")} />`;
  return html`<ul class="panel flush plain" aria-label=${t("profile.access_log")}>${items.map(
    (look) => html`<li class="list-row top"><${Icon} name="eye" /><span class="grow">
      <strong>${who(look)}</strong>
      <span class="block">${worded("action", look.action)} ${worded("object", look.object_type)}</span>
      <span class="muted small block">${t("access.why", { why: worded("purpose", look.purpose) })}</span>
      <span class="muted small block">${dateTime(look.at, language())}</span></span></li>`,
  )}</ul>`;
}

/** @param {Look} look */
function who({ name, role, organisation }) {
  return [name, worded("role", role), organisation].filter(Boolean).join(" · ");
}

/** @param {string} kind @param {string} value */
function worded(kind, value) {
  const key = `${kind}.${value}`;
  return knows(key) ? t(key) : value.replaceAll("_", " ");
}
