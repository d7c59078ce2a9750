/** Reads a QR with the camera: by the browser's own detector, else by a library that does the same. */
import { Icon } from "../shared/icons.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const LOOK_EVERY_MS = 200;

async function detector() {
  const own = /** @type {any} */ (globalThis).BarcodeDetector;
  if (own && (await own.getSupportedFormats()).includes("qr_code")) return new own({ formats: ["qr_code"] });
  const { BarcodeDetector } = await import("qr/decode.js");
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** The picture of the camera until something was read. @param {{onRead: (text: string) => void, onClose: () => void}} properties */
export function Scanner({ onRead, onClose }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [problem, setProblem] = useState(false);
  useEffect(() => {
    let stream = /** @type {MediaStream | null} */ (null);
    let timer = 0;
    let stopped = false;
    const look = async (/** @type {any} */ eye) => {
      const found = video.current?.readyState === 4 ? await eye.detect(video.current).catch(() => []) : [];
      if (stopped) return;
      if (found.length) onRead(found[0].rawValue);
      else timer = window.setTimeout(() => look(eye), LOOK_EVERY_MS);
    };
    const begin = async () => {
      const eye = await detector();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (stopped || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      await look(eye);
    };
    begin().catch(() => stopped || setProblem(true));
    return () => {
      stopped = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return html`<div class="scanner stack tight">
    ${problem
      ? html`<p class="notice warn" role="alert"><${Icon} name="camera" size="20" /><span>${t("scan.no_camera")}</span></p>`
      : html`<video ref=${video} muted playsinline aria-label=${t("scan.view")}></video><p class="muted small centred">${t("scan.hold")}</p>`}
    <button type="button" class="button quiet wide" onClick=${onClose}>${t("scan.stop")}</button>
  </div>`;
}
