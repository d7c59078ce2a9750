/** Which page stands behind which address (the part after #). */
import { matched } from "../shared/matched.js";
import { Calls } from "./pages/calls.js";
import { Cases } from "./pages/cases.js";
import { Complaint } from "./pages/complaint.js";
import { Complaints } from "./pages/complaints.js";
import { Staffing } from "./pages/staffing.js";
import { Doctors } from "./pages/doctors.js";
import { Estimate } from "./pages/estimate.js";
import { Guarantee } from "./pages/guarantee.js";
import { Guarantees } from "./pages/guarantees.js";
import { PrivacyRequest, PrivacyRequests } from "./pages/privacy.js";
import { Launch } from "./pages/launch.js";
import { Referrals } from "./pages/referrals.js";
import { Facility } from "./pages/facility.js";
import { Network } from "./pages/network.js";
import { NetworkFile } from "./pages/network_file.js";
import { NetworkFiles } from "./pages/network_files.js";
import { PlanChange } from "./pages/plan_change.js";
import { Plans } from "./pages/plans.js";
import { Supervision } from "./pages/supervision.js";

/** @type {{pattern: RegExp, page: any, tab: string, names?: string[]}[]} */
const ROUTES = [
  { pattern: /^\/$/, page: Cases, tab: "cases" },
  { pattern: /^\/cases\/([\w-]+)$/, page: Cases, tab: "cases", names: ["caseId"] },
  { pattern: /^\/calls$/, page: Calls, tab: "calls" },
  { pattern: /^\/complaints$/, page: Complaints, tab: "complaints" },
  { pattern: /^\/complaints\/([\w-]+)$/, page: Complaint, tab: "complaints", names: ["complaintId"] },
  { pattern: /^\/doctors(?:\/([\w-]+))?$/, page: Doctors, tab: "doctors", names: ["consultationId"] },
  { pattern: /^\/guarantees$/, page: Guarantees, tab: "guarantees" },
  { pattern: /^\/guarantees\/([\w-]+)$/, page: Guarantee, tab: "guarantees", names: ["letterId"] },
  { pattern: /^\/estimate\/([\w-]+)$/, page: Estimate, tab: "guarantees", names: ["memberId"] },
  { pattern: /^\/referrals$/, page: Referrals, tab: "referrals" },
  { pattern: /^\/supervision$/, page: Supervision, tab: "supervision" },
  { pattern: /^\/network$/, page: Network, tab: "network" },
  { pattern: /^\/network\/files$/, page: NetworkFiles, tab: "network" },
  { pattern: /^\/network\/files\/([\w-]+)$/, page: NetworkFile, tab: "network", names: ["importId"] },
  { pattern: /^\/network\/([\w-]+)$/, page: Facility, tab: "network", names: ["providerId"] },
  { pattern: /^\/plans$/, page: Plans, tab: "plans" },
  { pattern: /^\/plans\/([\w-]+)$/, page: PlanChange, tab: "plans", names: ["changeId"] },
  { pattern: /^\/privacy$/, page: PrivacyRequests, tab: "privacy" },
  { pattern: /^\/privacy\/([\w-]+)$/, page: PrivacyRequest, tab: "privacy", names: ["requestId"] },
  { pattern: /^\/launch$/, page: Launch, tab: "launch" },
  { pattern: /^\/staffing$/, page: Staffing, tab: "staffing" },
];

/** @param {string} hash */
export const match = (hash) => matched(ROUTES, hash);
