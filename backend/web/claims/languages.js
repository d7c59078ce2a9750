/** The languages of the workbench: a file of words each, beside those for signing in, which it shares with the desk. */
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id, en, pt };
