/** The left column: who waits, since when, in which language; filters and search. */
import { Icon } from "../shared/icons.js";
import { Problem } from "../shared/loading.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { ageOf, useNow } from "./clockwork.js";
import { useCases } from "./cases_loaded.js";
import { about, who, worded } from "./naming.js";

/** The filters that are not kept by the inbox anyway. @type {Record<string, string>} */
const QUERIES = { doctor: "desk=doctor", taken: "state=taken", closed: "state=closed" };
const FILTERS = ["open", "mine", "doctor", "taken", "closed"];
const DOCTORS_FILTERS = ["open", "mine", "taken", "closed"];
const DUE_SOON_MS = 5 * 60_000;
const TYPING_REST_MS = 300;

/** @param {any} inbox */
export function useQueue(inbox) {
  const [filter, setFilter] = useState("open");
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = search ? `q=${encodeURIComponent(search)}` : QUERIES[filter] || "";
  const loaded = useCases(query);
  const kept = filter === "mine" ? inbox.mine : inbox.open;
  return { filter, setFilter, typed, setTyped, search, list: query ? loaded : kept };
}

export function Queue({ queue, me, inbox, chosenId }) {
  const now = useNow();
  const { list, filter, setFilter, typed, setTyped, search } = queue;
  const keeper = useKeepingFocus(list.items);
  const counts = /** @type {Record<string, number>} */ ({ mine: inbox.waiting });
  return html`<section class="queue" tabindex="-1" ref=${keeper.box} onFocusIn=${keeper.entered} aria-label=${t("queue.title")}>
    <div class="queue-tools">
      <div class="search"><${Icon} name="search" size="18" />
        <label class="visually-hidden" for="search">${t("queue.search")}</label>
        <input id="search" type="search" autocomplete="off" placeholder=${t("queue.search")} value=${typed} onInput=${(/** @type {any} */ event) => setTyped(event.target.value)} /></div>
      ${search
        ? html`<p class="small muted" role="status">${list.items ? t("queue.found", { count: list.items.length }) : t("loading")}</p>`
        : html`<div class="filters" role="group" aria-label=${t("queue.filters")}>
            ${(me.role === "doctor" ? DOCTORS_FILTERS : FILTERS).map(
              (name) => html`<button aria-pressed=${name === filter ? "true" : "false"} onClick=${() => setFilter(name)}>
                ${t(`filter.${name}`)}${counts[name] ? html` <span class="count">${counts[name]}</span>` : null}</button>`,
            )}
          </div>`}
    </div>
    <div class="queue-list">
      ${list.error && !list.items ? html`<${Problem} error=${list.error} retry=${list.reload} />` : null}
      ${list.items ? null : html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`}
      ${list.items && !list.items.length ? html`<p class="muted centred quiet-place">${t(search ? "queue.none_found" : "queue.empty")}</p>` : null}
      <ul>${(list.items || []).map((/** @type {any} */ one) => html`<li key=${one.id}><${Row} one=${one} me=${me} now=${now} chosen=${one.id === chosenId} /></li>`)}</ul>
      ${list.next ? html`<button class="button plain wide" onClick=${list.more}>${t("more")}</button>` : null}
    </div>
  </section>`;
}

/** A case that leaves the list while it has the focus leaves it to the queue: the keys go on working. @param {any[] | null} items */
function useKeepingFocus(items) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const last = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (!last.current || last.current.isConnected || document.activeElement !== document.body) return;
    last.current = null;
    box.current?.focus();
  }, [items]);
  const entered = (/** @type {any} */ event) => void (last.current = event.target.closest(".case-row"));
  return { box, entered };
}

function Row({ one, me, now, chosen }) {
  const since = one.waiting_since || one.opened_at;
  const mine = one.assigned_to?.id === me.id;
  return html`<a class=${`case-row ${one.priority}`} href=${`#/cases/${one.id}`} data-case=${one.id} aria-current=${chosen ? "true" : undefined}>
    <span class="row between"><strong class="clip grow">${who(one)}</strong><${Age} one=${one} since=${since} now=${now} /></span>
    <span class="row between"><span class="clip grow said-last">${saidLast(one)}</span>
      ${one.unread ? html`<span class="count">${one.unread}<span class="visually-hidden"> ${t("queue.unread")}</span></span>` : null}</span>
    <span class="marks">
      ${one.priority === "normal" ? null : html`<span class=${`badge ${one.priority === "urgent" ? "bad" : "warn"}`}>${t(`priority.${one.priority}`)}</span>`}
      ${one.desk === "doctor" && me.role !== "doctor" ? html`<span class="badge"><${Icon} name="cross" size="13" />${t("desk.doctor")}</span>` : null}
      <span class="tag">${worded("channel", one.channel)}</span>
      <span class="tag" title=${worded("language", one.language)}><span aria-hidden="true">${one.language.toUpperCase()}</span><span class="visually-hidden">${worded("language", one.language)}</span></span>
      <span class="tag clip">${mine ? t(one.state === "open" ? "case.offered" : "case.mine") : one.assigned_to?.name || about(one)}</span>
    </span>
  </a>`;
}

/** @param {any} one */
function saidLast(one) {
  const last = one.last_message;
  if (!last) return worded("reason", one.reason);
  const text = last.text || t("message.no_text");
  return last.author === "member" ? text : `${t(`author.${last.author}`)}: ${text}`;
}

function Age({ one, since, now }) {
  if (one.state === "closed") return html`<span class="small muted">${t("state.closed")}</span>`;
  const left = one.due_at ? new Date(one.due_at).getTime() - now : Infinity;
  const tone = left < 0 ? "late" : left < DUE_SOON_MS ? "soon" : "";
  const label = left < 0 ? t("queue.late") : left < DUE_SOON_MS ? t("queue.soon") : t("queue.waiting");
  return html`<time class=${`age ${tone}`} datetime=${since}><span class="visually-hidden">${label} </span>${ageOf(since, now)}</time>`;
}
