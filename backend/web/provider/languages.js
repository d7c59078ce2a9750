/** The languages of the front desk: the words of what all pages for staff begin with, of requests for referrals, those of this desk, and those of its referrals and prescriptions. */
import enReferrals from "../desk/words/en_referrals.js";
import enStaff from "../desk/words/en_staff.js";
import idReferrals from "../desk/words/id_referrals.js";
import idStaff from "../desk/words/id_staff.js";
import ptReferrals from "../desk/words/pt_referrals.js";
import ptStaff from "../desk/words/pt_staff.js";
import en from "./words/en.js";
import enCare from "./words/en_care.js";
import id from "./words/id.js";
import idCare from "./words/id_care.js";
import pt from "./words/pt.js";
import ptCare from "./words/pt_care.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...idStaff, ...idReferrals, ...id, ...idCare }, en: { ...enStaff, ...enReferrals, ...en, ...enCare }, pt: { ...ptStaff, ...ptReferrals, ...pt, ...ptCare } };
