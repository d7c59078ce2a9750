/** Ending a case with what came of it. */
import { useAction, useDraft } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { drop } from "../shared/keep.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Dialog } from "./dialog.js";

export function Closing({ detail, onClose, onDone }) {
  const purpose = `close:${detail.id}`;
  const [end, setEnd] = useDraft(purpose, { outcome: "", follow_up: "" });
  const { busy, error, run } = useAction(async () => {
    const answer = await call("POST", `/cases/${detail.id}/close`, { body: end.follow_up.trim() ? end : { outcome: end.outcome } });
    await drop(`draft:${purpose}`);
    onDone(answer);
  });
  return html`<${Dialog} title=${t("closing.title")} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <${Field} id="outcome" label=${t("closing.outcome")} hint=${t("closing.hint")}>
        <textarea required maxlength="4000" value=${end.outcome} onInput=${(/** @type {any} */ event) => setEnd({ ...end, outcome: event.target.value })} /><//>
      <${Field} id="follow-up" label=${t("closing.follow_up")} hint=${t("closing.follow_up_hint")}>
        <input maxlength="500" value=${end.follow_up} onInput=${(/** @type {any} */ event) => setEnd({ ...end, follow_up: event.target.value })} /><//>
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || !end.outcome.trim()}>${t("closing.do")}</button></div>
    </form>
  <//>`;
}
