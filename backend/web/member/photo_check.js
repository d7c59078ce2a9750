/** Hands photos to the worker that looks at them. What it cannot read (HEIC, PDF) goes as it is; the server looks then. */

/** @typedef {{file: File, problems: string[]}} Prepared */

const SHOWN = /^image\/(jpeg|png|webp)$/;
const PATIENCE_MS = 20_000;
/** @type {Worker | null} */
let worker = null;
let last = 0;
/** @type {Map<number, (answer: {blob?: Blob, problems?: string[]}) => void>} */
const waiting = new Map();

function running() {
  if (worker) return worker;
  worker = new Worker(/** @type {HTMLElement} */ (document.getElementById("app")).dataset.photoWorker || "");
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  worker.onerror = () => {
    waiting.forEach((answer) => answer({}));
    waiting.clear();
  };
  return worker;
}

/** @param {File} file @returns {Promise<{blob?: Blob, problems?: string[]}>} nothing when it could not be looked at */
function lookedAt(file) {
  return new Promise((resolve) => {
    const id = (last += 1);
    waiting.set(id, resolve);
    setTimeout(() => resolve({}), PATIENCE_MS);
    running().postMessage({ id, file });
  });
}

/** The photo as it is sent, and what is wrong with it. @param {File} file @returns {Promise<Prepared>} */
export async function prepared(file) {
  if (!SHOWN.test(file.type) || !("OffscreenCanvas" in globalThis)) return { file, problems: [] };
  const { blob, problems = [] } = await lookedAt(file);
  if (!blob) return { file, problems };
  return { file: new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type }), problems };
}
