/** The languages of the member app: the words of the pages, and a file beside them for each part that grew its own. */
import en from "./words/en.js";
import enDecisions from "./words/en_decisions.js";
import enDoctor from "./words/en_doctor.js";
import enDoors from "./words/en_doors.js";
import enExcess from "./words/en_excess.js";
import enPrivacy from "./words/en_privacy.js";
import enProviders from "./words/en_providers.js";
import enGuarantees from "./words/en_guarantees.js";
import enReferrals from "./words/en_referrals.js";
import enTold from "./words/en_told.js";
import id from "./words/id.js";
import idDecisions from "./words/id_decisions.js";
import idDoctor from "./words/id_doctor.js";
import idDoors from "./words/id_doors.js";
import idExcess from "./words/id_excess.js";
import idPrivacy from "./words/id_privacy.js";
import idProviders from "./words/id_providers.js";
import idGuarantees from "./words/id_guarantees.js";
import idReferrals from "./words/id_referrals.js";
import idTold from "./words/id_told.js";
import pt from "./words/pt.js";
import ptDecisions from "./words/pt_decisions.js";
import ptDoctor from "./words/pt_doctor.js";
import ptDoors from "./words/pt_doors.js";
import ptExcess from "./words/pt_excess.js";
import ptPrivacy from "./words/pt_privacy.js";
import ptProviders from "./words/pt_providers.js";
import ptGuarantees from "./words/pt_guarantees.js";
import ptReferrals from "./words/pt_referrals.js";
import ptTold from "./words/pt_told.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = { id: { ...id, ...idDecisions, ...idDoctor, ...idExcess, ...idPrivacy, ...idProviders, ...idGuarantees, ...idReferrals, ...idTold, ...idDoors }, en: { ...en, ...enDecisions, ...enDoctor, ...enExcess, ...enPrivacy, ...enProviders, ...enGuarantees, ...enReferrals, ...enTold, ...enDoors }, pt: { ...pt, ...ptDecisions, ...ptDoctor, ...ptExcess, ...ptPrivacy, ...ptProviders, ...ptGuarantees, ...ptReferrals, ...ptTold, ...ptDoors } };
