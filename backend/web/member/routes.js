/** Which page stands behind which address (the part after #). */
import { AccessLog } from "./pages/access_log.js";
import { Benefits } from "./pages/benefits.js";
import { Card } from "./pages/card.js";
import { Chat } from "./pages/chat.js";
import { ClaimDetail } from "./pages/claim_detail.js";
import { ClaimNew } from "./pages/claim_new.js";
import { Claims } from "./pages/claims.js";
import { Complaint } from "./pages/complaint.js";
import { ComplaintNew } from "./pages/complaint_new.js";
import { Complaints } from "./pages/complaints.js";
import { Consents } from "./pages/consents.js";
import { Consultation } from "./pages/consultation.js";
import { Doctor } from "./pages/doctor.js";
import { DoctorNew } from "./pages/doctor_new.js";
import { Estimate } from "./pages/estimate.js";
import { Excess } from "./pages/excess.js";
import { Excesses } from "./pages/excesses.js";
import { Home } from "./pages/home.js";
import { Hotline } from "./pages/hotline.js";
import { Inbox, Told } from "./pages/inbox.js";
import { Letter } from "./pages/letter.js";
import { Letters } from "./pages/letters.js";
import { MyData } from "./pages/my_data.js";
import { Profile } from "./pages/profile.js";
import { Settings } from "./pages/settings.js";
import { Referrals } from "./pages/referrals.js";
import { Provider } from "./pages/provider.js";
import { Providers } from "./pages/providers.js";

/** @type {{pattern: RegExp, page: any, tab: string, title: string, names?: string[]}[]} */
const ROUTES = [
  { pattern: /^\/$/, page: Home, tab: "home", title: "" },
  { pattern: /^\/card$/, page: Card, tab: "home", title: "card.title" },
  { pattern: /^\/benefits$/, page: Benefits, tab: "benefits", title: "benefits.title" },
  { pattern: /^\/claims$/, page: Claims, tab: "claims", title: "claims.title" },
  { pattern: /^\/claims\/new(?:\/([\w-]+))?$/, page: ClaimNew, tab: "claims", title: "claim.new", names: ["draftId"] },
  { pattern: /^\/claims\/([\w-]+)$/, page: ClaimDetail, tab: "claims", title: "claim.title", names: ["claimId"] },
  { pattern: /^\/chat$/, page: Chat, tab: "chat", title: "chat.title" },
  { pattern: /^\/complaints$/, page: Complaints, tab: "profile", title: "complaints.title" },
  { pattern: /^\/complaints\/new(?:\/([\w-]+))?$/, page: ComplaintNew, tab: "profile", title: "complaint.new", names: ["claimId"] },
  { pattern: /^\/complaints\/([\w-]+)$/, page: Complaint, tab: "profile", title: "complaint.title", names: ["complaintId"] },
  { pattern: /^\/referrals$/, page: Referrals, tab: "benefits", title: "referrals.title" },
  { pattern: /^\/providers$/, page: Providers, tab: "home", title: "providers.title" },
  { pattern: /^\/providers\/([\w-]+)$/, page: Provider, tab: "home", title: "provider.title", names: ["providerId"] },
  { pattern: /^\/doctor$/, page: Doctor, tab: "home", title: "doctor.title" },
  { pattern: /^\/doctor\/new$/, page: DoctorNew, tab: "home", title: "doctor.new" },
  { pattern: /^\/doctor\/([\w-]+)$/, page: Consultation, tab: "home", title: "doctor.one", names: ["consultationId"] },
  { pattern: /^\/letters$/, page: Letters, tab: "home", title: "letters.title" },
  { pattern: /^\/letters\/([\w-]+)$/, page: Letter, tab: "home", title: "letter.title", names: ["letterId"] },
  { pattern: /^\/estimate$/, page: Estimate, tab: "home", title: "estimate.title" },
  { pattern: /^\/excess$/, page: Excesses, tab: "claims", title: "excess.title" },
  { pattern: /^\/excess\/([\w-]+)$/, page: Excess, tab: "claims", title: "excess.one", names: ["excessId"] },
  { pattern: /^\/hotline$/, page: Hotline, tab: "home", title: "hotline.title" },
  { pattern: /^\/inbox$/, page: Inbox, tab: "home", title: "inbox.title" },
  { pattern: /^\/told\/([\w-]+)$/, page: Told, tab: "home", title: "told.title", names: ["notificationId"] },
  { pattern: /^\/profile$/, page: Profile, tab: "profile", title: "profile.title" },
  { pattern: /^\/settings$/, page: Settings, tab: "profile", title: "settings.title" },
  { pattern: /^\/access-log$/, page: AccessLog, tab: "profile", title: "profile.access_log" },
  { pattern: /^\/my-data$/, page: MyData, tab: "profile", title: "mydata.title" },
  { pattern: /^\/consents$/, page: Consents, tab: "profile", title: "consents.title" },
];

/** @param {string} hash */
export function match(hash) {
  const path = hash.replace(/^#/, "") || "/";
  for (const route of ROUTES) {
    const found = route.pattern.exec(path);
    if (found) {
      const values = Object.fromEntries((route.names || []).map((name, index) => [name, found[index + 1]]));
      return { ...route, path, values };
    }
  }
  return { ...ROUTES[0], path: "/", values: {} };
}
