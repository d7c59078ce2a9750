/** Photos and PDFs of a claim: camera or gallery, a live checklist of what is there and what is missing. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { knows, t } from "../shared/words.js";
import { Arrived, OnItsWay } from "./claim_files.js";
import { PhotoInputs } from "./photo_inputs.js";
import { useUploads } from "./uploads.js";

/** @param {any} document @param {Set<string>} attached */
export function satisfied(document, attached) {
  return attached.has(document.code) || document.alternatives.some((/** @type {any} */ other) => attached.has(other.code));
}

/** What the member brings; papers that the platform adds itself are not asked for. @param {any} needed @param {any} claim */
export function missingOf(needed, claim) {
  const attached = new Set(claim.documents.map((/** @type {any} */ document) => document.requirement));
  return needed.documents.filter(
    (/** @type {any} */ document) => document.required && !document.automatic && !satisfied(document, attached),
  );
}

export function ClaimPhotos({ claim, needed, onClaim, onNext }) {
  const attached = new Set(claim.documents.map((/** @type {any} */ document) => document.requirement));
  const asked = needed.documents.filter((/** @type {any} */ document) => !document.automatic);
  const missing = missingOf(needed, claim);
  const [chosen, setChosen] = useState("");
  const requirement = chosen || (missing[0] || asked[0]).code;
  const files = useUploads(claim.id, onClaim);
  const circumstance = useAction(async (code, holds) => {
    const others = claim.circumstances.filter((/** @type {string} */ other) => other !== code);
    onClaim(await call("PATCH", `/claims/${claim.id}`, { body: { circumstances: holds ? [...others, code] : others } }));
  });
  return html`<div class="stack">
    ${needed.circumstances.length
      ? html`<fieldset class="choices"><legend>${t("claim.circumstances")}</legend>
          ${needed.circumstances.map(
            (/** @type {any} */ { code, question }) => html`<label class="choice">
              <input type="checkbox" checked=${claim.circumstances.includes(code)} disabled=${circumstance.busy}
                onChange=${(/** @type {any} */ event) => circumstance.run(code, event.target.checked)} /><span>${question}</span></label>`,
          )}</fieldset>`
      : null}
    <${Checklist} asked=${asked} attached=${attached} requirement=${requirement} onChoose=${setChosen} />
    <${PhotoInputs} onTaken=${(/** @type {File[]} */ taken) => files.add(taken, requirement)} />
    ${claim.documents.length || files.uploads.length
      ? html`<ul class="shots" aria-label=${t("claim.documents")}>
          ${claim.documents.map((/** @type {any} */ document) => html`<${Arrived} key=${document.document_id} claim=${claim} document=${document}
            name=${nameOf(needed, document.requirement)} preview=${files.preview(document.document_id)} onClaim=${onClaim} />`)}
          ${files.uploads.map((upload) => html`<${OnItsWay} key=${upload.key} upload=${upload} onRetry=${() => files.retry(upload)} onDiscard=${() => files.discard(upload)} />`)}
        </ul>`
      : null}
    <${Problems} claim=${claim} uploads=${files.uploads} error=${circumstance.error} />
    <button class="button wide" disabled=${!claim.documents.length || files.uploads.length > 0} onClick=${onNext}>${t("next")}</button>
    ${missing.length ? html`<p class="muted small centred">${t("claim.still_missing")}</p>` : null}
  </div>`;
}

/** What a document is called. @param {any} needed @param {string} code */
export function nameOf(needed, code) {
  const all = needed.documents.flatMap((/** @type {any} */ document) => [document, ...document.alternatives]);
  return all.find((/** @type {any} */ document) => document.code === code)?.name || code.replaceAll("_", " ");
}

/** What is needed stands open; what only some bring is one tap away. */
export function Checklist({ asked, attached, requirement, onChoose }) {
  const line = (/** @type {any} */ document) => html`<${Line} document=${document} chosen=${requirement === document.code}
    there=${satisfied(document, attached)} onChoose=${onChoose} />`;
  const first = asked.filter((/** @type {any} */ document) => document.required || satisfied(document, attached));
  const others = asked.filter((/** @type {any} */ document) => !first.includes(document));
  return html`<fieldset class="choices">
    <legend>${t("claim.which_document")}</legend>
    ${first.map(line)}
    ${others.length
      ? html`<details open=${!first.length || others.some((/** @type {any} */ { code }) => code === requirement)}>
          <summary>${t("claim.other_documents", { count: others.length })}</summary>
          <div class="choices">${others.map(line)}</div>
        </details>`
      : null}
  </fieldset>`;
}

function Line({ document, chosen, there, onChoose }) {
  return html`<label class="choice">
    <input type="radio" name="requirement" value=${document.code} checked=${chosen} onChange=${() => onChoose(document.code)} />
    <span class="grow"><strong>${document.name}</strong>
      ${chosen && document.note ? html`<span class="muted small block">${document.note}</span>` : null}</span>
    ${there
      ? html`<span class="badge good"><${Icon} name="check" size="14" />${t("claim.there")}</span>`
      : html`<span class=${document.required ? "badge warn" : "badge"}>${t(document.required ? "claim.needed" : "claim.if_any")}</span>`}
  </label>`;
}

/** What is wrong with the photos, in words beside the tiles. */
function Problems({ claim, uploads, error }) {
  const quality = claim.documents.flatMap((/** @type {any} */ document) => document.quality?.problems || []);
  const told = [...new Set(quality)].map((/** @type {string} */ problem) => (knows(`quality.${problem}`) ? t(`quality.${problem}`) : problem));
  const failed = [...new Set(uploads.filter((/** @type {any} */ upload) => upload.state === "failed").map((/** @type {any} */ upload) => upload.text))];
  return html`<div class="stack" role="status">
    ${told.map((text) => html`<p class="notice warn"><${Icon} name="alert" size="20" /><span>${text}</span></p>`)}
    ${[...failed, ...(error ? [problemText(error)] : [])].map((text) => html`<p class="notice bad"><${Icon} name="alert" size="20" /><span>${text}</span></p>`)}
  </div>`;
}
