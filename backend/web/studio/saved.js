/** Whether what was written is on the server, said quietly; and that somebody else has been writing too. */
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { time } from "../shared/format.js";

const TONE = { saved: "good", waiting: "", saving: "", offline: "warn", refused: "bad", failed: "bad" };
const MARK = { saved: "check", offline: "alert", refused: "alert", failed: "alert" };

export function Saved({ studio }) {
  const half = studio.malformed.length > 0 && studio.state === "saved";
  const state = half ? "refused" : studio.state;
  const said = half ? t("saved.half", { count: studio.malformed.length }) : t(`saved.${state}`);
  const mark = /** @type {Record<string, string>} */ (MARK)[state];
  return html`<span class=${`badge saved ${/** @type {Record<string, string>} */ (TONE)[state]}`} role="status" title=${studio.error ? problemText(studio.error) : undefined}>
    ${mark ? html`<${Icon} name=${mark} size="14" />` : null}<span>${said}</span></span>`;
}

/** Both people's changes are kept; nobody has to do anything. */
export function Beside({ studio }) {
  if (!studio.beside || studio.conflict) return null;
  const { by, at } = studio.beside;
  return html`<p class="notice" role="status"><${Icon} name="person" size="20" /><span>${t("beside", { name: by || t("somebody"), time: at ? time(at, language()) : "" })}</span></p>`;
}

/** What the server did not take, in its own sentences. */
export function Refused({ studio }) {
  if (studio.state !== "refused" && studio.state !== "failed") return null;
  const defects = Array.isArray(studio.error?.errors?.defects) ? studio.error.errors.defects : [];
  return html`<div class="notice bad" role="alert"><${Icon} name="alert" size="20" />
    <div>${defects.length ? defects.map((/** @type {any} */ one) => html`<p key=${one.place + one.reason}>${one.message}</p>`) : html`<p>${problemText(studio.error)}</p>`}</div></div>`;
}
