/** Links with which somebody without a sign-in looks at the draft: made, copied once, ended. */
import { useAction } from "../../shared/action.js";
import { call, newKey } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const DAYS = [1, 3, 7, 14, 30];

export function Links({ studio }) {
  const state = useLoaded("/studio/previews");
  const [days, setDays] = useState(7);
  const [made, setMade] = useState(/** @type {any} */ (null));
  const { busy, error, run } = useAction(async () => {
    await studio.keeping.flush();
    setMade(await call("POST", "/studio/previews", { body: { days }, key: newKey() }));
    state.reload();
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  const ended = (/** @type {string} */ id) => {
    if (made?.id === id) setMade(null);
    state.reload();
  };
  return html`<div class="page stack loose"><div class="stack tight"><h1>${t("links.title")}</h1><p class="muted">${t("links.text")}</p></div>
    <form class="panel stack" onSubmit=${submit}><div class="row wrap span-choice"><${Field} id="days" label=${t("links.days")}><select value=${days} onChange=${(/** @type {any} */ event) => setDays(Number(event.target.value))}>
        ${DAYS.map((one) => html`<option value=${one} selected=${one === days}>${t(one === 1 ? "links.one_day" : "links.some_days", { count: one })}</option>`)}</select><//>
      <button class="button" disabled=${busy}>${t("links.make")}</button></div><${FormProblem} error=${error} />
      ${made ? html`<${Made} made=${made} />` : null}</form>
    <section class="stack snug" aria-labelledby="links-title"><h2 id="links-title">${t("links.open")}</h2>
      <${Loaded} state=${state}>${(/** @type {any} */ { items }) => {
        const shared = items.filter((/** @type {any} */ one) => !one.live);
        return shared.length ? html`<ul class="panel flush">${shared.map((/** @type {any} */ one) => html`<${Link} key=${one.id} one=${one} onEnded=${() => ended(one.id)} />`)}</ul>` : html`<p class="panel muted">${t("links.none")}</p>`;
      }}<//></section></div>`;
}

/** Shown once: the server keeps only a digest of it. */
function Made({ made }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(made.url).catch(() => {
      /** @type {HTMLInputElement} */ (document.getElementById("made-link")).select();
      document.execCommand("copy");
    });
    setCopied(true);
  };
  return html`<div class="stack tight"><${Field} id="made-link" label=${t("links.made")} hint=${t("links.once", { day: dateTime(made.expires_at, language()) })}><input readonly value=${made.url} onFocus=${(/** @type {any} */ event) => event.target.select()} /><//>
    <div class="row wrap"><button type="button" class="button quiet" onClick=${copy}><${Icon} name=${copied ? "check" : "note"} size="18" />${t(copied ? "links.copied" : "links.copy")}</button>
      <a class="button plain" href=${made.url} target="_blank" rel="noopener">${t("links.look")}</a></div></div>`;
}

function Link({ one, onEnded }) {
  const { busy, error, run } = useAction(async () => {
    await call("DELETE", `/studio/previews/${one.id}`);
    onEnded();
  });
  const until = dateTime(one.expires_at, language());
  return html`<li class="list-row wrap-narrow"><${Icon} name="eye" size="20" /><span class="grow"><strong class="block">${t("links.until", { day: until })}</strong>
      <span class="muted small">${one.created_by || t("somebody")} · ${dateTime(one.created_at, language())}</span>${error ? html`<${FormProblem} error=${error} />` : null}</span>
    <button class="button danger" disabled=${busy} aria-label=${t("links.revoke_one", { day: until })} onClick=${() => run()}>${t("links.revoke")}</button></li>`;
}
