/** The tiles of a claim's files: on their way, or arrived. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { previewOf } from "./uploads.js";

/** How far a file has left. @param {{share: number, name: string}} properties */
export function Progress({ share, name }) {
  const percent = Math.round(100 * share);
  return html`<span class="state"><progress max="100" value=${percent} aria-label=${t("upload.progress", { name })}></progress>${percent} %</span>`;
}

export function OnItsWay({ upload, onRetry, onDiscard }) {
  const [preview, setPreview] = useState(() => previewOf(upload.file));
  const failed = upload.state === "failed";
  return html`<li class=${failed ? "shot bad" : "shot"} title=${upload.text}>
    ${preview ? html`<img src=${preview} alt="" onError=${() => setPreview(null)} />` : html`<span class="name">${upload.file.name}</span>`}
    ${failed
      ? html`<button class="state" onClick=${onRetry}>${t("retry")}<span class="visually-hidden"> ${upload.file.name}</span></button>
          <button class="remove" aria-label=${t("upload.discard", { name: upload.file.name })} onClick=${onDiscard}><${Icon} name="close" size="18" /></button>`
      : upload.state === "sending" && upload.share > 0
        ? html`<${Progress} share=${upload.share} name=${upload.file.name} />`
        : html`<span class="state" role="status">${t(`upload.${upload.state}`)}</span>`}
  </li>`;
}

export function Arrived({ claim, document, name, preview, onClaim }) {
  const mine = ["draft", "returned"].includes(claim.status);
  const poor = document.quality?.problems?.length > 0;
  const { busy, run } = useAction(async () => onClaim(await call("DELETE", `/claims/${claim.id}/documents/${document.document_id}`)));
  return html`<li class=${poor ? "shot bad" : "shot good"}>
    <${Thumb} documentId=${document.document_id} name=${name} preview=${preview} />
    <span class="state"><span class="two-lines">${name}</span></span>
    ${mine && onClaim
      ? html`<button class="remove" disabled=${busy} aria-label=${t("upload.discard", { name })} onClick=${run}><${Icon} name="close" size="18" /></button>`
      : null}
  </li>`;
}

/** The first page once it was made safe to look at; until then a sheet of paper. */
export function Thumb({ documentId, name, preview }) {
  const [picture, setPicture] = useState(/** @type {string | null} */ (preview));
  useEffect(() => {
    if (preview) return undefined;
    let address = "";
    call("GET", `/documents/${documentId}/pages/1.jpg`).then(
      (page) => setPicture((address = URL.createObjectURL(page))),
      () => {},
    );
    return () => URL.revokeObjectURL(address);
  }, [documentId]);
  return picture ? html`<img src=${picture} alt=${name} />` : html`<${Icon} name="receipt" size="32" label=${name} />`;
}
