/** Which page stands behind which address (the part after #). */
import { matched } from "../shared/matched.js";
import { later } from "./later.js";
import { Home } from "./pages/home.js";

/** @type {{pattern: RegExp, page: any, tab: string, title: string, names?: string[]}[]} */
const ROUTES = [
  { pattern: /^\/$/, page: Home, tab: "home", title: "" },
  { pattern: /^\/card$/, page: later("Card"), tab: "home", title: "card.title" },
  { pattern: /^\/benefits$/, page: later("Benefits"), tab: "benefits", title: "benefits.title" },
  { pattern: /^\/claims$/, page: later("Claims"), tab: "claims", title: "claims.title" },
  { pattern: /^\/claims\/new(?:\/([\w-]+))?$/, page: later("ClaimNew"), tab: "claims", title: "claim.new", names: ["draftId"] },
  { pattern: /^\/claims\/([\w-]+)$/, page: later("ClaimDetail"), tab: "claims", title: "claim.title", names: ["claimId"] },
  { pattern: /^\/chat$/, page: later("Chat"), tab: "chat", title: "chat.title" },
  { pattern: /^\/complaints$/, page: later("Complaints"), tab: "profile", title: "complaints.title" },
  { pattern: /^\/complaints\/new(?:\/([\w-]+))?$/, page: later("ComplaintNew"), tab: "profile", title: "complaint.new", names: ["claimId"] },
  { pattern: /^\/complaints\/([\w-]+)$/, page: later("Complaint"), tab: "profile", title: "complaint.title", names: ["complaintId"] },
  { pattern: /^\/referrals$/, page: later("Referrals"), tab: "benefits", title: "referrals.title" },
  { pattern: /^\/providers$/, page: later("Providers"), tab: "home", title: "providers.title" },
  { pattern: /^\/providers\/([\w-]+)$/, page: later("Provider"), tab: "home", title: "provider.title", names: ["providerId"] },
  { pattern: /^\/doctor$/, page: later("Doctor"), tab: "home", title: "doctor.title" },
  { pattern: /^\/doctor\/new$/, page: later("DoctorNew"), tab: "home", title: "doctor.new" },
  { pattern: /^\/doctor\/([\w-]+)$/, page: later("Consultation"), tab: "home", title: "doctor.one", names: ["consultationId"] },
  { pattern: /^\/letters$/, page: later("Letters"), tab: "home", title: "letters.title" },
  { pattern: /^\/letters\/([\w-]+)$/, page: later("Letter"), tab: "home", title: "letter.title", names: ["letterId"] },
  { pattern: /^\/estimate$/, page: later("Estimate"), tab: "home", title: "estimate.title" },
  { pattern: /^\/excess$/, page: later("Excesses"), tab: "claims", title: "excess.title" },
  { pattern: /^\/excess\/([\w-]+)$/, page: later("Excess"), tab: "claims", title: "excess.one", names: ["excessId"] },
  { pattern: /^\/hotline$/, page: later("Hotline"), tab: "home", title: "hotline.title" },
  { pattern: /^\/inbox$/, page: later("Inbox"), tab: "home", title: "inbox.title" },
  { pattern: /^\/told\/([\w-]+)$/, page: later("Told"), tab: "home", title: "told.title", names: ["notificationId"] },
  { pattern: /^\/profile$/, page: later("Profile"), tab: "profile", title: "profile.title" },
  { pattern: /^\/settings$/, page: later("Settings"), tab: "profile", title: "settings.title" },
  { pattern: /^\/access-log$/, page: later("AccessLog"), tab: "profile", title: "profile.access_log" },
  { pattern: /^\/my-data$/, page: later("MyData"), tab: "profile", title: "mydata.title" },
  { pattern: /^\/consents$/, page: later("Consents"), tab: "profile", title: "consents.title" },
];

/** @param {string} hash */
export const match = (hash) => matched(ROUTES, hash);
