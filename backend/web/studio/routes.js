/** Which page of the studio stands behind which address (the part after #). */
import { matched } from "../shared/matched.js";
import { Design } from "./pages/design.js";
import { Links } from "./pages/links.js";
import { NewClient } from "./pages/new_client.js";
import { Publish } from "./pages/publish.js";
import { Versions } from "./pages/versions.js";

/** @type {{pattern: RegExp, page: any, tab: string, names?: string[]}[]} */
const ROUTES = [
  { pattern: /^\/(?:design\/(\w+)(?:\/([\w.-]+))?)?$/, page: Design, tab: "design", names: ["step", "place"] },
  { pattern: /^\/publish$/, page: Publish, tab: "publish" },
  { pattern: /^\/versions$/, page: Versions, tab: "versions" },
  { pattern: /^\/links$/, page: Links, tab: "links" },
  { pattern: /^\/clients\/new$/, page: NewClient, tab: "new_client" },
];

/** @param {string} hash */
export const match = (hash) => matched(ROUTES, hash);
