/** The language of the desk itself; the members' languages are another matter. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @type {Record<string, string>} */
const NAMES = { id: "Bahasa Indonesia", en: "English", pt: "Português" };

export function LanguageSelect({ languages, language, onChoose }) {
  return html`<div class="field inline">
    <label for="language">${t("language")}</label>
    <select id="language" value=${language} onChange=${(/** @type {any} */ event) => onChoose(event.target.value)}>
      ${languages.map((/** @type {string} */ name) => html`<option value=${name} lang=${name} selected=${name === language}>${NAMES[name] || name}</option>`)}
    </select>
  </div>`;
}
