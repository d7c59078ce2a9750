/** Logo and colours: one drawing and one colour make everything; every colour can be tuned. */
import { html } from "../../shared/view.js";
import { Colours } from "./colours.js";
import { Logo } from "./logo.js";
import { Tuning } from "./tuning.js";

export function Look({ studio, live }) {
  return html`<${Logo} studio=${studio} live=${live} /><${Colours} studio=${studio} /><${Tuning} studio=${studio} />`;
}
