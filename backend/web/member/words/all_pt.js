/** All words of the member app in Portuguese: those of the pages, and a file beside them for each part that grew its own. */
import pt from "./pt.js";
import ptDecisions from "./pt_decisions.js";
import ptDoctor from "./pt_doctor.js";
import ptDoors from "./pt_doors.js";
import ptExcess from "./pt_excess.js";
import ptPhotos from "./pt_photos.js";
import ptPrivacy from "./pt_privacy.js";
import ptProviders from "./pt_providers.js";
import ptGuarantees from "./pt_guarantees.js";
import ptReferrals from "./pt_referrals.js";
import ptTold from "./pt_told.js";
import ptUnsent from "./pt_unsent.js";

/** @type {Record<string, string>} */
export default { ...pt, ...ptDecisions, ...ptDoctor, ...ptExcess, ...ptPrivacy, ...ptProviders, ...ptGuarantees, ...ptReferrals, ...ptTold, ...ptDoors, ...ptUnsent, ...ptPhotos };
