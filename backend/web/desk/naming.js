/** How cases, channels, languages and people are named on the screen. */
import { knows, t } from "../shared/words.js";

/** Whom a case is for; before somebody has proved who they are, there is only the number of the case. @param {any} one */
export function who(one) {
  return one.member?.name || t("case.unknown", { number: one.number });
}

/** A word of the API in the reader's language; one we have no word for is shown as it is. @param {string} family @param {string | null | undefined} name */
export function worded(family, name) {
  if (!name) return "–";
  const key = `${family}.${name}`;
  return knows(key) ? t(key) : name.replaceAll("_", " ").replaceAll("-", " ");
}

/** What a case is about, unless its priority says so already. @param {any} one */
export function about(one) {
  return one.reason === "emergency" && one.priority === "urgent" ? "" : worded("reason", one.reason);
}

/** Age in whole years. @param {string} birthDate */
export function ageOf(birthDate) {
  const born = new Date(`${birthDate}T00:00:00`);
  const now = new Date();
  const before = now.getMonth() < born.getMonth() || (now.getMonth() === born.getMonth() && now.getDate() < born.getDate());
  return now.getFullYear() - born.getFullYear() - (before ? 1 : 0);
}
