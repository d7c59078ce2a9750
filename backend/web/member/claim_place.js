/** The facility as the registry knows it: a name that was picked lets the rules see its network and its level. */
import { useLoaded } from "../shared/loading.js";
import { useSettled } from "../shared/paging.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

const SHOWN = 4;

/** @param {{name: string, chosen: string, onChoose: (place: {id: string, name: string}) => void}} properties */
export function ClaimPlace({ name, chosen, onChoose }) {
  const words = name.trim();
  const query = new URLSearchParams({ q: words, limit: String(SHOWN), network: "all" });
  const found = useLoaded(useSettled(words.length > 2 && !chosen ? `/providers?${query}` : ""));
  if (chosen) return html`<p class="small" role="status">${t("claim.place_chosen")}</p>`;
  const places = words.length > 2 ? found.value?.items || [] : [];
  if (!places.length) return null;
  return html`<div class="stack tight" role="group" aria-label=${t("claim.place_one_of_these")}>
    <p class="muted small">${t("claim.place_one_of_these")}</p>
    ${places.map(
      (/** @type {any} */ place) => html`<button type="button" class="list-row place" key=${place.id} onClick=${() => onChoose(place)}>
        <span class="grow"><strong>${place.name}</strong><span class="muted small block">${place.city}</span></span></button>`,
    )}
  </div>`;
}
