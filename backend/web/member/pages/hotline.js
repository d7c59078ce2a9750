/** Whom to call: open to everybody, also before anybody signs in. */
import { Icon } from "../../shared/icons.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Logo } from "../frame.js";
import { SupportAddresses, hoursShown } from "../support_addresses.js";

/** @param {{context: {brand: any}}} properties */
export function Hotline({ context }) {
  const { hotline, emergency_numbers: emergencies } = context.brand;
  return html`<div class="stack loose">
    <div class="panel flush">
      ${hotline.voice ? html`<${Call} number=${hotline.voice} icon="phone" label=${t("home.hotline")} note=${hoursShown(hotline)} shown=${hotline.shown} />` : null}
      ${hotline.whatsapp
        ? html`<a class="list-row" href=${`https://wa.me/${hotline.whatsapp.replace("+", "")}`} rel="noreferrer"><${Icon} name="chat" />
            <span class="grow">${t("hotline.whatsapp")}</span></a>`
        : null}
      <${SupportAddresses} support=${context.brand.support} />
    </div>
    <section class="stack tight">
      <h2>${t("profile.emergency")}</h2>
      <div class="panel flush">
        ${emergencies.map((/** @type {any} */ line) => html`<${Call} number=${line.number} icon="alert" label=${t(`hotline.for.${line.for}`)} shown=${line.number} urgent />`)}
      </div>
    </section>
  </div>`;
}

function Call({ number, icon, label, note, shown, urgent }) {
  return html`<a class="list-row" href=${`tel:${number}`}><${Icon} name=${icon} />
    <span class="grow">${label}${note ? html`<span class="muted small block">${note}</span>` : null}</span>
    <strong class=${urgent ? "urgent" : ""}>${shown}</strong></a>`;
}

/** The same for who is not signed in. @param {{brand: any}} properties */
export function OpenHotline({ brand }) {
  return html`<main class="sign-in stack loose">
    <div><${Logo} brand=${brand} /></div>
    <h1>${t("hotline.title")}</h1>
    <${Hotline} context=${{ brand }} />
    <a class="button quiet wide" href="#/">${t("hotline.sign_in")}</a>
  </main>`;
}
