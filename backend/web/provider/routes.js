/** Which page of the front desk stands behind which address (the part after #). */
import { matched } from "../shared/matched.js";
import { Referrals } from "../desk/pages/referrals.js";
import { Bill } from "./pages/bill.js";
import { Bills } from "./pages/bills.js";
import { Check } from "./pages/check.js";
import { Letter } from "./pages/letter.js";
import { Letters } from "./pages/letters.js";
import { Visit } from "./pages/visit.js";
import { Visits } from "./pages/visits.js";

/** @type {{pattern: RegExp, page: any, tab: string, names?: string[]}[]} */
const ROUTES = [
  { pattern: /^\/$/, page: Check, tab: "check" },
  { pattern: /^\/visits$/, page: Visits, tab: "visits" },
  { pattern: /^\/visits\/([\w-]+)$/, page: Visit, tab: "visits", names: ["visitId"] },
  { pattern: /^\/visits\/([\w-]+)\/bill$/, page: Bill, tab: "visits", names: ["visitId"] },
  { pattern: /^\/letters$/, page: Letters, tab: "letters" },
  { pattern: /^\/letters\/([\w-]+)$/, page: Letter, tab: "letters", names: ["letterId"] },
  { pattern: /^\/referrals$/, page: Referrals, tab: "referrals" },
  { pattern: /^\/bills$/, page: Bills, tab: "bills" },
];

/** @param {string} hash */
export const match = (hash) => matched(ROUTES, hash);
