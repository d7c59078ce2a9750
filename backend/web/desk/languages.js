/** The languages of the desk: one file of words each. Another language is another file and a line here. */
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id, en, pt };

export const LANGUAGES = Object.keys(WORDS);
