/** How long the answer to a letter still has: four hours by contract, counted here by the second hand. */
import { Icon } from "../shared/icons.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const TICK_MS = 30_000;
const MINUTE_MS = 60_000;

/** The ask that waits, if there is one. @param {any} letter */
export function waitingAsk(letter) {
  return letter.asks.find((/** @type {any} */ ask) => ask.answered_at === null) || null;
}

/** @param {{letter: any}} properties */
export function LetterClock({ letter }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const ask = waitingAsk(letter);
  if (!ask) return null;
  if (!ask.answer_by) return html`<span class="badge warn"><${Icon} name="clock" size="14" />${t("clock.stands")}</span>`;
  const minutes = Math.floor((Date.parse(ask.answer_by) - now) / MINUTE_MS);
  const figures = { hours: Math.floor(Math.abs(minutes) / 60), minutes: Math.abs(minutes) % 60 };
  if (minutes < 0) return html`<span class="badge bad"><${Icon} name="clock" size="14" />${t("clock.late", figures)}</span>`;
  return html`<span class=${`badge ${minutes < 60 ? "warn" : "good"}`}><${Icon} name="clock" size="14" />${t("clock.left", figures)}</span>`;
}
