/** Whether new work may come to me: the shift says until when, the switch says whether now. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { time } from "../shared/format.js";
import { problemText, useLoaded } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { useNow } from "./clockwork.js";
import { useNews } from "./live.js";

const LOOK_AGAIN_MS = 60_000;

export function Presence() {
  const now = useNow(LOOK_AGAIN_MS);
  const state = useLoaded("/desk/presence", [now]);
  const { busy, error, run } = useAction(async (/** @type {string} */ wanted) => {
    await call("PUT", "/desk/presence", { body: { state: wanted } });
    state.reload();
  });
  useNews((news) => news.resync && state.reload());
  const mine = state.value;
  if (!mine) return null;
  const available = mine.state === "available";
  const shift = mine.on_shift && mine.shift_ends_at ? t("presence.until", { time: time(mine.shift_ends_at, language()) }) : t(mine.on_shift ? "presence.on_shift" : "presence.off_shift");
  return html`<button class=${`presence ${available ? "on" : "off"}`} role="switch" aria-checked=${available ? "true" : "false"} disabled=${busy}
    aria-label=${t("presence.label")} title=${error ? problemText(error) : `${shift} · ${t("presence.load", { open: mine.open_cases, capacity: mine.capacity })}`}
    onClick=${() => run(available ? "away" : "available")}>
    <span class="lamp"></span><span class="presence-text">${t(available ? "presence.available" : "presence.away")}<span class="small only-wide"> · ${shift}</span></span>
  </button>`;
}
