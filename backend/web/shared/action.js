/** Doing something once: a second tap while the first is under way does nothing. */
import { newKey } from "./api.js";
import { drop, keep, kept } from "./keep.js";
import { useEffect, useRef, useState } from "./view.js";

/**
 * @param {(...args: any[]) => Promise<any>} work
 * @returns {{busy: boolean, error: any, run: (...args: any[]) => Promise<void>}}
 */
export function useAction(work) {
  const running = useRef(false);
  const [state, setState] = useState({ busy: false, error: /** @type {any} */ (null) });
  const run = async (/** @type {any[]} */ ...args) => {
    if (running.current) return;
    running.current = true;
    setState({ busy: true, error: null });
    try {
      await work(...args);
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error });
    } finally {
      running.current = false;
    }
  };
  return { ...state, run };
}

/**
 * The Idempotency-Key for a body: the same words keep their key, over a reload too; other words get a new one.
 * @param {string} purpose
 * @param {any} body
 */
export async function retryKey(purpose, body) {
  const text = JSON.stringify(body);
  const before = await kept(`retry:${purpose}`);
  if (before?.text === text) return before.key;
  const key = newKey();
  await keep(`retry:${purpose}`, { text, key });
  return key;
}

/** The request was answered: forget its key and the draft behind it. @param {string} purpose */
export async function settled(purpose) {
  await drop(`retry:${purpose}`);
  await drop(`draft:${purpose}`);
}

/**
 * What is being written, kept on the device until it is sent. A change names only the fields it changes: two that come
 * before the page is drawn again lose nothing, and what was kept fills only the fields nobody has touched since.
 * @template {object} T
 * @param {string} purpose
 * @param {T} start
 * @returns {[T, (change: Partial<T>) => void]}
 */
export function useDraft(purpose, start) {
  const [value, setValue] = useState(start);
  const latest = useRef(start);
  const touched = useRef(/** @type {Partial<T>} */ ({}));
  const show = (/** @type {T} */ next) => {
    latest.current = next;
    setValue(next);
  };
  useEffect(() => {
    kept(`draft:${purpose}`).then((before) => before && show(Object.assign({}, start, before, touched.current)));
  }, [purpose]);
  const change = (/** @type {Partial<T>} */ fields) => {
    touched.current = Object.assign({}, touched.current, fields);
    show(Object.assign({}, latest.current, fields));
    keep(`draft:${purpose}`, latest.current);
  };
  return [value, change];
}
