/** The private calendar: explained, made, copied, ended. Its address is shown once, when it is made. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { date } from "../shared/format.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

export function CalendarLink() {
  const state = useLoaded("/me/calendar", []);
  return html`<section class="stack tight" id="calendar"><h2>${t("calendar.title")}</h2>
    <p class="muted small">${t("calendar.text")}</p>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Link} before=${value} />`}<//>
  </section>`;
}

/** @param {{before: {active: boolean, created_at: string | null}}} props */
function Link({ before }) {
  const [now, setNow] = useState(/** @type {any} */ (before));
  const [copied, setCopied] = useState(false);
  const make = useAction(async () => {
    setNow(await call("POST", "/me/calendar"));
    setCopied(false);
  });
  const end = useAction(async () => {
    await call("DELETE", "/me/calendar");
    setNow({ active: false, created_at: null });
  });
  const copy = async () => {
    await navigator.clipboard.writeText(now.url);
    setCopied(true);
  };
  const busy = make.busy || end.busy;
  return html`<div class="panel stack tight">
    ${now.url
      ? html`<label class="field"><span>${t("calendar.address")}</span>
            <input readonly value=${now.url} onFocus=${(/** @type {any} */ event) => event.target.select()} /></label>
          <a class="button wide" href=${now.webcal_url}>${t("calendar.subscribe")}</a>
          <button class="button quiet wide" onClick=${copy} aria-live="polite">${t(copied ? "calendar.copied" : "calendar.copy")}</button>
          <p class="muted small">${t("calendar.once")}</p>`
      : now.active
        ? html`<p>${t("calendar.active", { date: date(now.created_at, language()) })}</p>`
        : null}
    ${make.error || end.error ? html`<p class="urgent" role="alert">${(make.error || end.error).message || t("error.offline")}</p>` : null}
    <button class="button ${now.active ? "quiet" : ""} wide" disabled=${busy} onClick=${make.run}>
      ${t(now.active ? "calendar.renew" : "calendar.make")}</button>
    ${now.active ? html`<button class="button danger wide" disabled=${busy} onClick=${end.run}>${t("calendar.end")}</button>` : null}
  </div>`;
}
