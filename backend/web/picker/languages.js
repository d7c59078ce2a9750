/** The languages of the page to choose a company. */
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id, en, pt };
