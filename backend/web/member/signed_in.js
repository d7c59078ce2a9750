/** What somebody who has signed in sees first. */
export { Frame } from "./frame.js";
export { match } from "./routes.js";
