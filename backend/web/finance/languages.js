/** The languages of these pages: their own words, and the desk's for signing in. Another language is a file and a line. */
import deskEn from "../desk/words/en.js";
import deskId from "../desk/words/id.js";
import deskPt from "../desk/words/pt.js";
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...deskId, ...id }, en: { ...deskEn, ...en }, pt: { ...deskPt, ...pt } };
