/** The person at the desk: language, help, the way out. */
import { useAction } from "../shared/action.js";
import { signOut } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { LanguageSelect } from "./language_select.js";

/** @param {{context: any, onHelp?: () => void}} properties */
export function Account({ context, onHelp }) {
  const { me } = context;
  const { busy, run } = useAction(signOut);
  const help = () => {
    document.getElementById("account")?.hidePopover();
    onHelp?.();
  };
  return html`<button class="icon-button" popovertarget="account" aria-label=${t("account", { name: me.name })} title=${me.name}><${Icon} name="person" size="20" /></button>
    <div id="account" popover class="menu stack snug" role="group" aria-label=${t("account", { name: me.name })}>
      <p><strong class="block">${me.name}</strong><span class="muted small">${t(`role.${me.role}`)} · ${me.client.name}</span></p>
      <${LanguageSelect} language=${context.language} onChoose=${context.setLanguage} />
      ${onHelp ? html`<button class="button quiet wide" onClick=${help}>${t("help.open")}</button>` : null}
      <button class="button danger wide" disabled=${busy} onClick=${() => run()}>${t("sign_out")}</button>
    </div>`;
}
