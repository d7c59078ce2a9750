/** The languages of the member app. A phone fetches the words of the one that is spoken. */

/** @type {Record<string, () => Promise<{default: Record<string, string>}>>} */
export const LANGUAGES = {
  en: () => import("./words/all_en.js"),
  id: () => import("./words/all_id.js"),
  pt: () => import("./words/all_pt.js"),
};

/** Shown when the words themselves cannot be fetched. @type {Record<string, string>} */
export const COULD_NOT_START = {
  en: "The app could not be loaded. Check your network and open it again.",
  id: "Aplikasi tidak dapat dimuat. Periksa jaringan Anda lalu buka kembali.",
  pt: "Não foi possível carregar a aplicação. Verifique a rede e abra-a de novo.",
};

/** @type {Record<string, Record<string, string>>} */
const loaded = {};

/** @param {string} language one of LANGUAGES; rejects when its words cannot be fetched */
export async function wordsOf(language) {
  loaded[language] ||= (await LANGUAGES[language]()).default;
  return loaded[language];
}

/** The words of a language that was loaded before. @param {string} language */
export function knownWords(language) {
  return loaded[language];
}
