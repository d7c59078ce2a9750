/** A field with its label, hint and what is wrong with it, tied together for screen readers. */
import { Icon } from "./icons.js";
import { problemText } from "./loading.js";
import { cloneElement, html, useEffect } from "./view.js";
import { t } from "./words.js";

/** @param {{id: string, label: string, hint?: any, problem?: string | null | false, children?: any}} properties */
export function Field({ id, label, hint, problem, children }) {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${cloneElement(children, { id, "aria-invalid": problem ? "true" : undefined, "aria-describedby": described || undefined })}
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : null}
    <div role="alert">${problem ? html`<p class="problem" id=${`${id}-problem`}>${problem}</p>` : null}</div>
  </div>`;
}

/** The sentence at a field that the API refused. @param {any} error @param {string} name */
export function problemAt(error, name) {
  return error?.fields?.includes(name) ? t("error.field") : null;
}

/** What is wrong with the whole form; the first refused field gets the focus. @param {{error: any}} properties */
export function FormProblem({ error }) {
  useEffect(() => {
    if (error) /** @type {HTMLElement | null} */ (document.querySelector('main [aria-invalid="true"]'))?.focus();
  }, [error]);
  if (!error) return null;
  return html`<p class="notice bad" role="alert"><${Icon} name="alert" size="20" /><span>${problemText(error)}</span></p>`;
}
