/** The client's plans, and the changes that were proposed: sent here as a file, with what is wrong in it at its place. */
import { useAction } from "../../shared/action.js";
import { call, newKey } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { Field, FormProblem } from "../../shared/form.js";
import { date } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

export function Plans({ context }) {
  const changes = useLoaded("/plan-changes");
  return html`<div class="page stack loose"><h1>${t("tab.plans")}</h1>
    <${Propose} />
    <section class="stack snug" aria-labelledby="changes"><h2 id="changes">${t("plans.changes")}</h2>
      <${Loaded} state=${changes}>${(/** @type {any} */ { items }) =>
        items.length
          ? html`<ul class="panel flush" aria-label=${t("plans.changes")}>${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Row} one=${one} /></li>`)}</ul>`
          : html`<${Empty} icon="note" text=${t("plans.none")} />`}<//></section>
    <${Current} me=${context.me} />
  </div>`;
}

function Propose() {
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const { busy, error, run } = useAction(async () => {
    if (!file) return;
    const form = new FormData();
    form.set("file", file);
    const made = await call("POST", "/plan-changes", { form, key: newKey() });
    location.hash = `#/plans/${made.id}`;
  });
  const defects = error?.errors?.defects || [];
  return html`<form class="panel stack snug" aria-labelledby="propose" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <h2 id="propose">${t("plans.propose")}</h2>
    <${Field} id="plan-file" label=${t("plans.the_file")} hint=${t("plans.propose_hint")} problem=${error ? error.message : null}>
      <input type="file" required accept=".yml,.yaml,.xlsx" onChange=${(/** @type {any} */ event) => setFile(event.target.files[0] || null)} /><//>
    ${defects.length ? html`<ul class="stack tight" aria-label=${t("plans.wrong")}>${defects.map((/** @type {any} */ one) => html`<li><code>${one.where}</code> <span class="block">${one.message}</span></li>`)}</ul>` : null}
    <div class="row end-row"><button class="button" disabled=${busy || !file}>${t("plans.send")}</button></div>
  </form>`;
}

function Row({ one }) {
  return html`<a class="list-row" href=${`#/plans/${one.id}`}>
    <span class="grow"><strong>${one.name}</strong> <span class="figures muted">${one.code}</span>
      <span class="block small muted">${t("plans.since", { from: date(one.effective_on, language(), "short") })} · ${one.filename}</span></span>
    <${State} one=${one} /><${Icon} name="next" size="20" /></a>`;
}

/** @type {Record<string, string>} */
const COLOURS = { in_force: "good", proposed: "warn" };

export function State({ one }) {
  return html`<span class=${`badge ${one.late ? "bad" : COLOURS[one.state] || ""}`}>${t(one.late ? "plans.late" : `plans.state.${one.state}`)}</span>`;
}

/** The plans as they are, for administrators as files to begin a change with. */
function Current({ me }) {
  const plans = useLoaded("/plans");
  return html`<section class="stack snug" aria-labelledby="current"><h2 id="current">${t("plans.current")}</h2>
    <${Loaded} state=${plans}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush" aria-label=${t("plans.current")}>${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Version} one=${one} mayExport=${me.role === "admin"} /></li>`)}</ul>`
        : html`<p class="muted">${t("plans.no_plans")}</p>`}<//></section>`;
}

function Version({ one, mayExport }) {
  const { busy, error, run } = useAction(async () => {
    save(await call("GET", `/plans/${one.id}/export`), `${one.code}_${one.valid_from}.yml`);
  });
  return html`<div class="list-row"><span class="grow"><strong>${one.name}</strong> <span class="figures muted">${one.code}</span>
      <span class="block small muted">${t("plans.since", { from: date(one.valid_from, language(), "short") })}</span><${FormProblem} error=${error} /></span>
    ${mayExport ? html`<button class="icon-button" disabled=${busy} aria-label=${t("plans.file", { name: `${one.name}, ${one.code}` })} onClick=${() => run()}><${Icon} name="download" size="20" /></button>` : null}</div>`;
}
