/** Providers that bill unlike their peers: what was found with its figures, and setting it aside with a reason. */
import { Dialog } from "../../desk/dialog.js";
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { date } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const MOST_DAYS = 366;

export function Providers({ context }) {
  const state = useLoaded("/provider-patterns");
  const [asking, setAsking] = useState(/** @type {any} */ (null));
  const [done, setDone] = useState("");
  const finish = () => {
    setAsking(null);
    setDone(t("patterns.done"));
    state.reload();
  };
  return html`<div class="page stack">
    <h1>${t("patterns.title")}</h1><p class="muted">${t("patterns.text")}</p>
    <p role="status" class="small">${done}</p>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => value.items.length
      ? html`<ul class="panel flush" aria-label=${t("patterns.title")}>${value.items.map((/** @type {any} */ one) => html`<li key=${one.provider.id + one.reason}><${Pattern} pattern=${one} onAside=${() => setAsking(one)} /></li>`)}</ul>`
      : html`<${Empty} icon="flag" text=${t("patterns.none")} />`}<//>
    ${asking ? html`<${Aside} pattern=${asking} onClose=${() => setAsking(null)} onDone=${finish} />` : null}
  </div>`;
}

function Pattern({ pattern, onAside }) {
  const { provider, rest } = pattern;
  return html`<div class="list-row case-row queue-row">
    <span class="grow"><strong>${provider.name}</strong> <span class="muted">${t(`pattern.${pattern.reason}`)}</span>
      <span class="block">${pattern.sentence}</span>
      <span class="block small muted">${t("patterns.since", { first: date(pattern.first_seen_on, language()), last: date(pattern.seen_on, language()) })}</span>
      ${rest ? html`<span class="block small said">${t("patterns.rests", { date: date(rest.until, language()), name: rest.by || "–" })} ${rest.note}</span>` : null}</span>
    <span class="end"><button class="button quiet" onClick=${onAside} aria-label=${t("patterns.aside_of", { name: provider.name })}>${t("patterns.aside")}</button></span>
  </div>`;
}

/** @param {number} days */
function inDays(days) {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

function Aside({ pattern, onClose, onDone }) {
  const [until, setUntil] = useState(inDays(USUAL_DAYS));
  const [text, setText] = useState("");
  const { busy, error, run } = useAction(async () => {
    const body = { reason: pattern.reason, until, note: text.trim() };
    const purpose = `aside:${pattern.provider.id}`;
    await call("POST", `/provider-patterns/${pattern.provider.id}/rest`, { body, key: await retryKey(purpose, body) });
    await settled(purpose);
    onDone();
  });
  return html`<${Dialog} title=${t("patterns.aside")} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <p><strong>${pattern.provider.name}</strong></p><p>${pattern.sentence}</p><p class="muted">${t("patterns.aside.text")}</p>
      <${Field} id="rest-until" label=${t("patterns.until")}><input type="date" required min=${inDays(0)} max=${inDays(MOST_DAYS)} value=${until} onInput=${(/** @type {any} */ event) => setUntil(event.target.value)} /><//>
      <${Field} id="rest-note" label=${t("patterns.note")}><textarea required maxlength="500" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || text.trim().length < 3}>${t("patterns.aside")}</button></div>
    </form>
  <//>`;
}
