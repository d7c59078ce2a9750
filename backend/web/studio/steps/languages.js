/** Which languages the brand speaks, which comes first, and what each of them still lacks. */
import { Icon } from "../../shared/icons.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { fieldsOf, stepOf } from "../fields.js";
import { labelOf, languageName } from "../naming.js";
import { gaps } from "../store.js";
import { Written } from "./plain.js";

export function Languages({ studio }) {
  return html`<${Order} studio=${studio} /><${Completeness} studio=${studio} />
    <${Written} studio=${studio} fields=${fieldsOf(studio.form.schema, "languages", studio.language)} />`;
}

function Order({ studio }) {
  const { languages } = studio;
  const others = studio.form.languages.filter((/** @type {string} */ one) => !languages.includes(one));
  const set = (/** @type {string[]} */ next) => studio.change(["languages"], next);
  const up = (/** @type {number} */ index) => set(languages.map((/** @type {string} */ one, /** @type {number} */ at) => (at === index - 1 ? languages[index] : at === index ? languages[index - 1] : one)));
  return html`<fieldset class="panel stack tight" id="at-languages" tabindex="-1"><legend class="visually-hidden">${t("field.languages")}</legend><h2 aria-hidden="true">${t("field.languages")}</h2>
    <p class="muted small">${t("hint.languages")}</p>
    <ol class="ordered">${languages.map((/** @type {string} */ one, /** @type {number} */ index) => html`<li key=${one} class="row">
      <span class="position">${index + 1}</span><span class="grow" lang=${one}>${languageName(one)}${index ? null : html` <span class="badge">${t("languages.first")}</span>`}</span>
      <button type="button" class="icon-button" disabled=${!index} aria-label=${t("languages.up", { name: languageName(one) })} onClick=${() => up(index)}><span class="turned"><${Icon} name="back" size="18" /></span></button>
      <button type="button" class="icon-button" disabled=${languages.length < 2} aria-label=${t("languages.remove", { name: languageName(one) })} onClick=${() => set(languages.filter((/** @type {string} */ other) => other !== one))}><${Icon} name="close" size="18" /></button></li>`)}</ol>
    ${others.length ? html`<div class="row wrap">${others.map((/** @type {string} */ one) => html`<button type="button" key=${one} class="button quiet" onClick=${() => set([...languages, one])}><${Icon} name="plus" size="18" />${t("languages.add", { name: languageName(one) })}</button>`)}</div>` : null}
  </fieldset>`;
}

function Completeness({ studio }) {
  return html`<section class="panel stack tight" aria-labelledby="complete-title"><h2 id="complete-title">${t("languages.complete")}</h2>
    <ul class="stack tight">${studio.languages.map((/** @type {string} */ one) => {
      const missing = gaps(studio, one);
      return html`<li key=${one} class="row top"><span class=${missing.length ? "state warn" : "state good"}><${Icon} name=${missing.length ? "alert" : "check"} size="18" /></span>
        <span class="grow"><strong class="block">${languageName(one)}</strong>${missing.length
          ? html`<span class="small">${missing.map((path, index) => html`${index ? ", " : ""}<a key=${path.join(".")} href=${`#/design/${stepOf(path.join("."))}/${path.join(".")}`} onClick=${() => studio.setLanguage(one)}>${labelOf(path, studio.form.languages).split(" · ")[0]}</a>`)}</span>`
          : html`<span class="small muted">${t("languages.whole")}</span>`}</span></li>`;
    })}</ul></section>`;
}
