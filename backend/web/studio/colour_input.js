/** A colour, picked from the browser's own picker or typed as `#rrggbb`; told when somebody has settled on one. */
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { isColour } from "./contrast.js";

/** @param {{id: string, label: string, value: string, optional?: boolean, small?: boolean, described?: string, onChoose: (colour: string) => void}} properties */
export function ColourInput({ id, label, value, optional, small, described, onChoose }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const clean = (/** @type {string} */ typed) => (typed.trim().startsWith("#") || !typed.trim() ? typed.trim() : `#${typed.trim()}`).toLowerCase();
  const wrong = Boolean(text) && !isColour(text);
  const type = (/** @type {any} */ event) => {
    setText(event.target.value);
    const typed = clean(event.target.value);
    if (isColour(typed) && typed !== value.toLowerCase()) onChoose(typed);
  };
  const leave = () => {
    if (!text && optional && value) onChoose("");
    else if (!isColour(clean(text))) setText(value);
  };
  return html`<div class=${small ? "colour-input small-colour" : "field colour-input"}>
    <label class=${small ? "visually-hidden" : ""} for=${id}>${label}${optional ? html` <span class="muted optional">${t("optional")}</span>` : null}</label>
    <span class="row colour-row"><input type="color" aria-label=${t("colours.pick", { name: label })} value=${isColour(text) ? text : "#808080"} onChange=${(/** @type {any} */ event) => onChoose(event.target.value)} />
      <input id=${id} class="hex figures" spellcheck=${false} autocomplete="off" maxlength="7" placeholder=${optional ? t("colours.by_itself") : "#1f5f56"} value=${text} aria-invalid=${wrong ? "true" : undefined} aria-describedby=${described} onInput=${type} onBlur=${leave} /></span>
  </div>`;
}
