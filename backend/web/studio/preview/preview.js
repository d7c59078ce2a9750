/** What people will see and hear of the brand, beside what is written: app, card, letter, mail, WhatsApp, telephone. */
import { Icon } from "../../shared/icons.js";
import { Problem } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { languageName } from "../naming.js";
import { App } from "./app.js";
import { Mail, Sheet } from "./paper.js";
import { Voice } from "./voice.js";
import { WhatsApp } from "./whatsapp.js";

const KINDS = {
  app: { icon: "phone", show: App },
  card: { icon: "card", show: (/** @type {any} */ properties) => html`<${Sheet} what="card" ...${properties} />` },
  letter: { icon: "note", show: (/** @type {any} */ properties) => html`<${Sheet} what="letter" ...${properties} />` },
  mail: { icon: "send", show: Mail },
  whatsapp: { icon: "chat", show: WhatsApp },
  voice: { icon: "sound", show: Voice },
};

export function Preview({ studio, live }) {
  const [kind, setKind] = useState("app");
  const [scheme, setScheme] = useState(() => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  const Shown = KINDS[/** @type {keyof typeof KINDS} */ (kind)].show;
  return html`<aside class="preview" aria-label=${t("preview")}>
    <div class="preview-kinds" role="group" aria-label=${t("preview.what")}>${Object.entries(KINDS).map(([name, { icon }]) => html`<button type="button" key=${name} aria-pressed=${name === kind ? "true" : "false"} onClick=${() => setKind(name)}>
      <${Icon} name=${icon} size="18" /><span>${t(`preview.${name}`)}</span></button>`)}</div>
    <div class="row between preview-options">
      <label class="row"><span class="visually-hidden">${t("preview.language")}</span><select value=${studio.language} onChange=${(/** @type {any} */ event) => studio.setLanguage(event.target.value)}>
        ${studio.languages.map((/** @type {string} */ one) => html`<option value=${one} selected=${one === studio.language}>${languageName(one)}</option>`)}</select></label>
      ${kind === "app" ? html`<label class="check small"><input type="checkbox" role="switch" class="switch" checked=${scheme === "dark"} onChange=${(/** @type {any} */ event) => setScheme(event.target.checked ? "dark" : "light")} />${t("preview.dark")}</label>` : null}
    </div>
    <div class="preview-stage">${live?.error ? html`<${Problem} error=${live.error} />` : live
      ? html`<${Shown} studio=${studio} live=${live} scheme=${scheme} language=${studio.language} />`
      : html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`}</div>
  </aside>`;
}
