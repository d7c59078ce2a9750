/** The client's own words for ours: "associate" instead of "employee". */
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { LanguageTabs } from "../language_tabs.js";
import { idOf } from "../naming.js";

export function Glossary({ studio }) {
  const { language } = studio;
  const terms = studio.form.glossary_terms.filter((/** @type {any} */ { words }) => words[language]);
  const own = studio.settings.glossary?.[language] || {};
  return html`<section class="panel stack" aria-labelledby="glossary-title"><h2 id="glossary-title" class="visually-hidden">${t("step.glossary")}</h2>
    <${LanguageTabs} studio=${studio} />
    <dl class="terms">${terms.map((/** @type {any} */ { term, words }) => {
      const path = ["glossary", language, term];
      const id = idOf(path);
      const usual = words[language];
      return html`<div key=${language + term}><dt><label for=${id}>${usual}</label></dt>
        <dd><input id=${id} maxlength="200" autocomplete="off" placeholder=${usual} value=${own[term] ?? ""} onInput=${(/** @type {any} */ event) => studio.change(path, event.target.value || undefined)} /></dd></div>`;
    })}</dl></section>`;
}
