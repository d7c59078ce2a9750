/** A text as a QR code, drawn on the device. */
import { renderSVG } from "uqr";

import { html } from "./view.js";

/** @param {{text: string, label: string}} properties */
export function QrCode({ text, label }) {
  return html`<div class="qr" role="img" aria-label=${label} dangerouslySetInnerHTML=${{ __html: renderSVG(text, { ecc: "M", border: 0 }) }}></div>`;
}
