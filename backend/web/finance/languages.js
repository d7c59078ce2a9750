/** The languages of these pages: their own words over the desk's, whose sign-in and figures they show. Another language is a file and a line. */
import { WORDS as DESK } from "../desk/languages.js";
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...DESK.id, ...id }, en: { ...DESK.en, ...en }, pt: { ...DESK.pt, ...pt } };
