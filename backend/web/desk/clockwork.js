/** Time that passes on the screen: ages that tick, and doing something only after a rest. */
import { useEffect, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const TICK_MS = 10_000;

/** The time now, renewed while the page is open. */
export function useNow(every = TICK_MS) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** How long something took or has waited, in the largest sensible unit. @param {number} seconds */
export function lasting(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t("age.seconds", { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t("age.minutes", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t("age.hours", { hours, minutes: String(minutes % 60).padStart(2, "0") });
  return t("age.days", { days: Math.floor(hours / 24) });
}

/** How long ago a moment was; the first minute does not tick. @param {string} iso @param {number} now */
export function ageOf(iso, now) {
  const seconds = (now - new Date(iso).getTime()) / 1000;
  return seconds < 60 ? t("age.now") : lasting(seconds);
}

/**
 * Runs `work` at once, then not again before a rest; however often it is asked for meanwhile, it runs once more.
 * @param {() => Promise<any>} work handles its own failures
 * @param {number} restMs between two runs
 * @param {number} spreadMs the first run waits up to this long, so that many desks do not ask in the same moment
 */
export function useCoalesced(work, restMs = 400, spreadMs = 0) {
  const latest = useRef(work);
  latest.current = work;
  const state = useRef({ busy: false, again: false, gone: false });
  useEffect(() => () => void (state.current.gone = true), []);
  return useRef(async function ask() {
    const now = state.current;
    now.again = true;
    if (now.busy) return;
    now.busy = true;
    if (spreadMs) await rest(Math.random() * spreadMs);
    while (now.again && !now.gone) {
      now.again = false;
      await latest.current();
      await rest(restMs);
    }
    now.busy = false;
  }).current;
}

/** @param {number} milliseconds */
function rest(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
