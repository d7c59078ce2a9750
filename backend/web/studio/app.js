/** The studio; everything else lies in the pages. */
import { inEveryWindow, open } from "../desk/staff_app.js";
import { Frame } from "./frame.js";
import { WORDS } from "./languages.js";
import { match } from "./routes.js";

open({ slug: "studio", words: WORDS, match, Frame, switched: inEveryWindow("careline:studio") });
