/** What the gate finds, each with the place to mend one click away; and publishing with a note. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { STEPS, stepOf } from "../fields.js";
import { sentenceOf } from "../naming.js";
import { Beside, Refused } from "../saved.js";

export function Publish({ studio }) {
  const [verdict, setVerdict] = useState(/** @type {any} */ (null));
  const [published, setPublished] = useState(/** @type {any} */ (null));
  const { busy, error, run } = useAction(async () => {
    await studio.keeping.flush();
    const { publishable, defects } = await call("POST", "/studio/draft/check");
    setVerdict({ publishable, defects: defects.map((/** @type {any} */ one) => ({ ...one, message: sentenceOf(one, studio.form.languages) })) });
  });
  useEffect(() => void run(), []);
  return html`<div class="page stack loose"><div class="stack tight"><h1>${t("publish.title")}</h1><p class="muted">${t("publish.text")}</p></div>
    <${Beside} studio=${studio} /><${Refused} studio=${studio} />
    ${published ? html`<${Done} version=${published} client=${studio.client} />` : null}
    <section class="stack snug" aria-labelledby="gate-title" aria-busy=${busy ? "true" : "false"}><div class="row between wrap"><h2 id="gate-title">${t("gate.title")}</h2>
        <button class="button quiet" disabled=${busy} onClick=${() => run()}>${t("gate.again")}</button></div>
      <${FormProblem} error=${error} />
      ${busy ? html`<p class="panel row" role="status"><span class="spinner small-spinner"></span>${t("gate.working")}</p>` : verdict ? html`<${Verdict} verdict=${verdict} />` : null}</section>
    ${published ? null : html`<${Note} studio=${studio} ready=${Boolean(verdict?.publishable) && !busy} onDone=${setPublished} onRefused=${run} />`}</div>`;
}

function Verdict({ verdict }) {
  if (verdict.publishable) return html`<p class="notice good" role="status"><${Icon} name="check" size="20" /><span>${t("gate.good")}</span></p>`;
  const steps = [...STEPS, ""].map((step) => ({ step, found: verdict.defects.filter((/** @type {any} */ one) => (one.place ? stepOf(one.place) : "") === step) }));
  return html`<p class="notice warn" role="status"><${Icon} name="alert" size="20" /><span>${t("gate.found", { count: verdict.defects.length })}</span></p>
    ${steps.filter(({ found }) => found.length).map(({ step, found }) => html`<section key=${step} class="panel flush"><h3 class="group-title">${step ? t(`step.${step}`) : t("gate.elsewhere")}</h3>
      <ul>${found.map((/** @type {any} */ one) => html`<li key=${one.message} class="list-row"><span class="state bad"><${Icon} name="alert" size="18" /></span><span class="grow">${one.message}</span>
        ${step ? html`<a class="button quiet" aria-label=${t("gate.mend_one", { problem: one.message })} href=${`#/design/${step}/${one.place}`}>${t("gate.mend")}</a>` : null}</li>`)}</ul></section>`)}`;
}

function Note({ studio, ready, onDone, onRefused }) {
  const [note, setNote] = useState("");
  const { busy, error, run } = useAction(async () => {
    await studio.keeping.flush();
    try {
      onDone(await call("POST", "/studio/draft/publish", { body: { revision: studio.keeping.shown.draft.revision, ...(note.trim() ? { note: note.trim() } : {}) } }));
    } catch (refusal) {
      if (refusal.reason === "studio.not_publishable") onRefused();
      throw refusal;
    }
    const { draft } = await call("GET", "/studio/brand");
    await studio.keeping.replace(draft);
    studio.reloadBrand();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<form class="panel stack" onSubmit=${submit}><h2>${t("publish.do")}</h2>
    <${Field} id="note" label=${t("publish.note")} hint=${t("publish.note_hint")}><input maxlength="200" value=${note} onInput=${(/** @type {any} */ event) => setNote(event.target.value)} /><//>
    <${FormProblem} error=${error} />
    <div class="row wrap"><button class="button" disabled=${!ready || busy}>${t("publish.do")}</button>${ready ? null : html`<span class="muted small">${t("publish.not_yet")}</span>`}</div></form>`;
}

function Done({ version, client }) {
  return html`<div class="panel stack done" role="status"><p class="row"><span class="disc"><${Icon} name="check" /></span><strong>${t("publish.done", { number: version.number, name: client.name })}</strong></p>
    <p class="row wrap"><a class="button quiet" href=${`/c/${client.slug}/`} target="_blank" rel="noopener">${t("publish.open")}</a><a class="button quiet" href="#/versions">${t("tab.versions")}</a></p></div>`;
}
