/** The desk; everything else lies in the pages. */
import { Frame } from "./frame.js";
import { WORDS } from "./languages.js";
import { match } from "./routes.js";
import { inEveryWindow, open } from "./staff_app.js";

open({ slug: "desk", words: WORDS, match, Frame, switched: inEveryWindow("careline:desk") });
