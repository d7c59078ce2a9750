/**
 * Looks at a photo beside the page, and makes it small: turned as it was held, no longer than what reading needs, and
 * without anything the camera wrote beside the picture (place, time, device).
 */
import { GLANCE_SIDE, problemsOf } from "./photo_measures.js";

/** Pixels; small print of a whole sheet is read at this (decisions/0044). */
const LONGEST_SIDE = 2000;
const QUALITY = 0.82;
const worker = /** @type {any} */ (self);

/** @param {CanvasImageSource & {width: number, height: number}} picture @param {number} longest */
function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const pencil = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  pencil.fillStyle = "#fff"; // a picture with holes lies on paper
  pencil.fillRect(0, 0, canvas.width, canvas.height);
  pencil.imageSmoothingQuality = "high";
  pencil.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return { canvas, pencil };
}

/** @param {Blob} file @returns {Promise<{blob: Blob, problems: string[]}>} rejects when the browser cannot show it */
async function prepared(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const shortSide = Math.min(picture.width, picture.height);
  const { canvas } = drawn(picture, LONGEST_SIDE);
  const glance = drawn(picture, GLANCE_SIDE);
  picture.close();
  const { data, width, height } = glance.pencil.getImageData(0, 0, glance.canvas.width, glance.canvas.height);
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    pixels[at] = Math.round(0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2]);
  }
  const problems = problemsOf({ width, height, pixels }, shortSide);
  return { blob: await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY }), problems };
}

worker.addEventListener("message", (/** @type {MessageEvent} */ event) => {
  const { id, file } = event.data;
  prepared(file).then(
    (done) => worker.postMessage({ id, ...done }),
    () => worker.postMessage({ id }),
  );
});
