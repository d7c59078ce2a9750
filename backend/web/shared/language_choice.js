/** The languages of the client, each named in itself. */
import { html } from "./view.js";

/** @type {Record<string, string>} */
const NAMES = { id: "Bahasa Indonesia", en: "English", pt: "Português" };

/** @param {{label: string, languages: string[], language: string, onChoose: (name: string) => void}} properties */
export function LanguageChoice({ label, languages, language, onChoose }) {
  return html`<div class="people" role="group" aria-label=${label}>
    ${languages.map(
      (name) => html`<button type="button" lang=${name} aria-pressed=${name === language ? "true" : "false"} onClick=${() => onChoose(name)}>
        ${NAMES[name] || name}
      </button>`,
    )}
  </div>`;
}
