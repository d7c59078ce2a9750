/** The languages of the front desk: a file of words each, beside those for signing in, which the desk has. */
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id, en, pt };
