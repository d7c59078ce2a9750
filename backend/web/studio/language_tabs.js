/** In which of the brand's languages one writes now; the preview speaks it too. */
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { languageName } from "./naming.js";
import { gaps } from "./store.js";

export function LanguageTabs({ studio }) {
  return html`<div class="language-tabs" role="group" aria-label=${t("writing")}>${studio.languages.map((/** @type {string} */ one) => {
    const missing = gaps(studio, one).length;
    return html`<button type="button" key=${one} lang=${one} aria-pressed=${one === studio.language ? "true" : "false"} onClick=${() => studio.setLanguage(one)}>${languageName(one)}
      ${missing ? html`<span class="count warn">${missing}<span class="visually-hidden"> ${t("writing.missing")}</span></span>` : html`<${Icon} name="check" size="16" label=${t("writing.complete")} />`}</button>`;
  })}</div>`;
}
