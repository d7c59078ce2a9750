/** The languages of the client, each named in itself. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @type {Record<string, string>} */
const NAMES = { id: "Bahasa Indonesia", en: "English", pt: "Português" };

export function LanguageChoice({ languages, language, onChoose }) {
  return html`<div class="people" role="group" aria-label=${t("language")}>
    ${languages.map(
      (name) => html`<button type="button" lang=${name} aria-pressed=${name === language ? "true" : "false"} onClick=${() => onChoose(name)}>
        ${NAMES[name] || name}
      </button>`,
    )}
  </div>`;
}
