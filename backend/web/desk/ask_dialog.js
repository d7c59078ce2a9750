/** A few questions whose answers go to the API at once. A refusal stands under them, and what was typed stays. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem, problemAt } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Dialog } from "./dialog.js";

/** @typedef {{name: string, label: string, kind?: "line" | "day" | "number" | "yes" | "choice", hint?: string, optional?: boolean, start?: any, longest?: number, choices?: {value: string, name: string}[]}} Asked */

/**
 * @param {{title: string, purpose: string, path: string, method?: string, fields: Asked[], body?: (typed: any) => any, onClose: () => void, onDone: () => void}} properties
 */
export function AskDialog({ title, purpose, path, method = "POST", fields, body = (typed) => typed, onClose, onDone }) {
  const [typed, setTyped] = useState(/** @type {Record<string, any>} */ (Object.fromEntries(fields.map((one) => [one.name, one.start ?? (one.kind === "yes" ? false : "")]))));
  const { busy, error, run } = useAction(async () => {
    const sent = body(withoutNothing(typed, fields));
    await call(method, path, { body: sent, key: method === "POST" ? await retryKey(purpose, sent) : undefined });
    await settled(purpose);
    onDone();
    onClose();
  });
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      ${fields.map((one) => html`<${Question} key=${one.name} one=${one} value=${typed[one.name]} error=${error} onChange=${(/** @type {any} */ value) => setTyped((before) => ({ ...before, [one.name]: value }))} />`)}
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy}>${title}</button></div>
    </form>
  <//>`;
}

/** What was left empty is nothing. @param {Record<string, any>} typed @param {Asked[]} fields */
function withoutNothing(typed, fields) {
  return Object.fromEntries(fields.map((one) => [one.name, typed[one.name] === "" ? null : typed[one.name]]));
}

function Question({ one, value, error, onChange }) {
  const take = (/** @type {any} */ event) => onChange(event.target.value);
  if (one.kind === "yes") {
    return html`<label class="check"><input type="checkbox" checked=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.checked)} />${one.label}</label>`;
  }
  const field = {
    line: () => html`<input required=${!one.optional} maxlength=${one.longest || 200} value=${value} onInput=${take} />`,
    day: () => html`<input type="date" required=${!one.optional} value=${value} onInput=${take} />`,
    number: () => html`<input type="number" min="0" required=${!one.optional} value=${value} onInput=${take} />`,
    choice: () => html`<select value=${value} onChange=${take}>${one.choices.map((/** @type {any} */ each) => html`<option value=${each.value} selected=${each.value === value}>${each.name}</option>`)}</select>`,
  }[/** @type {"line" | "day" | "number" | "choice"} */ (one.kind || "line")];
  return html`<${Field} id=${`ask-${one.name}`} label=${one.label} hint=${one.hint} problem=${problemAt(error, one.name)}>${field()}<//>`;
}
