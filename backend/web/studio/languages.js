/** The languages of the studio: its own words over those that all pages of staff begin with. Another language is two files and a line. */
import { WORDS as DESK } from "../desk/languages.js";
import en from "./words/en.js";
import enFields from "./words/en_fields.js";
import id from "./words/id.js";
import idFields from "./words/id_fields.js";
import pt from "./words/pt.js";
import ptFields from "./words/pt_fields.js";

/** @type {Record<string, Record<string, string>>} */
export const WORDS = {
  id: { ...DESK.id, ...id, ...idFields },
  en: { ...DESK.en, ...en, ...enFields },
  pt: { ...DESK.pt, ...pt, ...ptFields },
};
