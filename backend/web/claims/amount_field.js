/** An amount that somebody types: grouped as the reader's language writes it, handed on in minor units. */
import { minorUnits, typed } from "../shared/amount.js";
import { Field } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

/** @param {{id: string, label: string, minor: number | null | undefined, currency: string, disabled?: boolean, onChange: (minor: number | null) => void}} properties */
export function AmountField({ id, label, minor, currency, disabled, onChange }) {
  const [text, setText] = useState(minor === null || minor === undefined ? "" : typed(minor, currency, language()));
  const read = (/** @type {string} */ words) => (words.trim() === "0" ? 0 : minorUnits(words, currency));
  const wrong = text.trim() !== "" && read(text) === null;
  return html`<${Field} id=${id} label=${label} problem=${wrong ? t("amount.unreadable") : null}>
    <input inputmode="decimal" autocomplete="off" disabled=${disabled} value=${text} onInput=${(/** @type {any} */ event) => {
      setText(event.target.value);
      onChange(read(event.target.value));
    }} /><//>`;
}
