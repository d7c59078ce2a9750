/** What somebody types, once they pause: a search does not ask at every letter. */
import { useEffect, useState } from "./view.js";

const PAUSE_MS = 250;

/** @template T @param {T} value @returns {T} */
export function usePaused(value) {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
