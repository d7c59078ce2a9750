/** How settings, colours and languages are called on the page. */
import { knows, language, t } from "../shared/words.js";
import { nameOf } from "./fields.js";

/** @param {string} code */
export function languageName(code) {
  const name = new Intl.DisplayNames([language()], { type: "language" }).of(code) || code;
  return name[0].toLocaleUpperCase(language()) + name.slice(1);
}

export const MISSING = "branding.shape_missing";

/** A defect as a sentence: what is merely missing is called as the page calls it. @param {any} defect @param {string[]} languages */
export function sentenceOf(defect, languages) {
  const path = (defect.place || "").split(".");
  return defect.reason === MISSING && knows(`field.${nameOf(path, languages)}`) ? t("problem.missing", { name: labelOf(path, languages) }) : defect.message;
}

/** What a setting is called, with its language where it has one. @param {string[]} path @param {string[]} languages */
export function labelOf(path, languages) {
  const spoken = path.find((part) => languages.includes(part) && path[0] !== part);
  const name = nameOf(path, languages);
  const said = knows(`field.${name}`) ? t(`field.${name}`) : knows(`colour.${path[2]}`) ? `${t(`colour.${path[2]}`)} · ${t(`scheme.${path[1]}`)}` : path[path.length - 1];
  return spoken ? `${said} · ${languageName(spoken)}` : said;
}

/** An element's name in the page from a setting's place. @param {string[]} path */
export const idOf = (path) => `at-${path.join("-").replace(/[^\w-]/g, "_")}`;
