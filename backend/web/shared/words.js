/** The words of the app in the reader's language, with the client's own terms on top. */
import { localeOf } from "./format.js";
import { reworded } from "./glossary.js";

let table = /** @type {Record<string, string>} */ ({});
let own = /** @type {Record<string, string>} */ ({});
let current = "en";

let spoken = /** @type {any[]} */ ([]);

/**
 * @param {string} language @param {Record<string, string>} words @param {Record<string, string>} [overrides]
 * @param {import("./glossary.js").Wording} [terms] what the client calls things
 */
export function speak(language, words, overrides = {}, terms = undefined) {
  if (spoken[0] !== words || spoken[1] !== terms) {
    table = reworded(words, terms);
    spoken = [words, terms];
  }
  current = language;
  own = overrides;
  document.documentElement.lang = language;
}

/** The language being spoken. */
export function language() {
  return current;
}

/**
 * The text for a key; `{name}` is filled from the values. A key without words shows itself, so that a gap is seen.
 * @param {string} key
 * @param {Record<string, any>} [values]
 */
export function t(key, values = {}) {
  const text = own[key] ?? table[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * The same for a number of things, in the form that the language has for that number: `key.one`, `key.other`, ….
 * @param {string} key
 * @param {number} count
 * @param {Record<string, any>} [values]
 */
export function counted(key, count, values = {}) {
  const form = `${key}.${new Intl.PluralRules(localeOf(current)).select(count)}`;
  return t(knows(form) ? form : `${key}.other`, { count, ...values });
}

/** @param {string} key whether the app has words for it */
export function knows(key) {
  return key in own || key in table;
}
