/** The languages of the desk: eleven files of words each: of the desk, of what all pages for staff begin with, complaints, consultations, guarantees, a launch, the network, personal data, plans, referrals and who works when. Another language is eleven more and a line here. */
import en from "./words/en.js";
import enComplaints from "./words/en_complaints.js";
import enDoctors from "./words/en_doctors.js";
import enGuarantees from "./words/en_guarantees.js";
import enReferrals from "./words/en_referrals.js";
import enLaunch from "./words/en_launch.js";
import enNetwork from "./words/en_network.js";
import enPlans from "./words/en_plans.js";
import enPrivacy from "./words/en_privacy.js";
import enStaff from "./words/en_staff.js";
import enStaffing from "./words/en_staffing.js";
import id from "./words/id.js";
import idComplaints from "./words/id_complaints.js";
import idDoctors from "./words/id_doctors.js";
import idGuarantees from "./words/id_guarantees.js";
import idReferrals from "./words/id_referrals.js";
import idLaunch from "./words/id_launch.js";
import idNetwork from "./words/id_network.js";
import idPlans from "./words/id_plans.js";
import idPrivacy from "./words/id_privacy.js";
import idStaff from "./words/id_staff.js";
import idStaffing from "./words/id_staffing.js";
import pt from "./words/pt.js";
import ptComplaints from "./words/pt_complaints.js";
import ptDoctors from "./words/pt_doctors.js";
import ptGuarantees from "./words/pt_guarantees.js";
import ptReferrals from "./words/pt_referrals.js";
import ptLaunch from "./words/pt_launch.js";
import ptNetwork from "./words/pt_network.js";
import ptPlans from "./words/pt_plans.js";
import ptPrivacy from "./words/pt_privacy.js";
import ptStaff from "./words/pt_staff.js";
import ptStaffing from "./words/pt_staffing.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = {
  id: { ...id, ...idComplaints, ...idDoctors, ...idGuarantees, ...idLaunch, ...idNetwork, ...idPlans, ...idPrivacy, ...idReferrals, ...idStaff, ...idStaffing },
  en: { ...en, ...enComplaints, ...enDoctors, ...enGuarantees, ...enLaunch, ...enNetwork, ...enPlans, ...enPrivacy, ...enReferrals, ...enStaff, ...enStaffing },
  pt: { ...pt, ...ptComplaints, ...ptDoctors, ...ptGuarantees, ...ptLaunch, ...ptNetwork, ...ptPlans, ...ptPrivacy, ...ptReferrals, ...ptStaff, ...ptStaffing },
};

export const LANGUAGES = Object.keys(WORDS);
