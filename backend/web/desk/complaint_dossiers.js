/** The dossiers of a complaint: asked for by reader and language, made by the worker, fetched as PDF and ZIP. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { dateTime } from "../shared/format.js";
import { Field, FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { LANGUAGES } from "./languages.js";
import { worded } from "./naming.js";

const ALL = ["member", "regulator", "ombudsman", "internal"];
/** For whom a role may have one; the API holds it. @type {Record<string, string[]>} */
const READERS = { agent: ["member"], claims: ALL, admin: ALL };
const LOOK_AGAIN_MS = 3000;

export function Dossiers({ complaint, me }) {
  const state = useLoaded(`/complaints/${complaint.id}/dossiers`);
  const waiting = state.value?.items.some((/** @type {any} */ one) => one.state === "waiting");
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(state.reload, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state.value, waiting]);
  return html`<section class="panel stack snug" aria-labelledby="dossiers-title"><h2 id="dossiers-title">${t("complaints.dossiers")}</h2>
    <${NewDossier} complaint=${complaint} readers=${READERS[me.role] || []} onDone=${state.reload} />
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="dossiers" aria-labelledby="dossiers-title">${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Dossier} complaint=${complaint} one=${one} /></li>`)}</ul>`
        : html`<p class="small muted">${t("complaints.no_dossiers")}</p>`}<//>
  </section>`;
}

function NewDossier({ complaint, readers, onDone }) {
  const [wish, setWish] = useState({ reader: readers[0], language: language() });
  const purpose = `dossier:${complaint.id}`;
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/complaints/${complaint.id}/dossiers`, { body: wish, key: await retryKey(purpose, wish) });
    await settled(purpose);
    onDone();
  });
  return html`<form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <div class="row wrap choice-row">
      <${Field} id="dossier-reader" label=${t("complaints.reader")}>
        <select value=${wish.reader} onChange=${(/** @type {any} */ event) => setWish({ ...wish, reader: event.target.value })}>
          ${readers.map((/** @type {string} */ name) => html`<option value=${name} selected=${name === wish.reader}>${t(`complaints.reader.${name}`)}</option>`)}</select><//>
      <${Field} id="dossier-language" label=${t("complaints.dossier_language")}>
        <select value=${wish.language} onChange=${(/** @type {any} */ event) => setWish({ ...wish, language: event.target.value })}>
          ${LANGUAGES.map((name) => html`<option value=${name} selected=${name === wish.language}>${worded("language", name)}</option>`)}</select><//>
      <button class="button quiet" disabled=${busy}>${t("complaints.make_dossier")}</button>
    </div>
    <${FormProblem} error=${error} />
  </form>`;
}

function Dossier({ complaint, one }) {
  const { busy, error, run } = useAction(async (/** @type {string} */ form) =>
    save(await call("GET", `/complaints/${complaint.id}/dossiers/${one.id}.${form}`), `${complaint.number}-${one.reader}-${one.language}.${form}`));
  const name = `${t(`complaints.reader.${one.reader}`)} · ${worded("language", one.language)}`;
  return html`<div class="row wrap between"><span class="grow">${name}
      <span class="block small muted">${dateTime(one.made_at || one.requested_at, language())}</span></span>
    ${one.state === "ready"
      ? html`<span class="row">${["pdf", "zip"].map((form) => html`<button class="button quiet" disabled=${busy} aria-label=${`${form.toUpperCase()}: ${name}`} onClick=${() => run(form)}>
          <${Icon} name="download" size="16" />${form.toUpperCase()}</button>`)}</span>`
      : html`<span class="badge" role="status">${t("complaints.dossier_waiting")}</span>`}</div>
    <${FormProblem} error=${error} />`;
}
