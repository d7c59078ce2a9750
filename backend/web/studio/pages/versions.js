/** Every version of the brand: what is in force, what was, a way back, and files that can live in git. */
import { useAction } from "../../shared/action.js";
import { call, newKey } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { Field, FormProblem } from "../../shared/form.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Problem } from "../../shared/loading.js";
import { usePages } from "../../shared/paging.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Asking } from "../asking.js";

export function Versions({ studio }) {
  const list = usePages("/studio/versions?limit=20");
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const again = async () => {
    const { draft } = await call("GET", "/studio/brand");
    await studio.keeping.replace(draft);
    studio.reloadBrand();
    list.again();
  };
  return html`<div class="page stack loose"><div class="stack tight"><h1>${t("versions.title")}</h1><p class="muted">${t("versions.text")}</p></div>
    ${list.error ? html`<${Problem} error=${list.error} retry=${list.again} />` : null}
    ${list.items && !list.items.length ? html`<${Empty} icon="clock" text=${t("versions.none")} />` : null}
    ${list.items?.length ? html`<ul class="panel flush">${list.items.map((one) => html`<${Version} key=${one.id} one=${one} slug=${studio.client.slug} onRestore=${() => setAsked(one)} />`)}</ul>` : null}
    ${list.more ? html`<button class="button quiet wide" onClick=${list.more}>${t("more")}</button>` : null}
    <${Import} studio=${studio} />
    <${Discard} studio=${studio} onDone=${again} />
    ${asked ? html`<${Restore} one=${asked} onDone=${again} onClose=${() => setAsked(null)} />` : null}</div>`;
}

const TONE = { published: "good", draft: "warn", archived: "" };

function Version({ one, slug, onRestore }) {
  const { busy, error, run } = useAction(async () => save(await call("GET", `/studio/versions/${one.id}/export`), `${slug}-${one.number}.zip`));
  const who = one.published_by || one.created_by || t("somebody");
  return html`<li class="list-row wrap-narrow"><span class="position figures">${one.number}</span>
    <span class="grow"><span class="row wrap version-head"><strong>${one.note || t("versions.no_note")}</strong><span class=${`badge ${/** @type {Record<string, string>} */ (TONE)[one.state]}`}>${t(`versions.${one.state}`)}</span></span>
      <span class="muted small block">${who} · ${dateTime(one.published_at || one.created_at, language())}</span>
      ${error ? html`<${FormProblem} error=${error} />` : null}</span>
    <span class="row end"><button class="button plain" disabled=${busy} aria-label=${t("versions.export_one", { number: one.number })} onClick=${() => run()}><${Icon} name="download" size="18" />${t("versions.export")}</button>
      ${one.state === "archived" ? html`<button class="button quiet" aria-label=${t("versions.restore_one", { number: one.number })} onClick=${onRestore}>${t("versions.restore")}</button>` : null}</span></li>`;
}

function Restore({ one, onDone, onClose }) {
  const restore = async () => {
    await call("POST", `/studio/versions/${one.id}/restore`);
    await call("DELETE", "/studio/draft");
    await onDone();
  };
  return html`<${Asking} title=${t("versions.restore_sure", { number: one.number })} text=${t("versions.restore_text", { number: one.number })} act=${t("versions.restore")} onAct=${restore} onClose=${onClose} />`;
}

/** A package of an export, or from git, becomes the draft. */
function Import({ studio }) {
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const take = () => studio.keeping.through(() => {
    const form = new FormData();
    form.append("file", /** @type {File} */ (file));
    return call("POST", "/studio/import", { form, key: newKey() });
  }).then(() => {
    location.hash = "#/";
  });
  const chosen = (/** @type {any} */ event) => {
    setFile(event.target.files[0] || null);
    event.target.value = "";
  };
  return html`<section class="panel stack"><h2>${t("import.title")}</h2>
    <${Field} id="import" label=${t("import.file")} hint=${t("import.hint")}><input type="file" accept=".zip,application/zip" onChange=${chosen} /><//>
    ${file ? html`<${Asking} title=${t("import.sure")} text=${t("import.sure_text", { name: file.name })} act=${t("import.do")} onAct=${take} onClose=${() => setFile(null)} />` : null}</section>`;
}

function Discard({ studio, onDone }) {
  const [sure, setSure] = useState(false);
  const discard = async () => {
    await studio.keeping.flush();
    await call("DELETE", "/studio/draft");
    await onDone();
  };
  return html`<section class="panel stack"><h2>${t("discard.title")}</h2><p class="muted">${t("discard.text")}</p>
    <div><button class="button danger" onClick=${() => setSure(true)}>${t("discard.do")}</button></div>
    ${sure ? html`<${Asking} title=${t("discard.sure")} text=${t("discard.sure_text")} act=${t("discard.do")} danger onAct=${discard} onClose=${() => setSure(false)} />` : null}</section>`;
}
