/** The languages of the workbench: a file of words each, beside those for signing in, which it shares with the desk. */
import enStaff from "../desk/words/en_staff.js";
import idStaff from "../desk/words/id_staff.js";
import ptStaff from "../desk/words/pt_staff.js";
import en from "./words/en.js";
import id from "./words/id.js";
import pt from "./words/pt.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...idStaff, ...id }, en: { ...enStaff, ...en }, pt: { ...ptStaff, ...pt } };
