/** A number that stays masked until somebody says why they need it; the reason is recorded, and it hides itself again. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Dialog } from "./dialog.js";

const SHOWN_FOR_MS = 60_000;

export function Masked({ caseId, field, shown }) {
  const [value, setValue] = useState("");
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!value) return undefined;
    const timer = setTimeout(() => setValue(""), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [value]);
  const name = t(`person.${field}`);
  return html`<div><dt>${name}</dt><dd class="row masked">
    <span class="grow figures">${value || shown || "–"}</span>
    ${shown && !value ? html`<button class="button plain" aria-label=${t("reveal.open", { name })} onClick=${() => setAsking(true)}><${Icon} name="eye" size="18" /></button>` : null}
    ${value ? html`<button class="button plain" onClick=${() => setValue("")}>${t("reveal.hide")}</button>` : null}
    ${asking ? html`<${Why} caseId=${caseId} field=${field} name=${name} onClose=${() => setAsking(false)} onValue=${(/** @type {string} */ found) => { setAsking(false); setValue(found); }} />` : null}
  </dd></div>`;
}

function Why({ caseId, field, name, onClose, onValue }) {
  const [why, setWhy] = useState("");
  const { busy, error, run } = useAction(async () => {
    const { value } = await call("POST", `/cases/${caseId}/member/reveal`, { body: { field, why } });
    onValue(value);
  });
  return html`<${Dialog} title=${t("reveal.title", { name })} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <${Field} id="why" label=${t("reveal.why")} hint=${t("reveal.hint")}>
        <input required maxlength="300" autocomplete="off" value=${why} onInput=${(/** @type {any} */ event) => setWhy(event.target.value)} /><//>
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || !why.trim()}>${t("reveal.do")}</button></div>
    </form>
  <//>`;
}
