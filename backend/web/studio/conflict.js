/** Two people changed the same thing: both values side by side, and one of them is chosen for each. */
import { Dialog } from "../desk/dialog.js";
import { time } from "../shared/format.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { labelOf } from "./naming.js";

export function Conflict({ studio }) {
  const { by, at, clashes } = studio.conflict;
  const [mine, setMine] = useState(/** @type {string[]} */ ([]));
  const keyOf = (/** @type {any} */ one) => one.path.join(".");
  const choose = (/** @type {string} */ key, /** @type {boolean} */ own) => setMine(own ? [...mine, key] : mine.filter((one) => one !== key));
  const settle = () => studio.keeping.settle(clashes.filter((/** @type {any} */ one) => mine.includes(keyOf(one))));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    settle();
  };
  return html`<${Dialog} title=${t("conflict.title")} onClose=${settle}><form class="stack" onSubmit=${submit}>
    <p>${t(at ? "conflict.text" : "conflict.text_earlier", { name: by || t("somebody"), time: at ? time(at, language()) : "" })}</p>
    ${clashes.map((/** @type {any} */ one) => {
      const key = keyOf(one);
      return html`<fieldset class="choices" key=${key}><legend>${labelOf(one.path, studio.form.languages)}</legend>
        <${Side} name=${key} label=${t("conflict.theirs", { name: by || t("somebody") })} value=${one.theirs} checked=${!mine.includes(key)} onChoose=${() => choose(key, false)} />
        <${Side} name=${key} label=${t("conflict.mine")} value=${one.mine} checked=${mine.includes(key)} onChoose=${() => choose(key, true)} /></fieldset>`;
    })}
    <div class="row end-row"><button class="button">${t("conflict.do")}</button></div>
  </form><//>`;
}

function Side({ name, label, value, checked, onChoose }) {
  return html`<label><input type="radio" name=${name} checked=${checked} onChange=${onChoose} />
    <span><span class="muted small block">${label}</span><span class="said">${written(value)}</span></span></label>`;
}

/** @param {any} value */
function written(value) {
  if (value === undefined || value === "") return t("conflict.nothing");
  if (typeof value === "boolean") return t(value ? "on" : "off");
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}
