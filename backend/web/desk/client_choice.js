/** For which client one works now; people of several clients switch here. */
import { useAction } from "../shared/action.js";
import { problemText } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

export function ClientChoice({ me, onSwitch }) {
  const { busy, error, run } = useAction(onSwitch);
  const mark = html`<img class="mark" src=${`/c/${me.client.slug}/logo-mark.svg`} alt="" onError=${(/** @type {any} */ event) => (event.target.hidden = true)} />`;
  if (me.clients.length < 2) return html`<div class="client">${mark}<strong class="clip">${me.client.name}</strong></div>`;
  return html`<div class="client">${mark}
    <label class="visually-hidden" for="client">${t("client")}</label>
    <select id="client" value=${me.client.slug} disabled=${busy} aria-describedby=${error ? "client-problem" : undefined}
      onChange=${(/** @type {any} */ event) => run(event.target.value)}>
      ${me.clients.map((/** @type {any} */ one) => html`<option value=${one.slug} selected=${one.slug === me.client.slug}>${one.name}</option>`)}
    </select>
    ${error ? html`<span id="client-problem" class="badge bad" role="alert">${problemText(error)}</span>` : null}
  </div>`;
}
