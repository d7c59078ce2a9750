/** One sentence of the helpline as it is written and as it is spoken. */
import { Field } from "../shared/form.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { idOf } from "./naming.js";
import { at } from "./settings.js";

export function Reply({ studio, name, usual }) {
  return html`<div class="stack tight reply"><h3 class="figures small muted">${name}</h3>
    ${["text", "voice"].map((form) => html`<${Form} key=${form} studio=${studio} name=${form === "voice" ? `${name}.voice` : name} form=${form} usual=${usual[form]} />`)}</div>`;
}

function Form({ studio, name, form, usual }) {
  const path = ["replies", studio.language, name];
  const value = at(studio.settings, path);
  const wrong = studio.defects.filter((/** @type {any} */ one) => one.place === path.join(".")).map((/** @type {any} */ one) => one.message).join(" ");
  const change = (/** @type {any} */ event) => studio.change(path, event.target.value === usual || !event.target.value ? undefined : event.target.value);
  return html`<${Field} id=${idOf(path)} label=${t(`replies.form_${form}`)} problem=${wrong}><textarea class="short" maxlength="4000" placeholder=${usual} value=${value ?? ""} onInput=${change}></textarea><//>`;
}
