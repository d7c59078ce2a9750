/** Money, dates and times as the reader's language writes them. */

const LOCALES = { id: "id-ID", en: "en-GB", pt: "pt-PT" };
const SYMBOLS = { IDR: "Rp", MZN: "MT", AOA: "Kz" };
const EXPONENT = { JPY: 0 };

/** @param {string} language */
export function localeOf(language) {
  return LOCALES[/** @type {keyof typeof LOCALES} */ (language)] || "en-GB";
}

/**
 * `{amount_minor, currency}` as people write it; rupiah without sen.
 * @param {{amount_minor: number, currency: string} | null | undefined} amount
 * @param {string} language
 */
export function money(amount, language) {
  if (!amount) return "–";
  const exponent = /** @type {Record<string, number>} */ (EXPONENT)[amount.currency] ?? 2;
  const digits = amount.currency === "IDR" ? 0 : exponent;
  const figure = new Intl.NumberFormat(localeOf(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount.amount_minor / 10 ** exponent);
  const symbol = /** @type {Record<string, string>} */ (SYMBOLS)[amount.currency] || amount.currency;
  return amount.currency === "IDR" ? `${symbol}\u00a0${figure}` : `${figure}\u00a0${symbol}`;
}

/** @param {string | null | undefined} iso @param {string} language @param {"long" | "short"} [style] */
export function date(iso, language, style = "long") {
  if (!iso) return "–";
  const moment = new Date(iso.length === 10 ? `${iso}T12:00:00` : iso);
  return new Intl.DateTimeFormat(localeOf(language), {
    day: "numeric",
    month: style === "long" ? "long" : "short",
    year: "numeric",
  }).format(moment);
}

/** @param {string} iso @param {string} language */
export function time(iso, language) {
  return new Intl.DateTimeFormat(localeOf(language), { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

/** @param {string} iso @param {string} language */
export function dateTime(iso, language) {
  return `${date(iso, language, "short")}, ${time(iso, language)}`;
}
