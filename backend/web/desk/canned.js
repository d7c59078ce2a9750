/** Prepared replies: opened by `/`, narrowed by typing, in the member's language unless another is asked for. */
import { call } from "../shared/api.js";
import { problemText } from "../shared/loading.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { LANGUAGES } from "./languages.js";
import { worded } from "./naming.js";

/** Without accents and capitals, for finding. @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {{language: string, onPick: (reply: any) => void, onClose: () => void}} properties */
export function Canned({ language, onPick, onClose }) {
  const [asked, setAsked] = useState(language);
  const [state, setState] = useState(/** @type {{items?: any[], error?: any}} */ ({}));
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const filter = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => filter.current?.focus(), []);
  useEffect(() => {
    let current = true;
    call("GET", `/canned-replies?language=${asked}`)
      .then(({ items }) => current && setState({ items }))
      .catch((error) => current && setState({ error }));
    return () => void (current = false);
  }, [asked]);
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const found = (state.items || []).filter((one) => wanted.every((word) => plain(`${one.title} ${one.text}`).includes(word)));
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }), [at, found.length]);
  const keys = /** @type {Record<string, () => void>} */ ({
    ArrowDown: () => setAt(Math.min(at + 1, found.length - 1)),
    ArrowUp: () => setAt(Math.max(at - 1, 0)),
    Enter: () => found[at] && onPick({ ...found[at], language: asked }),
    Escape: onClose,
  });
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  };
  return html`<div class="canned" role="group" aria-label=${t("canned.title")} onKeyDown=${press}>
    <div class="row">
      <label class="visually-hidden" for="canned-words">${t("canned.search")}</label>
      <input id="canned-words" ref=${filter} class="grow" role="combobox" autocomplete="off" aria-expanded="true" aria-controls="canned-list" aria-autocomplete="list"
        aria-activedescendant=${found[at] ? `canned-${at}` : undefined} placeholder=${t("canned.search")} value=${words}
        onInput=${(/** @type {any} */ event) => { setWords(event.target.value); setAt(0); }} />
      <label class="visually-hidden" for="canned-language">${t("canned.language")}</label>
      <select id="canned-language" value=${asked} onChange=${(/** @type {any} */ event) => { setState({}); setAsked(event.target.value); setAt(0); }}>
        ${LANGUAGES.map((name) => html`<option value=${name} selected=${name === asked}>${worded("language", name)}</option>`)}
      </select>
    </div>
    ${state.error ? html`<p class="notice bad" role="alert">${problemText(state.error)}</p>` : null}
    <ul id="canned-list" role="listbox" aria-label=${t("canned.title")} ref=${list}>
      ${found.map(
        (one, index) => html`<li id=${`canned-${index}`} key=${one.id} role="option" aria-selected=${index === at ? "true" : "false"} lang=${asked}
          onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => onPick({ ...one, language: asked })}>
          <strong class="block">${one.title}</strong><span class="small muted two-lines">${one.text}</span></li>`,
      )}
    </ul>
    <p class="small muted" role="status">${state.items ? (found.length ? t("canned.found", { count: found.length }) : t("canned.none")) : t("loading")}</p>
  </div>`;
}
