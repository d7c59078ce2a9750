/** A client's own terms in our texts, by the rule of the backend's `branding/rules/glossary.py`. */

/** @typedef {{forms: string[], becomes: string, untouched: string[], not_named: string[]}} Term */
/** @typedef {{articles: boolean, endings: string[], terms: Term[]}} Wording */

const VOWELS = "aeiouáàâéêíóôú";

/** @param {string[]} words any of them, the longest first */
function either(words) {
  const longestFirst = [...words].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  return longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
}

/** @param {string} said @param {string} form */
function inItsCase(said, form) {
  const upper = form.toLocaleUpperCase();
  if (form.length > 1 && form === upper && form !== form.toLocaleLowerCase()) return said.toLocaleUpperCase();
  return form[0] === upper[0] && form[0] !== form[0].toLocaleLowerCase() ? said[0].toLocaleUpperCase() + said.slice(1) : said;
}

/** @param {string | undefined} given "a" or "an" before the word @param {string} said */
function article(given, said) {
  if (!given) return "";
  return `${given[0]}${VOWELS.includes(said[0].toLocaleLowerCase()) ? "n" : ""} `;
}

/** @param {Wording} own @param {Term[]} terms */
function pattern({ articles, endings }, terms) {
  const kept = terms.flatMap(({ untouched, becomes }) => [...untouched, becomes]);
  const before = articles ? "(?:(?<article>an?)\\s+)?" : "";
  const after = endings.length ? `(?<ending>${either(endings)})?` : "";
  const word = `${before}(?<form>${either(terms.flatMap(({ forms }) => forms))})${after}`;
  const start = "(?<start>^|[^\\p{L}\\p{N}_-])"; // Safari learnt to look behind in 16.4 only
  return new RegExp(`\\{[^{}]*\\}|${start}(?:(?:an?\\s+)?(?:${either(kept)})|${word})(?![\\p{L}\\p{N}_-])`, "giu");
}

/**
 * The texts of a page in the client's words; what is filled in later, in braces, stays as it is.
 * @param {Record<string, string>} texts @param {Wording} [own]
 * @returns {Record<string, string>}
 */
export function reworded(texts, own) {
  if (!own?.terms.length) return texts;
  const becomes = new Map(own.terms.flatMap((term) => term.forms.map((form) => [form.toLocaleLowerCase(), term.becomes])));
  const patterns = new Map();
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const terms = own.terms.filter(({ not_named }) => !not_named.some((part) => name.startsWith(part)));
      if (!terms.length) return [name, text];
      const which = terms.map(({ becomes: said }) => said).join("|");
      if (!patterns.has(which)) patterns.set(which, pattern(own, terms));
      return [name, text.replace(patterns.get(which), (/** @type {any[]} */ ...found) => replacement(found, becomes))];
    }),
  );
}

/** @param {any[]} found what a match gives @param {Map<string, string>} becomes */
function replacement(found, becomes) {
  const { start, form, article: given, ending } = found[found.length - 1];
  if (!form) return found[0];
  const said = inItsCase(becomes.get(form.toLocaleLowerCase()) || form, form);
  return `${start}${article(given, said)}${said}${ending || ""}`;
}
