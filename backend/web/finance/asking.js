/** A question in front of the page that is answered with a form. */
import { useAction } from "../shared/action.js";
import { Dialog } from "../desk/dialog.js";
import { FormProblem } from "../shared/form.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{title: string, text?: string, act: string, danger?: boolean, ready?: boolean, onAct: () => Promise<any>, onClose: () => void, children?: any}} properties */
export function Asking({ title, text, act, danger, ready = true, onAct, onClose, children }) {
  const { busy, error, run } = useAction(async () => {
    await onAct();
    onClose();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<${Dialog} title=${title} onClose=${onClose}><form class="stack" onSubmit=${submit}>
    ${text ? html`<p class="muted">${text}</p>` : null}
    ${children}
    <${FormProblem} error=${error} />
    <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
      <button class=${danger ? "button danger" : "button"} disabled=${busy || !ready}>${act}</button></div>
  </form><//>`;
}
