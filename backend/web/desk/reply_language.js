/** In which language a few words are written, or null when they do not say. Pure. */

/** Short everyday words that the other two languages do not have. @type {Record<string, string[]>} */
const TELLING = {
  id: "yang dan untuk dengan anda tidak kami kita sudah akan bisa dapat mohon silakan terima kasih pada dari ini itu atau jika kalau saya ada belum juga bapak ibu selamat pagi siang malam kartu klaim rumah sakit dokter apakah".split(" "),
  en: "the and you your is are was will with for please thank thanks we have has can not this that our would from been hello good morning afternoon card doctor hospital what when how".split(" "),
  pt: "que não você seu sua com para uma está por favor obrigado obrigada nós são os dos das pelo pela mais muito bom boa dia tarde noite cartão pode podemos já também quando como médico hospital olá é ao senhor senhora".split(" "),
};
const FEWEST_TELLING = 2;

/** @param {string} text @returns {string | null} */
export function languageOf(text) {
  const words = text.toLowerCase().match(/\p{L}+/gu) || [];
  const scores = Object.entries(TELLING)
    .map(([language, telling]) => ({ language, score: words.filter((word) => telling.includes(word)).length }))
    .sort((one, other) => other.score - one.score);
  const [first, second] = scores;
  return first.score >= FEWEST_TELLING && first.score >= second.score * 2 ? first.language : null;
}
