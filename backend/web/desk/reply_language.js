/** In which language a few words are written, or null when they do not say. Pure. */
import { WORDS } from "./languages.js";

/** Short everyday words that the other languages do not have, from each language's own file. */
const TELLING = Object.entries(WORDS).map(([language, words]) => ({ language, telling: new Set(words["own.telling"].split(" ")) }));
const FEWEST_TELLING = 2;

/** @param {string} text @returns {string | null} */
export function languageOf(text) {
  const words = text.toLowerCase().match(/\p{L}+/gu) || [];
  const scores = TELLING.map(({ language, telling }) => ({ language, score: words.filter((word) => telling.has(word)).length }));
  const [first, second] = scores.sort((one, other) => other.score - one.score);
  return first.score >= FEWEST_TELLING && first.score >= second.score * 2 ? first.language : null;
}
