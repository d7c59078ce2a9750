/** The questions of one action. A refusal stands under them in the API's words, and what was typed stays. */
import { retryKey, settled, useAction, useDraft } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem, problemAt } from "../shared/form.js";
import { html } from "../shared/view.js";
import { knows, t } from "../shared/words.js";
import { actionName, beginning, bodyOf, isComplete, wordOf } from "./complaint_actions.js";
import { Dialog } from "./dialog.js";

/** @param {{action: any, complaint: any, me: any, onClose: () => void, onDone: (answer: any) => void, onRefused: () => void}} properties */
export function ComplaintDialog({ action, complaint, me, onClose, onDone, onRefused }) {
  const purpose = `complaint:${complaint.id}:${action.verb}`;
  const [typed, setTyped] = useDraft(purpose, beginning(action, complaint, me));
  const { busy, error, run } = useAction(async () => {
    const body = bodyOf(action, typed);
    try {
      const key = action.creates ? await retryKey(purpose, body) : undefined;
      const answer = await call("POST", `/complaints/${complaint.id}/${action.verb}`, { body, key });
      await settled(purpose);
      onDone(answer);
    } catch (refusal) {
      onRefused();
      throw refusal;
    }
  });
  const hint = `complaints.${wordOf(action)}.hint`;
  return html`<${Dialog} title=${actionName(action)} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      ${knows(hint) ? html`<p class="muted small">${t(hint)}</p>` : null}
      ${action.asked.map((/** @type {any} */ asked) => html`<${Asked} action=${action} asked=${asked} value=${typed[asked.name]} complaint=${complaint}
        error=${error} onChange=${(/** @type {any} */ value) => setTyped({ [asked.name]: value })} />`)}
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || !isComplete(action, typed)}>${actionName(action)}</button></div>
    </form>
  <//>`;
}

function Asked({ action, asked, value, complaint, error, onChange }) {
  const { name, kind, optional, longest } = asked;
  const id = `complaint-${name}`;
  const own = `complaints.ask.${wordOf(action)}.${name}`;
  const label = t(knows(own) ? own : `complaints.ask.${name}`);
  const take = (/** @type {any} */ event) => onChange(event.target.value);
  if (kind === "yes") {
    return html`<label class="check"><input type="checkbox" checked=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.checked)} />${label}</label>`;
  }
  const field = {
    words: () => html`<textarea required=${!optional} maxlength=${longest} value=${value} onInput=${take} />`,
    line: () => html`<input required=${!optional} maxlength=${longest} value=${value} onInput=${take} />`,
    day: () => html`<input type="date" required=${!optional} value=${value} onInput=${take} />`,
    choice: () => html`<select value=${value} onChange=${take}>${asked.choices(complaint).map(
      (/** @type {any} */ one) => html`<option value=${one.id} selected=${one.id === value}>${nameOf(one)}</option>`)}</select>`,
  }[/** @type {"words" | "line" | "day" | "choice"} */ (kind)];
  return html`<${Field} id=${id} label=${optional ? t("complaints.optional", { label }) : label} problem=${problemAt(error, name)}>${field()}<//>`;
}

/** @param {{word?: string, id: string, name?: string, role?: string}} choice */
function nameOf({ word, id, name, role }) {
  if (word) return knows(word) ? t(word) : id;
  return `${name} · ${t(`role.${role}`)}`;
}
