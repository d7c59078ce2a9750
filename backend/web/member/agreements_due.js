/** On the first page, only while a legal text of the client waits to be read: which, and the way to it. It bars nothing. */
import { Icon } from "../shared/icons.js";
import { useLoaded } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{memberId: string}} properties */
export function AgreementsDue({ memberId }) {
  const { value } = useLoaded(`/members/${memberId}/consents`, [memberId]);
  const due = (value?.offers || []).filter((/** @type {any} */ offer) => offer.version && !offer.given);
  if (!due.length) return null;
  const texts = due.map((/** @type {any} */ { purpose }) => t(`consent.${purpose}.title`)).join(", ");
  return html`<div class="panel flush"><a class="list-row" href="#/consents"><${Icon} name="check" />
    <span class="grow"><strong>${t("home.agreements")}</strong><span class="muted small block">${texts}</span></span><${Icon} name="next" size="18" /></a></div>`;
}
