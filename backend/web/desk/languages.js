/** The languages of the desk: three files of words each, of the desk, of complaints and of who works when. Another language is three more and a line here. */
import en from "./words/en.js";
import enComplaints from "./words/en_complaints.js";
import enStaffing from "./words/en_staffing.js";
import id from "./words/id.js";
import idComplaints from "./words/id_complaints.js";
import idStaffing from "./words/id_staffing.js";
import pt from "./words/pt.js";
import ptComplaints from "./words/pt_complaints.js";
import ptStaffing from "./words/pt_staffing.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = {
  id: { ...id, ...idComplaints, ...idStaffing },
  en: { ...en, ...enComplaints, ...enStaffing },
  pt: { ...pt, ...ptComplaints, ...ptStaffing },
};

export const LANGUAGES = Object.keys(WORDS);
