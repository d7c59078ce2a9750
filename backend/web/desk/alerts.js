/** Telling an agent without disturbing: a count in the window's title, a quiet sound, a sentence for screen readers. */
import { keep, kept } from "../shared/keep.js";
import { html, useEffect, useState } from "../shared/view.js";

let audible = true;
let audio = /** @type {AudioContext | undefined} */ (undefined);
let say = (/** @type {string} */ _text) => {};

/** Two soft notes; silent until the person has touched the page, as browsers demand. */
export function ring() {
  if (!audible || !navigator.userActivation?.hasBeenActive) return;
  audio ||= new AudioContext();
  [660, 880].forEach((pitch, index) => note(/** @type {AudioContext} */ (audio), pitch, index * 0.14));
}

/** @param {AudioContext} context @param {number} pitch Hz @param {number} after seconds */
function note(context, pitch, after) {
  const start = context.currentTime + after;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.06, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}

/** Whether new messages are heard, kept on this device. @returns {[boolean, (on: boolean) => void]} */
export function useSound() {
  const [on, setOn] = useState(true);
  const choose = (/** @type {boolean} */ wanted) => {
    audible = wanted;
    setOn(wanted);
    keep("sound", wanted);
  };
  useEffect(() => void kept("sound").then((before) => before === false && choose(false)), []);
  return [on, choose];
}

/** The place from which `announce` is read out. */
export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    say = (next) => setText((before) => (before === next ? `${next}\u00a0` : next));
    return () => void (say = () => {});
  }, []);
  return html`<p class="visually-hidden" role="status" aria-live="polite">${text}</p>`;
}

/** Read out by screen readers, seen by nobody. @param {string} text */
export function announce(text) {
  say(text);
}

/** Names the window, with what waits in front. @param {string} title @param {number} waiting */
export function useTitle(title, waiting) {
  useEffect(() => {
    document.title = waiting ? `(${waiting}) ${title}` : title;
  }, [title, waiting]);
}
