/** Which page of the fund stands behind which address (the part after #). */
import { matched } from "../shared/matched.js";
import { Accounts } from "./pages/accounts.js";
import { Bank } from "./pages/bank.js";
import { Excess } from "./pages/excess.js";
import { ExcessList } from "./pages/excess_list.js";
import { Fund } from "./pages/fund.js";
import { Month } from "./pages/month.js";
import { Payables } from "./pages/payables.js";
import { Run } from "./pages/run.js";
import { Runs } from "./pages/runs.js";

/** @type {{pattern: RegExp, page: any, tab: string, names?: string[]}[]} */
const ROUTES = [
  { pattern: /^\/$/, page: Fund, tab: "fund" },
  { pattern: /^\/month$/, page: Month, tab: "month" },
  { pattern: /^\/payables$/, page: Payables, tab: "payables" },
  { pattern: /^\/accounts$/, page: Accounts, tab: "payables" },
  { pattern: /^\/runs$/, page: Runs, tab: "runs" },
  { pattern: /^\/runs\/([\w-]+)$/, page: Run, tab: "runs", names: ["runId"] },
  { pattern: /^\/bank$/, page: Bank, tab: "bank" },
  { pattern: /^\/excess$/, page: ExcessList, tab: "excess" },
  { pattern: /^\/excess\/([\w-]+)$/, page: Excess, tab: "excess", names: ["excessId"] },
];

/** @param {string} hash */
export const match = (hash) => matched(ROUTES, hash);
