/** Where somebody is; the map opens on request, in a window that does not learn where the request came from. */
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{location: {latitude: number, longitude: number}}} properties */
export function Place({ location }) {
  const [latitude, longitude] = [Number(location.latitude), Number(location.longitude)];
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return html`<p class="place row"><${Icon} name="pin" size="18" />
    <span class="grow">${t("message.location")}<span class="block small figures">${latitude.toFixed(5)}, ${longitude.toFixed(5)}</span></span>
    <a href=${map} target="_blank" rel="noopener noreferrer">${t("message.map")}</a></p>`;
}
