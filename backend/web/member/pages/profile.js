/** The person: language, complaints, consents, one's data, contacts, signing out. */
import { useAction } from "../../shared/action.js";
import { signOut } from "../../shared/api.js";
import { Icon } from "../../shared/icons.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { CalendarLink } from "../calendar_link.js";
import { LanguageChoice } from "../../shared/language_choice.js";
import { SupportAddresses } from "../support_addresses.js";

export function Profile({ context }) {
  const { brand, me } = context;
  const own = me.members.find((/** @type {any} */ member) => member.id === me.member_id) || me.members[0];
  const { busy, run } = useAction(signOut);
  return html`<div class="stack loose">
    <section class="panel row">
      <span class="disc"><${Icon} name="person" /></span>
      <span class="grow"><strong>${own?.name}</strong><span class="muted small block">${own?.member_number} · ${me.client.name}</span></span>
    </section>
    <section class="stack tight"><h2>${t("language")}</h2>
      <${LanguageChoice} label=${t("language")} languages=${brand.languages} language=${context.language} onChoose=${context.setLanguage} /></section>
    <div class="panel flush">
      <a class="list-row" href="#/complaints"><${Icon} name="flag" /><span class="grow">${t("complaints.title")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href=${`tel:${brand.hotline.voice}`}><${Icon} name="phone" /><span class="grow">${t("home.hotline")}</span><span class="muted">${brand.hotline.shown}</span></a>
      <${SupportAddresses} support=${brand.support} />
      <a class="list-row" href=${`tel:${brand.emergency_number}`}><${Icon} name="alert" /><span class="grow">${t("profile.emergency")}</span><strong class="urgent">${brand.emergency_number}</strong></a>
      <a class="list-row" href="#/settings"><${Icon} name="bell" /><span class="grow">${t("settings.title")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href="#/consents"><${Icon} name="check" /><span class="grow">${t("consents.title")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href="#/access-log"><${Icon} name="shield" /><span class="grow">${t("profile.access_log")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href="#/my-data"><${Icon} name="lines" /><span class="grow">${t("mydata.title")}</span><${Icon} name="next" size="18" /></a>
    </div>
    <${CalendarLink} />
    <button class="button danger wide" disabled=${busy} onClick=${run}>${t("profile.sign_out")}</button>
    <p class="muted small centred">${t("profile.sign_out_text")}</p>
  </div>`;
}
