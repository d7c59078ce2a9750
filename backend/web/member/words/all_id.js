/** All words of the member app in Indonesian: those of the pages, and a file beside them for each part that grew its own. */
import id from "./id.js";
import idDecisions from "./id_decisions.js";
import idDoctor from "./id_doctor.js";
import idDoors from "./id_doors.js";
import idExcess from "./id_excess.js";
import idPhotos from "./id_photos.js";
import idPrivacy from "./id_privacy.js";
import idProviders from "./id_providers.js";
import idGuarantees from "./id_guarantees.js";
import idReferrals from "./id_referrals.js";
import idTold from "./id_told.js";
import idUnsent from "./id_unsent.js";

/** @type {Record<string, string>} */
export default { ...id, ...idDecisions, ...idDoctor, ...idExcess, ...idPrivacy, ...idProviders, ...idGuarantees, ...idReferrals, ...idTold, ...idDoors, ...idUnsent, ...idPhotos };
