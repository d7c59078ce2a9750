/** A claim that was made without network: its photos, and how far it is on its way. */
import { useAction } from "../shared/action.js";
import { date, money } from "../shared/format.js";
import { FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { Loaded } from "../shared/loading.js";
import { newKey } from "../shared/api.js";
import { html, useEffect, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { checklistKey, checklistPath } from "./checklists.js";
import { Progress } from "./claim_files.js";
import { Checklist, missingOf, nameOf } from "./claim_photos.js";
import { useKept } from "./kept_answer.js";
import { discard, follow, goOnByHand, handOver, progress, store, unsentOf, unsents } from "./outbox.js";
import { PhotoInputs } from "./photo_inputs.js";
import { previewOf } from "./uploads.js";

/** @param {() => Promise<any>} read @param {any[]} watch */
function useOutbox(read, watch) {
  const [value, setValue] = useState(/** @type {any} */ (undefined));
  useEffect(() => {
    let current = true;
    const again = () => read().then((found) => current && setValue(found ?? null));
    again();
    const stop = follow(again);
    return () => {
      current = false;
      stop();
    };
  }, watch);
  return value;
}

/** Those of the chosen person that have not arrived yet. */
export function UnsentClaims({ context }) {
  const found = useOutbox(unsents, []);
  const own = (found || []).filter((/** @type {any} */ unsent) => unsent.body.member_id === context.memberId);
  if (!own.length) return null;
  return html`<section class="panel flush" aria-label=${t("unsent.title")}>
    ${own.map((/** @type {any} */ unsent) => html`<a class="list-row" href=${`#/claims/new/${unsent.id}`}>
      <span class="disc"><${Icon} name="send" size="22" /></span>
      <span class="grow"><strong class="clip">${unsent.facts.provider_name}</strong>
        <span class="muted small clip">${date(unsent.body.visit_on, language(), "short")} · ${t(`group.${unsent.body.benefit}`)}</span></span>
      <span class=${`badge ${unsent.state === "refused" ? "bad" : "warn"}`}>${t(`unsent.state.${unsent.state}`)}</span></a>`)}
  </section>`;
}

/** @param {{context: any, id: string}} properties */
export function UnsentClaim({ context, id }) {
  const unsent = useOutbox(() => unsentOf(id), [id]);
  useEffect(() => {
    if (unsent === null) location.replace("#/claims");
    if (unsent?.sentAs) discard(id).then(() => location.replace(`#/claims/${unsent.sentAs}`));
  }, [unsent]);
  if (!unsent || unsent.sentAs) return null;
  const person = context.me.members.find((/** @type {any} */ { id: member }) => member === unsent.body.member_id);
  return html`<div class="stack">
    <section class="panel stack tight">
      <p class="muted small">${person?.name || ""} · ${t(`group.${unsent.body.benefit}`)}</p>
      ${unsent.body.claimed ? html`<p class="figure">${money(unsent.body.claimed, language())}</p>` : null}
      <p>${unsent.facts.provider_name}</p>
      <p class="muted small">${date(unsent.body.visit_on, language())}</p>
    </section>
    ${unsent.state === "draft" ? html`<${Making} unsent=${unsent} />` : html`<${Going} unsent=${unsent} />`}
  </div>`;
}

/** Photos are added; nothing is sent before the person says so. */
function Making({ unsent }) {
  const needed = useKept(checklistKey(unsent.body.member_id, unsent.body.benefit), checklistPath(unsent.body.member_id, unsent.body.benefit));
  return html`<p class="notice"><${Icon} name="alert" size="20" /><span>${t("unsent.draft")}</span></p>
    <${Loaded} state=${needed}>${(/** @type {any} */ value) => html`<${Photos} unsent=${unsent} needed=${value} />`}<//>`;
}

function Photos({ unsent, needed }) {
  const [chosen, setChosen] = useState("");
  const documents = unsent.pages.map((/** @type {any} */ page) => ({ requirement: page.requirement }));
  const attached = /** @type {Set<string>} */ (new Set(documents.map((/** @type {any} */ { requirement }) => requirement)));
  const asked = needed.documents.filter((/** @type {any} */ document) => !document.automatic);
  const missing = missingOf(needed, { documents });
  const requirement = chosen || (missing[0] || asked[0]).code;
  const { busy, error, run } = useAction(() => handOver(unsent));
  const add = (/** @type {File[]} */ files) =>
    store({ ...unsent, pages: [...unsent.pages, ...files.map((file) => ({ key: newKey(), file, requirement }))] });
  const remove = (/** @type {string} */ key) => store({ ...unsent, pages: unsent.pages.filter((/** @type {any} */ page) => page.key !== key) });
  return html`<div class="stack">
    <${Checklist} asked=${asked} attached=${attached} requirement=${requirement} onChoose=${setChosen} />
    <${PhotoInputs} onTaken=${add} />
    <${Pages} unsent=${unsent} needed=${needed} onRemove=${remove} />
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || !unsent.pages.length} onClick=${run}>${t("unsent.send")}</button>
    ${missing.length ? html`<p class="muted small centred">${t("claim.still_missing")}</p>` : null}
    <button class="button danger wide" onClick=${() => discard(unsent.id)}>${t("unsent.discard")}</button>
  </div>`;
}

/** Handed over: what has left, what waits, what to do when it was refused. */
function Going({ unsent }) {
  const { busy, error, run } = useAction(() => handOver(unsent));
  const refused = unsent.state === "refused";
  return html`<div class="stack" role="status">
    <p class=${`notice ${refused ? "bad" : "warn"}`}><${Icon} name=${refused ? "alert" : "clock"} size="20" />
      <span>${refused ? unsent.problem || t("error.unknown") : t(`unsent.text.${unsent.state}`)}</span></p>
    <${Pages} unsent=${unsent} />
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy} onClick=${run}>${t("unsent.try_now")}</button>
    ${refused ? html`<button class="button quiet wide" onClick=${() => goOnByHand(unsent)}>${t("unsent.by_hand")}</button>` : null}
    ${unsent.state === "ready" && !unsent.claim
      ? html`<button class="button plain wide" onClick=${() => store({ ...unsent, state: "draft" })}>${t("unsent.change")}</button>`
      : null}
  </div>`;
}

/** @param {{unsent: any, needed?: any, onRemove?: (key: string) => void}} properties */
function Pages({ unsent, needed, onRemove }) {
  if (!unsent.pages.length) return null;
  return html`<ul class="shots" aria-label=${t("claim.documents")}>
    ${unsent.pages.map((/** @type {any} */ page) => html`<${Tile} key=${page.key} page=${page} name=${needed ? nameOf(needed, page.requirement) : page.file.name} onRemove=${onRemove} />`)}
  </ul>`;
}

function Tile({ page, name, onRemove }) {
  const [preview] = useState(() => previewOf(page.file));
  useEffect(() => () => void (preview && URL.revokeObjectURL(preview)), []);
  const share = progress.get(page.key);
  return html`<li class=${page.attached ? "shot good" : "shot"}>
    ${preview ? html`<img src=${preview} alt="" />` : html`<span class="name">${page.file.name}</span>`}
    ${share !== undefined && !page.attached
      ? html`<${Progress} share=${share} name=${page.file.name} />`
      : html`<span class="state"><span class="two-lines">${page.attached ? t("claim.there") : name}</span></span>`}
    ${onRemove
      ? html`<button class="remove" aria-label=${t("upload.discard", { name: page.file.name })} onClick=${() => onRemove(page.key)}><${Icon} name="close" size="18" /></button>`
      : null}
  </li>`;
}
