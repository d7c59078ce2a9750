/** All words of the member app in English: those of the pages, and a file beside them for each part that grew its own. */
import en from "./en.js";
import enDecisions from "./en_decisions.js";
import enDoctor from "./en_doctor.js";
import enDoors from "./en_doors.js";
import enExcess from "./en_excess.js";
import enPhotos from "./en_photos.js";
import enPrivacy from "./en_privacy.js";
import enProviders from "./en_providers.js";
import enGuarantees from "./en_guarantees.js";
import enReferrals from "./en_referrals.js";
import enTold from "./en_told.js";
import enUnsent from "./en_unsent.js";

/** @type {Record<string, string>} */
export default { ...en, ...enDecisions, ...enDoctor, ...enExcess, ...enPrivacy, ...enProviders, ...enGuarantees, ...enReferrals, ...enTold, ...enDoors, ...enUnsent, ...enPhotos };
