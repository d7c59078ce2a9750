/** The language of the desk itself; the members' languages are another matter. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { LANGUAGES, WORDS } from "./languages.js";

export function LanguageSelect({ language, onChoose }) {
  return html`<div class="field inline">
    <label for="language">${t("language")}</label>
    <select id="language" value=${language} onChange=${(/** @type {any} */ event) => onChoose(event.target.value)}>
      ${LANGUAGES.map((name) => html`<option value=${name} lang=${name} selected=${name === language}>${WORDS[name]["own.name"]}</option>`)}
    </select>
  </div>`;
}
