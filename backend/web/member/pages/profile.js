/** The person: language, complaints, consents, who looked at one's data, contacts, signing out. */
import { useAction } from "../../shared/action.js";
import { signOut } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { CalendarLink } from "../calendar_link.js";
import { LanguageChoice } from "../language_choice.js";

export function Profile({ context }) {
  const { brand, me } = context;
  const own = me.members.find((/** @type {any} */ member) => member.id === me.member_id) || me.members[0];
  const [shown, setShown] = useState(false);
  const { busy, run } = useAction(signOut);
  return html`<div class="stack loose">
    <section class="panel row">
      <span class="disc"><${Icon} name="person" /></span>
      <span class="grow"><strong>${own?.name}</strong><span class="muted small block">${own?.member_number} · ${me.client.name}</span></span>
    </section>
    <section class="stack tight"><h2>${t("language")}</h2>
      <${LanguageChoice} languages=${brand.languages} language=${context.language} onChoose=${context.setLanguage} /></section>
    <div class="panel flush">
      <a class="list-row" href="#/complaints"><${Icon} name="flag" /><span class="grow">${t("complaints.title")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href=${`tel:${brand.hotline.voice}`}><${Icon} name="phone" /><span class="grow">${t("home.hotline")}</span><span class="muted">${brand.hotline.shown}</span></a>
      <a class="list-row" href=${`tel:${brand.emergency_number}`}><${Icon} name="alert" /><span class="grow">${t("profile.emergency")}</span><strong class="urgent">${brand.emergency_number}</strong></a>
      <a class="list-row" href="#/settings"><${Icon} name="bell" /><span class="grow">${t("settings.title")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href="#/consents"><${Icon} name="check" /><span class="grow">${t("consents.title")}</span><${Icon} name="next" size="18" /></a>
      <button class="list-row" aria-expanded=${shown ? "true" : "false"} onClick=${() => setShown(!shown)}>
        <${Icon} name="shield" /><span class="grow">${t("profile.access_log")}</span><span class=${shown ? "turned" : ""}><${Icon} name="next" size="18" /></span></button>
      ${shown ? html`<${AccessLog} memberId=${context.memberId} />` : null}
    </div>
    <${CalendarLink} />
    <button class="button danger wide" disabled=${busy} onClick=${run}>${t("profile.sign_out")}</button>
    <p class="muted small centred">${t("profile.sign_out_text")}</p>
  </div>`;
}

/** @param {string} key @param {string} otherwise */
function worded(key, otherwise) {
  return knows(key) ? t(key) : otherwise.replaceAll("_", " ");
}

function AccessLog({ memberId }) {
  const state = useLoaded(`/members/${memberId}/access-log`, [memberId]);
  return html`<${Loaded} state=${state}>
    ${(/** @type {any} */ value) =>
      value.items.length
        ? value.items.map(
            (/** @type {any} */ entry) => html`<div class="list-row small"><span class="grow">
              <strong>${entry.name ? `${entry.name} (${worded(`role.${entry.role}`, entry.role)})` : worded(`role.${entry.role}`, entry.role)}</strong>
              ${" "}${worded(`action.${entry.action}`, entry.action)} ${worded(`object.${entry.object_type}`, entry.object_type)}
              <span class="muted block">${dateTime(entry.at, language())}</span></span></div>`,
          )
        : html`<p class="list-row muted">${t("profile.access_none")}</p>`}
  <//>`;
}
