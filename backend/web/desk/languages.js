/** The languages of the desk: two files of words each, the second of complaints. Another language is two more and a line here. */
import en from "./words/en.js";
import enComplaints from "./words/en_complaints.js";
import id from "./words/id.js";
import idComplaints from "./words/id_complaints.js";
import pt from "./words/pt.js";
import ptComplaints from "./words/pt_complaints.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...id, ...idComplaints }, en: { ...en, ...enComplaints }, pt: { ...pt, ...ptComplaints } };

export const LANGUAGES = Object.keys(WORDS);
