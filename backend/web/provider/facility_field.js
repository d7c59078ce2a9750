/** Where a referral leads: any facility of a level, or one of the patient's network that treats this. */
import { Field } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { useLoaded } from "../shared/loading.js";
import { usePaused } from "../shared/paused.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const MOST = "6";

/** @param {{value: any, tier: string, specialty: string, memberId: string, onChange: (place: any) => void}} properties */
export function FacilityField({ value, tier, specialty, memberId, onChange }) {
  const [text, setText] = useState("");
  const asked = usePaused(text.trim());
  const wanted = new URLSearchParams({ tier, specialty, member_id: memberId, limit: MOST, ...(asked.length > 1 ? { q: asked } : {}) });
  const found = useLoaded(specialty && !value ? `/providers?${wanted}` : "");
  const items = specialty && !value ? found.value?.items || [] : [];
  if (value)
    return html`<p class="row"><span class="grow">${t("care.facility")}: <strong>${value.name}</strong>${value.city ? ` · ${value.city}` : ""}</span>
      <button type="button" class="icon-button" aria-label=${t("care.facility.again")} onClick=${() => onChange(null)}><${Icon} name="close" size="18" /></button></p>`;
  return html`<details class="stack tight"><summary>${t("care.facility")}: ${t("care.facility.any")}</summary>
    <${Field} id="facility" label=${t("care.facility.find")}><input type="search" maxlength="80" autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>
    ${items.length ? html`<ul class="stack tight" aria-label=${t("care.facility.found")}>${items.map((/** @type {any} */ place) => html`<li key=${place.id}>
      <button type="button" class="button quiet wide" onClick=${() => onChange(place)}>${place.name}${place.city ? ` · ${place.city}` : ""}</button></li>`)}</ul>` : null}
  </details>`;
}
