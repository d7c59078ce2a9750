/** The short numbers of a country that reach ambulance, fire brigade and police. */
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

const KINDS = ["ambulance", "general", "fire", "police"];

export function EmergencyNumbers({ id, value, onChange }) {
  const lines = value || [];
  const set = (/** @type {number} */ index, /** @type {any} */ fields) => onChange(lines.map((/** @type {any} */ one, /** @type {number} */ at) => (at === index ? { ...one, ...fields } : one)));
  return html`<div class="stack tight">${lines.map((/** @type {any} */ one, /** @type {number} */ index) => html`<div class="row" key=${index}>
      <label class="visually-hidden" for=${`${id}-number-${index}`}>${t("emergency.number", { count: index + 1 })}</label>
      <input id=${`${id}-number-${index}`} class="short-number" inputmode="numeric" autocomplete="off" value=${one.number} onInput=${(/** @type {any} */ event) => set(index, { number: event.target.value })} />
      <label class="visually-hidden" for=${`${id}-for-${index}`}>${t("emergency.for", { count: index + 1 })}</label>
      <select id=${`${id}-for-${index}`} class="grow" value=${one.for} onChange=${(/** @type {any} */ event) => set(index, { for: event.target.value })}>
        ${KINDS.map((kind) => html`<option value=${kind} selected=${kind === one.for}>${t(`emergency.${kind}`)}</option>`)}</select>
      <button type="button" class="icon-button" disabled=${lines.length < 2} aria-label=${t("emergency.remove", { number: one.number })} onClick=${() => onChange(lines.filter((/** @type {any} */ _, /** @type {number} */ at) => at !== index))}><${Icon} name="close" size="18" /></button>
    </div>`)}
    <div><button type="button" class="button plain" onClick=${() => onChange([...lines, { number: "", for: "ambulance" }])}><${Icon} name="plus" size="18" />${t("emergency.add")}</button></div></div>`;
}
