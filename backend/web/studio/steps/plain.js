/** A step that is nothing but its fields: what holds for all languages first, then what is written in each. */
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { fieldsOf } from "../fields.js";
import { LanguageTabs } from "../language_tabs.js";
import { Setting } from "../setting.js";

/** @param {{studio: any, step: string, children?: any}} properties */
export function Plain({ studio, step, children }) {
  const fields = fieldsOf(studio.form.schema, step, studio.language);
  const spoken = fields.filter(({ path }) => path.includes(studio.language) && path.length > 1);
  const common = fields.filter((one) => !spoken.includes(one));
  return html`${common.length ? html`<div class="panel stack">${common.map((field) => html`<${Setting} key=${field.path.join(".")} studio=${studio} field=${field} />`)}</div>` : null}
    ${spoken.length ? html`<${Written} studio=${studio} fields=${spoken} />` : null}
    ${children}`;
}

/** What is written once in each language. */
export function Written({ studio, fields }) {
  return html`<section class="panel stack" aria-label=${t("writing.all")}><${LanguageTabs} studio=${studio} />
    ${fields.map((/** @type {any} */ field) => html`<${Setting} key=${field.path.join(".")} studio=${studio} field=${field} />`)}</section>`;
}
