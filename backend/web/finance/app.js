/** The fund's pages; everything else lies in the pages. */
import { inEveryWindow, open } from "../desk/staff_app.js";
import { Frame } from "./frame.js";
import { WORDS } from "./languages.js";
import { match } from "./routes.js";

open({ slug: "finance", words: WORDS, match, Frame, switched: inEveryWindow("careline:finance") });
