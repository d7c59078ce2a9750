/** What the client's members can do: named switches, each with what it means. */
import { html } from "../../shared/view.js";
import { knows, t } from "../../shared/words.js";
import { idOf } from "../naming.js";

export function Features({ studio }) {
  const names = Object.keys(studio.form.defaults.features);
  return html`<ul class="panel flush">${names.map((name) => {
    const path = ["features", name];
    const id = idOf(path);
    const hint = knows(`hint.features.${name}`) ? t(`hint.features.${name}`) : "";
    return html`<li key=${name} class="list-row"><span class="grow"><label class="block feature-name" for=${id}>${knows(`field.features.${name}`) ? t(`field.features.${name}`) : name.replaceAll("_", " ")}</label>
      ${hint ? html`<span class="muted small" id=${`${id}-hint`}>${hint}</span>` : null}</span>
      <input id=${id} type="checkbox" role="switch" class="switch" aria-describedby=${hint ? `${id}-hint` : undefined} checked=${studio.effective.features[name]} onChange=${(/** @type {any} */ event) => studio.change(path, event.target.checked)} /></li>`;
  })}</ul>`;
}
