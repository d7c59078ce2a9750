/** Photos and PDFs of a claim: camera or gallery, one upload each, a retry where the network broke, a live checklist. */
import { call, newKey } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { knows, t } from "../shared/words.js";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf";

/** @typedef {{key: string, file: File, preview: string | null, state: "sending" | "failed" | "sent", text: string, problems: string[]}} Shot */

export function ClaimPhotos({ claim, needed, onChanged, onNext }) {
  const attached = new Set(claim.documents.map((document) => document.requirement));
  const firstMissing = needed.documents.find((document) => document.required && !attached.has(document.code)) || needed.documents[0];
  const [requirement, setRequirement] = useState(firstMissing.code);
  const [shots, setShots] = useState(/** @type {Shot[]} */ ([]));

  /** @param {string} key @param {Partial<Shot>} change */
  const update = (key, change) => setShots((all) => all.map((shot) => (shot.key === key ? { ...shot, ...change } : shot)));

  /** @param {Shot} shot @param {string} code */
  const send = async (shot, code) => {
    update(shot.key, { state: "sending", text: "" });
    try {
      const form = new FormData();
      form.append("file", shot.file, shot.file.name);
      const document = await call("POST", "/documents", { form, key: shot.key });
      await call("POST", `/claims/${claim.id}/documents`, {
        body: { document_id: document.id, requirement: code },
        key: `${shot.key}:${code}`,
      });
      update(shot.key, { state: "sent", problems: document.quality?.problems || [] });
      await onChanged();
    } catch (error) {
      update(shot.key, { state: "failed", text: problemText(error) });
    }
  };

  const add = (/** @type {any} */ event) => {
    const files = [...event.target.files];
    event.target.value = "";
    for (const file of files) {
      const preview = file.type.startsWith("image/") && !/hei[cf]/.test(file.type) ? URL.createObjectURL(file) : null;
      const shot = /** @type {Shot} */ ({ key: newKey(), file, preview, state: "sending", text: "", problems: [] });
      setShots((all) => [...all, shot]);
      send(shot, requirement);
    }
  };

  const complete = needed.documents.every((document) => !document.required || satisfied(document, attached));
  return html`<div class="stack">
    <${Checklist} needed=${needed} attached=${attached} chosen=${requirement} onChoose=${setRequirement} />
    <div class="row">
      <label class="button grow"><${Icon} name="camera" size="20" />${t("claim.camera")}
        <input class="visually-hidden" type="file" accept="image/*" capture="environment" onChange=${add} /></label>
      <label class="button quiet grow"><${Icon} name="picture" size="20" />${t("claim.gallery")}
        <input class="visually-hidden" type="file" accept=${ACCEPTED} multiple data-role="gallery" onChange=${add} /></label>
    </div>
    ${shots.length ? html`<div class="shots">${shots.map((shot) => html`<${Photo} shot=${shot} onRetry=${() => send(shot, requirement)} />`)}</div>` : null}
    ${shots.filter((shot) => shot.problems.length).map((shot) => html`<p class="notice warn"><${Icon} name="alert" size="20" />
      ${shot.problems.map((problem) => (knows(`quality.${problem}`) ? t(`quality.${problem}`) : problem)).join(" ")}</p>`)}
    <button class="button wide" disabled=${!claim.documents.length} onClick=${onNext}>${t("next")}</button>
    ${complete ? null : html`<p class="muted small" style="text-align:center">${t("claim.still_missing")}</p>`}
  </div>`;
}

/** @param {any} document @param {Set<string>} attached */
export function satisfied(document, attached) {
  return attached.has(document.code) || (document.alternatives || []).some((/** @type {any} */ other) => attached.has(other.code || other));
}

function Checklist({ needed, attached, chosen, onChoose }) {
  return html`<fieldset class="choices" style="border:0;padding:0;margin:0">
    <legend class="muted small" style="padding:0 0 8px">${t("claim.which_document")}</legend>
    ${needed.documents.map(
      (document) => html`<label class="choice">
        <input type="radio" name="requirement" value=${document.code} checked=${chosen === document.code} onChange=${() => onChoose(document.code)} />
        <span class="grow" style="flex:1"><strong>${document.name}</strong>${document.note ? html`<br /><span class="muted small">${document.note}</span>` : null}</span>
        ${satisfied(document, attached)
          ? html`<span class="badge good"><${Icon} name="check" size="14" />${t("claim.there")}</span>`
          : document.required ? html`<span class="badge warn">${t("claim.needed")}</span>` : html`<span class="badge">${t("claim.if_any")}</span>`}
      </label>`,
    )}
  </fieldset>`;
}

function Photo({ shot, onRetry }) {
  const tone = shot.state === "failed" || shot.problems.length ? "bad" : shot.state === "sent" ? "good" : "";
  return html`<div class=${`shot ${tone}`} title=${shot.text}>
    ${shot.preview ? html`<img src=${shot.preview} alt=${shot.file.name} />` : html`<span>${shot.file.name}</span>`}
    ${shot.state === "failed"
      ? html`<button class="state" style="border:0;min-height:40px;width:100%" onClick=${onRetry}>${t("retry")}</button>`
      : html`<span class="state" role="status">${t(`upload.${shot.state}`)}</span>`}
  </div>`;
}
