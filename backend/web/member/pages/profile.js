/** The person: language, complaints, who looked at one's data, contacts, signing out. */
import { signOut } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { LanguageChoice } from "../language_choice.js";

export function Profile({ context }) {
  const { brand, me } = context;
  const own = me.members.find((/** @type {any} */ member) => member.id === me.member_id) || me.members[0];
  const [shown, setShown] = useState(false);
  return html`<div class="stack" style="--gap:20px">
    <section class="panel row">
      <span class="round" style="background:var(--brand-soft);color:var(--brand)"><${Icon} name="person" /></span>
      <span class="grow"><strong>${own?.name}</strong><br /><span class="muted small">${own?.member_number} · ${me.client.name}</span></span>
    </section>
    <section class="stack" style="--gap:10px"><h2>${t("language")}</h2>
      <${LanguageChoice} languages=${brand.languages} language=${context.language} onChoose=${context.setLanguage} /></section>
    <div class="panel flush">
      <a class="list-row" href="#/complaints"><${Icon} name="flag" /><span class="grow">${t("complaints.title")}</span><${Icon} name="next" size="18" /></a>
      <button class="list-row" aria-expanded=${shown} onClick=${() => setShown(!shown)}><${Icon} name="shield" /><span class="grow">${t("profile.access_log")}</span><${Icon} name="next" size="18" /></button>
      ${shown ? html`<${AccessLog} memberId=${context.memberId} />` : null}
      <a class="list-row" href=${`tel:${brand.hotline.voice}`}><${Icon} name="phone" /><span class="grow">${t("home.hotline")}</span><span class="muted">${brand.hotline.voice}</span></a>
      <a class="list-row" href=${`tel:${brand.emergency_number}`}><${Icon} name="alert" /><span class="grow">${t("profile.emergency")}</span><strong style="color:var(--bad)">${brand.emergency_number}</strong></a>
    </div>
    <button class="button danger wide" onClick=${signOut}>${t("profile.sign_out")}</button>
    <p class="muted small" style="text-align:center">${t("profile.sign_out_text")}</p>
  </div>`;
}

function AccessLog({ memberId }) {
  const state = useLoaded(`/members/${memberId}/access-log`, [memberId]);
  return html`<${Loaded} state=${state}>
    ${(value) =>
      value.items.length
        ? value.items.map((entry) => {
            const role = knows(`role.${entry.role}`) ? t(`role.${entry.role}`) : entry.role;
            return html`<div class="list-row small"><span class="grow"><strong>${role}</strong> · ${worded(entry.action)}<br />
              <span class="muted">${dateTime(entry.at, language())}</span></span></div>`;
          })
        : html`<p class="list-row muted">${t("profile.access_none")}</p>`}
  <//>`;
}

/** @param {string} action */
function worded(action) {
  return knows(`action.${action}`) ? t(`action.${action}`) : action.replaceAll("_", " ").replaceAll(".", ": ");
}
