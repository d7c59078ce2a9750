/** The languages of the desk: four files of words each, of the desk, of complaints, of consultations and of who works when. Another language is four more and a line here. */
import en from "./words/en.js";
import enComplaints from "./words/en_complaints.js";
import enDoctors from "./words/en_doctors.js";
import enStaffing from "./words/en_staffing.js";
import id from "./words/id.js";
import idComplaints from "./words/id_complaints.js";
import idDoctors from "./words/id_doctors.js";
import idStaffing from "./words/id_staffing.js";
import pt from "./words/pt.js";
import ptComplaints from "./words/pt_complaints.js";
import ptDoctors from "./words/pt_doctors.js";
import ptStaffing from "./words/pt_staffing.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = {
  id: { ...id, ...idComplaints, ...idDoctors, ...idStaffing },
  en: { ...en, ...enComplaints, ...enDoctors, ...enStaffing },
  pt: { ...pt, ...ptComplaints, ...ptDoctors, ...ptStaffing },
};

export const LANGUAGES = Object.keys(WORDS);
