/** A question before something that is not taken back easily. */
import { useAction } from "../shared/action.js";
import { Dialog } from "../desk/dialog.js";
import { FormProblem } from "../shared/form.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{title: string, text: string, act: string, danger?: boolean, onAct: () => Promise<any>, onClose: () => void}} properties */
export function Asking({ title, text, act, danger, onAct, onClose }) {
  const { busy, error, run } = useAction(async () => {
    await onAct();
    onClose();
  });
  const defects = error?.errors?.defects;
  return html`<${Dialog} title=${title} onClose=${onClose}><p class="muted">${text}</p>
    <${FormProblem} error=${error} />
    ${Array.isArray(defects) ? html`<ul class="dots">${defects.map((one) => html`<li key=${one.message}>${one.message}</li>`)}</ul>` : null}
    <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
      <button type="button" class=${danger ? "button danger" : "button"} disabled=${busy} onClick=${() => run()}>${act}</button></div><//>`;
}
