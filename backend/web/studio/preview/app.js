/** The real app of the members, with the draft's look and a made-up person, in a frame as wide as a phone. */
import { html, useEffect, useRef } from "../../shared/view.js";
import { t } from "../../shared/words.js";

export function App({ live, scheme, language }) {
  const frame = useRef(/** @type {HTMLIFrameElement | null} */ (null));
  const seen = useRef(live.version);
  useEffect(() => {
    if (seen.current === live.version) return;
    seen.current = live.version;
    frame.current?.contentWindow?.location.reload(); // stays on the screen that is open in it
  }, [live.version]);
  return html`<div class="phone"><iframe ref=${frame} key=${live.path + scheme + language} title=${t("preview.app_frame")} src=${`${live.path}?language=${language}&scheme=${scheme}#/`}></iframe></div>`;
}
