/** Camera and gallery: a document may have several pages. */
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf";

/** @param {{onTaken: (files: File[]) => void}} properties */
export function PhotoInputs({ onTaken }) {
  const taken = (/** @type {any} */ event) => {
    const files = [...event.target.files];
    event.target.value = "";
    onTaken(files);
  };
  return html`<div class="row">
    <label class="button grow"><${Icon} name="camera" size="20" />${t("claim.camera")}
      <input class="visually-hidden" type="file" accept="image/*" capture="environment" onChange=${taken} /></label>
    <label class="button quiet grow"><${Icon} name="picture" size="20" />${t("claim.gallery")}
      <input class="visually-hidden" type="file" accept=${ACCEPTED} multiple data-role="gallery" onChange=${taken} /></label>
  </div>`;
}
