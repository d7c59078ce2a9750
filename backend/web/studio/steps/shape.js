/** Typeface and shape: one of ours or the client's own letters, corners, the pattern of the card. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Plain } from "./plain.js";

export function Shape({ studio }) {
  return html`<${Plain} studio=${studio} step="shape"><${Typeface} studio=${studio} /><//>`;
}

function Typeface({ studio }) {
  const own = studio.draft.assets.find((/** @type {any} */ one) => one.name.endsWith(".woff2"));
  const send = useAction((/** @type {File} */ file) => studio.keeping.through(() => {
    const form = new FormData();
    form.append("file", file);
    return call("POST", "/studio/draft/typeface", { form });
  }));
  const remove = useAction(() => studio.keeping.through(() => call("DELETE", "/studio/draft/typeface")));
  const chosen = (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) send.run(file);
  };
  return html`<section class="panel stack" aria-labelledby="typeface-title"><h2 id="typeface-title">${t("typeface.title")}</h2>
    ${own ? html`<p class="row between wrap"><span>${t("typeface.own")} <span class="muted figures">${Math.ceil(own.size / 1024)} kB</span></span>
      <button type="button" class="button quiet" disabled=${remove.busy} onClick=${() => remove.run()}>${t("typeface.remove")}</button></p>` : null}
    <${Field} id="at-typeface" label=${t("typeface.choose")} hint=${t("typeface.hint")}><input type="file" accept=".woff2,font/woff2" disabled=${send.busy} onChange=${chosen} /><//>
    <${FormProblem} error=${send.error || remove.error} />
  </section>`;
}
