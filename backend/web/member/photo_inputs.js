/** Camera and gallery: a document may have several pages. A photo that cannot be read is shown again before it goes. */
import { Icon } from "../shared/icons.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { prepared } from "./photo_check.js";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf";

/** @param {{onTaken: (files: File[]) => void}} properties */
export function PhotoInputs({ onTaken }) {
  const [looking, setLooking] = useState(0);
  const [doubtful, setDoubtful] = useState(/** @type {import("./photo_check.js").Prepared[]} */ ([]));
  const camera = useRef(/** @type {HTMLInputElement | null} */ (null));
  const taken = async (/** @type {any} */ event) => {
    const files = [...event.target.files];
    event.target.value = "";
    setLooking((before) => before + files.length);
    const found = [];
    for (const file of files) {
      found.push(await prepared(file));
      setLooking((before) => before - 1);
    }
    const good = found.filter(({ problems }) => !problems.length);
    setDoubtful((before) => [...before, ...found.filter(({ problems }) => problems.length)]);
    if (good.length) onTaken(good.map(({ file }) => file));
  };
  const settle = (/** @type {import("./photo_check.js").Prepared} */ one) => setDoubtful((before) => before.filter((other) => other !== one));
  const again = (/** @type {import("./photo_check.js").Prepared} */ one) => {
    settle(one);
    camera.current?.click();
  };
  const anyway = (/** @type {import("./photo_check.js").Prepared} */ one) => {
    settle(one);
    onTaken([one.file]);
  };
  return html`<div class="stack">
    <div class="row">
      <label class="button grow"><${Icon} name="camera" size="20" />${t("claim.camera")}
        <input ref=${camera} class="visually-hidden" type="file" accept="image/*" capture="environment" data-role="camera" onChange=${taken} /></label>
      <label class="button quiet grow"><${Icon} name="picture" size="20" />${t("claim.gallery")}
        <input class="visually-hidden" type="file" accept=${ACCEPTED} multiple data-role="gallery" onChange=${taken} /></label>
    </div>
    <p class="muted small" role="status">${looking ? t("photo.looking") : ""}</p>
    ${doubtful.map((one) => html`<${Doubtful} key=${one.file.name + one.file.lastModified} one=${one} onAgain=${() => again(one)} onAnyway=${() => anyway(one)} />`)}
  </div>`;
}

/** @param {{one: import("./photo_check.js").Prepared, onAgain: () => void, onAnyway: () => void}} properties */
function Doubtful({ one, onAgain, onAnyway }) {
  const [address] = useState(() => URL.createObjectURL(one.file));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    heading.current?.focus();
    return () => URL.revokeObjectURL(address);
  }, []);
  return html`<section class="panel stack" aria-label=${t("photo.doubtful")}>
    <h2 ref=${heading} tabindex="-1">${t("photo.doubtful")}</h2>
    <img class="doubtful" src=${address} alt=${one.file.name} />
    ${one.problems.map((problem) => html`<p class="notice warn"><${Icon} name="alert" size="20" /><span>${t(`quality.${problem}`)}</span></p>`)}
    <div class="row">
      <button class="button grow" onClick=${onAgain}>${t("photo.again")}</button>
      <button class="button quiet grow" onClick=${onAnyway}>${t("photo.anyway")}</button>
    </div>
  </section>`;
}
