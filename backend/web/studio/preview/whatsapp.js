/** How a conversation on WhatsApp begins. */
import { Loaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { useSample } from "./sample.js";

export function WhatsApp({ studio, live, language }) {
  const state = useSample("whatsapp.json", live, language);
  return html`<div class="phone chat-phone"><header class="chat-head"><img src=${`${live.path}logo-mark.svg?v=${live.version}`} alt="" /><span><strong class="block">${studio.effective.name}</strong><span class="small figures">${studio.effective.hotline?.whatsapp || ""}</span></span></header>
    <${Loaded} state=${state}>${(/** @type {any} */ { messages }) => html`<ol class="chat" lang=${language}>${messages.map((/** @type {any} */ one, /** @type {number} */ index) => html`<li key=${index} class=${one.from === "us" ? "ours" : "theirs"}>
      <span class="visually-hidden">${t(one.from === "us" ? "preview.we_say" : "preview.member_says")}</span><p class="said">${one.text}</p>
      ${one.buttons?.length ? html`<ul>${one.buttons.map((/** @type {string} */ button) => html`<li key=${button}>${button}</li>`)}</ul>` : null}</li>`)}</ol>`}<//></div>`;
}
