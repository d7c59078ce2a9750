/** Files of facilities, prices, doctors and rooms: sent here, checked line by line, and used when somebody says so. */
import { useAction } from "../../shared/action.js";
import { call, newKey } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { NetworkHead } from "./network.js";

const KINDS = ["facilities", "tariffs", "doctors", "rooms"];
const UNDER_WAY = ["uploaded", "applying"];
const LOOK_AGAIN_MS = 2000;

export function NetworkFiles() {
  const state = useLoaded("/provider-imports");
  useWhileUnderWay(state.value?.items, state.reload);
  return html`<div class="page stack loose"><${NetworkHead} open="files" />
    <${Send} />
    <section class="stack snug" aria-labelledby="files"><h2 id="files">${t("network.sent_files")}</h2>
      <${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
        items.length
          ? html`<ul class="panel flush" aria-label=${t("network.sent_files")}>${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Row} one=${one} /></li>`)}</ul>`
          : html`<${Empty} icon="note" text=${t("network.no_files")} />`}<//></section>
  </div>`;
}

/** Look again while something moves. @param {any[] | undefined} items @param {() => void} reload */
export function useWhileUnderWay(items, reload) {
  const moving = Boolean(items?.some((one) => UNDER_WAY.includes(one.state)));
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => document.hidden || reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [moving]);
}

function Send() {
  const [meaning, setMeaning] = useState({ kind: "facilities", network: "", valid_from: "", common: true });
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const change = (/** @type {any} */ fields) => setMeaning((before) => ({ ...before, ...fields }));
  const { busy, error, run } = useAction(async () => {
    if (!file) return;
    const form = new FormData();
    form.set("kind", meaning.kind);
    form.set("common", String(meaning.common));
    if (meaning.kind === "facilities" && meaning.network.trim()) form.set("network", meaning.network.trim());
    if (meaning.valid_from) form.set("valid_from", meaning.valid_from);
    form.set("file", file);
    const made = await call("POST", "/provider-imports", { form, key: newKey() });
    location.hash = `#/network/files/${made.id}`;
  });
  const agreed = ["facilities", "tariffs"].includes(meaning.kind);
  return html`<form class="panel stack snug" aria-label=${t("network.send")} onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <div class="tiles three">
      <${Field} id="file-kind" label=${t("network.what")}>
        <select value=${meaning.kind} onChange=${(/** @type {any} */ event) => change({ kind: event.target.value })}>
          ${KINDS.map((kind) => html`<option value=${kind} selected=${kind === meaning.kind}>${t(`network.file.${kind}`)}</option>`)}</select><//>
      <${Field} id="file-from" label=${t("network.from")} hint=${t("network.from_hint")}>
        <input type="date" value=${meaning.valid_from} onInput=${(/** @type {any} */ event) => change({ valid_from: event.target.value })} /><//>
      ${meaning.kind === "facilities" ? html`<${Field} id="file-network" label=${t("network.network")} hint=${t("network.network_hint")}>
        <input maxlength="60" value=${meaning.network} onInput=${(/** @type {any} */ event) => change({ network: event.target.value })} /><//>` : null}
    </div>
    ${agreed ? html`<label class="check"><input type="checkbox" checked=${meaning.common} onChange=${(/** @type {any} */ event) => change({ common: event.target.checked })} />${t("network.common")}</label>` : null}
    <${Field} id="file" label=${t("network.the_file")} hint=${t("network.file_hint")}>
      <input type="file" required accept=".csv,.xlsx,text/csv" onChange=${(/** @type {any} */ event) => setFile(event.target.files[0] || null)} /><//>
    <${FormProblem} error=${error} />
    <div class="row end-row"><button class="button" disabled=${busy || !file}>${t("network.send")}</button></div>
  </form>`;
}

function Row({ one }) {
  return html`<a class="list-row" href=${`#/network/files/${one.id}`}>
    <span class="grow"><strong>${one.filename}</strong>
      <span class="block small muted">${t(`network.file.${one.kind}`)} · ${dateTime(one.uploaded_at, language())}</span></span>
    <${State} one=${one} /><${Icon} name="next" size="20" /></a>`;
}

/** @type {Record<string, string>} */
const COLOURS = { applied: "good", checked: "warn", refused: "bad" };

export function State({ one }) {
  return html`<span class=${`badge ${COLOURS[one.state] || ""}`}>${t(`network.state.${one.state}`)}</span>`;
}
