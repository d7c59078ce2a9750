/** The whole file of a complaint for whom it is about: asked for, made by the worker, then saved as PDF or ZIP. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { date, dateTime } from "../shared/format.js";
import { FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

const READER = "member";
const FIRST_LOOK_MS = 1500;
const LONGEST_PAUSE_MS = 10_000;
/** After so many looks, about a minute, the member is offered to ask again: a job that was lost starts anew. */
const PATIENT_LOOKS = 12;

/** @typedef {{id: string, reader: string, language: string, state: string, made_at: string | null, keep_until: string}} Dossier */

export function ComplaintFile({ complaint }) {
  const state = useLoaded(`/complaints/${complaint.id}/dossiers`);
  return html`<section class="panel stack" id="file" aria-labelledby="file-title">
    <div class="stack tight"><h2 id="file-title">${t("complaint.file")}</h2><p class="muted small">${t("complaint.file_text")}</p></div>
    <${Loaded} state=${state}>${(/** @type {{items: Dossier[]}} */ { items }) => html`<${File} complaint=${complaint} before=${latest(items)} />`}<//>
  </section>`;
}

/** The newest in the language that is spoken here. @param {Dossier[]} items @returns {Dossier | null} */
function latest(items) {
  return items.find((item) => item.reader === READER && item.language === language()) || null;
}

/** @param {{complaint: any, before: Dossier | null}} properties */
function File({ complaint, before }) {
  const [dossier, setDossier] = useState(before);
  const [asked, setAsked] = useState(0);
  const wanted = useRef(false);
  const place = `/complaints/${complaint.id}/dossiers`;
  const purpose = `dossier:${complaint.id}`;
  const ask = useAction(async () => {
    const body = { reader: READER, language: language() };
    setDossier(await call("POST", place, { body, key: await retryKey(purpose, body) }));
    setAsked(asked + 1);
    wanted.current = true;
    await settled(purpose);
  });
  const fetched = useAction(async (kind, id) => save(await call("GET", `${place}/${id}.${kind}`), `${complaint.number}.${kind}`));
  const making = dossier?.state === "waiting";
  const { late, trouble } = useMaking(making ? `${place}/${dossier.id}` : null, asked, (made) => {
    setDossier(made);
    if (wanted.current) fetched.run("pdf", made.id);
    wanted.current = false;
  });
  const ready = dossier?.state === "ready";
  return html`<div class="stack">
    <div role="status" class=${dossier ? "" : "visually-hidden"}>${making ? html`<${Making} late=${late} />` : ready ? html`<p class="small">${readyWords(dossier)}</p>` : null}</div>
    ${ready ? html`<${Downloads} busy=${fetched.busy} onFetch=${(/** @type {string} */ kind) => fetched.run(kind, dossier.id)} />` : null}
    <${FormProblem} error=${ask.error || fetched.error || trouble} />
    ${making && !late
      ? null
      : html`<button class=${`button wide ${dossier ? "quiet" : ""}`} disabled=${ask.busy} onClick=${() => ask.run()}>
          ${t(making ? "complaint.file_again" : ready ? "complaint.file_renew" : "complaint.file_make")}</button>`}
  </div>`;
}

/**
 * Looks at a dossier, ever more seldom, until it is ready; what goes wrong meanwhile is shown and tried again.
 * @param {string | null} path null when nothing is being made
 * @param {number} asked how often it was asked for: asked again, the patience starts anew
 * @param {(made: Dossier) => void} onReady
 */
function useMaking(path, asked, onReady) {
  const [state, setState] = useState({ late: false, trouble: /** @type {any} */ (null) });
  useEffect(() => {
    if (!path) return;
    const control = new AbortController();
    let timer = 0;
    const look = async (/** @type {number} */ looks) => {
      let trouble = null;
      try {
        const seen = await call("GET", path, { signal: control.signal });
        if (control.signal.aborted) return;
        if (seen.state === "ready") return onReady(seen);
      } catch (error) {
        if (control.signal.aborted) return;
        trouble = error;
      }
      setState({ late: looks >= PATIENT_LOOKS, trouble });
      wait(looks + 1);
    };
    const wait = (/** @type {number} */ looks) => {
      timer = setTimeout(() => look(looks), Math.min(FIRST_LOOK_MS * 1.25 ** looks, LONGEST_PAUSE_MS));
    };
    setState({ late: false, trouble: null });
    wait(0);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [path, asked]);
  return path ? state : { late: false, trouble: null };
}

/** @param {{late: boolean}} properties */
function Making({ late }) {
  return html`<p class="notice"><${Icon} name="clock" size="20" /><span>${t(late ? "complaint.file_late" : "complaint.file_making")}</span></p>`;
}

/** @param {Dossier} dossier */
function readyWords({ made_at, keep_until }) {
  return t("complaint.file_ready", { at: dateTime(made_at || "", language()), until: date(keep_until, language()) });
}

/** @param {{busy: boolean, onFetch: (kind: string) => void}} properties */
function Downloads({ busy, onFetch }) {
  return html`<div class="stack tight">
    <div class="row">
      <button class="button grow" disabled=${busy} onClick=${() => onFetch("pdf")}><${Icon} name="download" size="20" />PDF</button>
      <button class="button quiet grow" disabled=${busy} onClick=${() => onFetch("zip")}><${Icon} name="download" size="20" />ZIP</button>
    </div>
    <p class="muted small">${t("complaint.file_zip")}</p>
  </div>`;
}
