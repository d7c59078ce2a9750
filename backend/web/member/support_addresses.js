/** When the client's helpline answers, and where people write who rather do that than call. */
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{hours: string}} hotline as `07:00-20:00`, in the client's own time */
export function hoursShown({ hours }) {
  return hours === "00:00-24:00" ? t("home.always_open") : hours.replace("-", " – ");
}

/** Rows of a list; nothing where the client has no such address. @param {{support: {mail: string, page: string, post: string} | undefined}} properties */
export function SupportAddresses({ support }) {
  const { mail = "", page = "", post = "" } = support || {};
  return html`
    ${mail ? html`<a class="list-row" href=${`mailto:${mail}`}><${Icon} name="lines" /><span class="grow">${t("profile.write")}</span><span class="muted">${mail}</span></a>` : null}
    ${page ? html`<a class="list-row" href=${page} rel="noreferrer" target="_blank"><${Icon} name="search" /><span class="grow">${t("profile.help_page")}</span><${Icon} name="next" size="18" /></a>` : null}
    ${post ? html`<p class="list-row"><${Icon} name="pin" /><span class="grow">${t("profile.post")}</span><span class="muted">${post}</span></p>` : null}`;
}
