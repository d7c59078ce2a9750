/** A long list: its first page, and more of it when somebody asks. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Empty, Loaded, problemText, useLoaded } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

/**
 * @param {string} path below /api/v1, with or without a query
 * @returns {any} what useLoaded answers, its value with everything that was loaded so far, and `more`
 */
export function useListed(path) {
  const state = useLoaded(path);
  const [further, setFurther] = useState({ items: /** @type {any[]} */ ([]), cursor: /** @type {string | null} */ (null) });
  const first = state.value;
  useEffect(() => setFurther({ items: [], cursor: first?.next_cursor || null }), [first]);
  const more = useAction(async () => {
    const page = await call("GET", `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(further.cursor || "")}`);
    setFurther(({ items }) => ({ items: [...items, ...page.items], cursor: page.next_cursor }));
  });
  return { ...state, value: first && { ...first, items: [...first.items, ...further.items] }, cursor: further.cursor, more };
}

/** @param {{state: any, label: string, icon: string, none: string, row: (item: any) => any}} properties */
export function Listed({ state, label, icon, none, row }) {
  return html`<${Loaded} state=${state}>${(/** @type {any} */ { items }) => (items.length
    ? html`<ul class="panel flush" aria-label=${label}>${items.map((/** @type {any} */ item) => html`<li key=${item.id}>${row(item)}</li>`)}</ul>
        ${state.cursor ? html`<button class="button quiet" disabled=${state.more.busy} onClick=${() => state.more.run()}>${t("more")}</button>` : null}
        ${state.more.error ? html`<p class="notice bad" role="alert">${problemText(state.more.error)}</p>` : null}`
    : html`<${Empty} icon=${icon} text=${none} />`)}<//>`;
}
