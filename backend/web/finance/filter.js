/** A few ways to look at a list, one of them chosen. */
import { html } from "../shared/view.js";

/** @param {{label: string, names: string[], chosen: string, word: (name: string) => string, onChoose: (name: string) => void}} properties */
export function Filter({ label, names, chosen, word, onChoose }) {
  return html`<div class="filters" role="group" aria-label=${label}>${names.map(
    (name) => html`<button aria-pressed=${name === chosen ? "true" : "false"} onClick=${() => onChoose(name)}>${word(name)}</button>`,
  )}</div>`;
}
