/** What waits for an analyst: the longest waiting or the earliest promise first, each with its day and its flags. */
import { moveInQueue, useKeys } from "../../desk/keys.js";
import { call } from "../../shared/api.js";
import { date, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

/** @type {Record<string, string>} */
const FILTERS = { decide: "complete,in_review", papers: "submitted", confirm: "confirming", appeals: "appealed" };
const ORDERS = ["due", "age"];
const DAY_MS = 86_400_000;
const SOON_DAYS = 3;

export function Queue({ context }) {
  const [filter, setFilter] = useState("decide");
  const [order, setOrder] = useState("due");
  const address = `/claims/queue?status=${FILTERS[filter]}&order=${order}`;
  const state = useLoaded(address);
  useKeys({ j: () => moveInQueue(1), k: () => moveInQueue(-1), "?": context.openHelp }, context.shortcuts);
  return html`<div class="page stack">
    <div class="row wrap between"><h1>${t("queue.title")}</h1>
      <div class="row wrap"><div class="field inline"><label for="order">${t("queue.order")}</label>
        <select id="order" value=${order} onChange=${(/** @type {any} */ event) => setOrder(event.target.value)}>${ORDERS.map((name) => html`<option value=${name}>${t(`queue.order.${name}`)}</option>`)}</select></div>
        <button class="button quiet" onClick=${state.reload}>${t("queue.refresh")}</button></div></div>
    <div class="filters" role="group" aria-label=${t("queue.filters")}>${Object.keys(FILTERS).map(
      (name) => html`<button aria-pressed=${name === filter ? "true" : "false"} onClick=${() => setFilter(name)}>${t(`queue.filter.${name}`)}</button>`,
    )}</div>
    <${Loaded} key=${address} state=${state}>${(/** @type {any} */ value) => html`<${Rows} key=${address} first=${value} address=${address} />`}<//>
  </div>`;
}

function Rows({ first, address }) {
  const [older, setOlder] = useState(/** @type {{items: any[], next_cursor: any} | null} */ (null));
  const items = [...first.items, ...(older?.items || [])];
  const cursor = older ? older.next_cursor : first.next_cursor;
  const more = async () => {
    const page = await call("GET", `${address}&cursor=${encodeURIComponent(cursor)}`);
    setOlder({ items: [...(older?.items || []), ...page.items], next_cursor: page.next_cursor });
  };
  if (!items.length) return html`<${Empty} icon="receipt" text=${t("queue.none")} />`;
  return html`<ul class="panel flush" aria-label=${t("queue.title")}>${items.map((claim) => html`<li key=${claim.id}><${Row} claim=${claim} /></li>`)}</ul>
    ${cursor ? html`<button class="button plain" onClick=${more}>${t("queue.more")}</button>` : null}`;
}

function Row({ claim }) {
  return html`<a class="list-row case-row queue-row" href=${`#/claims/${claim.id}`}>
    <span class="grow"><strong>${claim.member.name}</strong> <span class="figures muted">${claim.number}</span>
      <span class="block small">${t(`group.${claim.benefit}`)} · ${claim.provider_name || "–"} · ${date(claim.visit_on, language(), "short")}</span></span>
    <span class="end"><strong class="figures block">${money(claim.claimed, language())}</strong>
      <span class="marks"><${Flags} count=${claim.flags.length} /><${Due} on=${claim.due_on} /><span class="tag">${t("queue.waits", { days: daysSince(claim.submitted_at) })}</span></span></span>
  </a>`;
}

function Flags({ count }) {
  return count ? html`<span class="badge warn"><${Icon} name="flag" size="14" />${t("queue.flags", { count })}</span>` : null;
}

/** By when an answer is owed; late in red. @param {{on: string | null}} properties */
export function Due({ on }) {
  if (!on) return null;
  const left = Math.floor((Date.parse(`${on}T23:59:59`) - Date.now()) / DAY_MS);
  const tone = left < 0 ? "bad" : left < SOON_DAYS ? "warn" : "";
  return html`<span class=${`badge ${tone}`}><${Icon} name="clock" size="14" />${t(left < 0 ? "queue.late" : "queue.due", { date: date(on, language(), "short") })}</span>`;
}

/** @param {string | null} moment */
function daysSince(moment) {
  return moment ? Math.max(0, Math.floor((Date.now() - Date.parse(moment)) / DAY_MS)) : 0;
}
