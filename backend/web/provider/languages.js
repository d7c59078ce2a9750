/** The languages of the front desk: two files of words each, of the desk and of referrals and prescriptions. */
import en from "./words/en.js";
import enCare from "./words/en_care.js";
import id from "./words/id.js";
import idCare from "./words/id_care.js";
import pt from "./words/pt.js";
import ptCare from "./words/pt_care.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...id, ...idCare }, en: { ...en, ...enCare }, pt: { ...pt, ...ptCare } };
