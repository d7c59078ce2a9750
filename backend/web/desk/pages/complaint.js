/** One complaint at work: what was said, the clocks, what can be done, every step, its dossiers. */
import { call } from "../../shared/api.js";
import { Icon } from "../../shared/icons.js";
import { Problem } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { actionName, offered } from "../complaint_actions.js";
import { ComplaintDialog } from "../complaint_dialog.js";
import { Dossiers } from "../complaint_dossiers.js";
import { Answer, Clocks, Handling, Said } from "../complaint_facts.js";
import { Steps } from "../complaint_steps.js";

/** @param {{context: any, complaintId?: string}} properties */
export function Complaint({ context, complaintId }) {
  return html`<${Open} key=${complaintId} me=${context.me} id=${complaintId} />`;
}

/** @param {string} id */
function useComplaint(id) {
  const [state, setState] = useState(/** @type {{complaint?: any, error?: any}} */ ({}));
  const load = () => call("GET", `/complaints/${id}`).then((complaint) => setState({ complaint })).catch((error) => setState((before) => ({ ...before, error })));
  useEffect(() => void load(), [id]);
  return { ...state, load, set: (/** @type {any} */ complaint) => setState({ complaint }) };
}

function Open({ me, id }) {
  const { complaint, error, load, set } = useComplaint(id);
  const back = html`<a class="button plain" href="#/complaints"><${Icon} name="back" size="18" />${t("complaints.back")}</a>`;
  if (!complaint) {
    return html`<div class="page stack"><div>${back}</div>${error
      ? html`<${Problem} error=${error} retry=${load} />`
      : html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`}</div>`;
  }
  return html`<div class="page stack">
    <div class="row wrap">${back}<h1 class="figures">${t("complaints.title", { number: complaint.number })}</h1></div>
    <div class="complaint">
      <div class="stack snug complaint-main"><${Said} complaint=${complaint} me=${me} /><${Answer} complaint=${complaint} /></div>
      <div class="stack snug complaint-side"><${Clocks} complaint=${complaint} /><${Actions} complaint=${complaint} me=${me} onChange=${set} onRefused=${load} /><${Handling} complaint=${complaint} me=${me} /></div>
      <div class="stack snug complaint-main"><${Steps} complaint=${complaint} /><${Dossiers} complaint=${complaint} me=${me} /></div>
    </div>
  </div>`;
}

function Actions({ complaint, me, onChange, onRefused }) {
  const [asking, setAsking] = useState(/** @type {any} */ (null));
  const [done, setDone] = useState("");
  const finish = (/** @type {any} */ answer) => {
    setDone(t("complaints.done", { action: actionName(asking) }));
    setAsking(null);
    onChange(answer);
  };
  const [first, ...others] = offered(complaint);
  return html`<section class="panel stack snug" aria-labelledby="actions-title"><h2 id="actions-title">${t("complaints.actions")}</h2>
    <button class="button wide" onClick=${() => setAsking(first)}>${actionName(first)}</button>
    <div class="complaint-actions">${others.map((action) => html`<button class="button quiet" key=${action.verb} onClick=${() => setAsking(action)}>${actionName(action)}</button>`)}</div>
    <p class="small complaint-done" role="status">${done}</p>
    ${asking ? html`<${ComplaintDialog} key=${asking.verb} action=${asking} complaint=${complaint} me=${me} onClose=${() => setAsking(null)} onDone=${finish} onRefused=${onRefused} />` : null}
  </section>`;
}
