/** Single-key shortcuts, which can be switched off (WCAG 2.1.4) and never work while somebody is writing. */
import { keep, kept } from "../shared/keep.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../shared/view.js";

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** What each key does; a key with Ctrl, Alt or Meta is the browser's. @param {Record<string, () => void>} keys @param {boolean} on */
export function useKeys(keys, on) {
  const latest = useRef(keys);
  latest.current = keys;
  useLayoutEffect(() => {
    if (!on) return undefined; // before the page is seen: whoever is quick loses no key
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
      if (isWriting(event.target) && event.key !== "Escape") return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [on]);
}

/** Whether single keys do something, kept on this device. @returns {[boolean, (on: boolean) => void]} */
export function useShortcutChoice() {
  const [on, setOn] = useState(true);
  const choose = (/** @type {boolean} */ wanted) => {
    setOn(wanted);
    keep("shortcuts", wanted);
  };
  useEffect(() => void kept("shortcuts").then((before) => before === false && setOn(false)), []);
  return [on, choose];
}

/** Moves the focus in the queue. @param {1 | -1} step */
export function moveInQueue(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".case-row")]);
  if (!rows.length) return;
  const focused = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current"));
  const next = from < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, from + step));
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}
