/** Amounts as people type them. Rupiah has no smaller coin in use; other currencies here have two decimals. */
import { localeOf } from "./format.js";

/**
 * `1.250.000`, `1,250,000` or `1250000` rupiah; `1.250,50`, `1,250.5` or `1250` meticais: as minor units.
 * @param {string} text
 * @param {string} currency
 * @returns {number | null} null when it is no amount
 */
export function minorUnits(text, currency) {
  const cleaned = text.replace(/[\s\u00a0]/g, "").replace(/^(rp|mt|kz|[a-z]{3})\.?/i, "").replace(/(mt|kz|[a-z]{3})$/i, "");
  const parts = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(cleaned);
  if (!parts) return null;
  const decimals = Number((parts[2] || "").padEnd(2, "0"));
  if (currency === "IDR" && decimals) return null;
  const minor = Number(parts[1].replace(/[.,]/g, "")) * 100 + decimals;
  return minor > 0 && Number.isSafeInteger(minor) ? minor : null;
}

/** An amount for an input field: grouped, without a currency. @param {number} minor @param {string} currency @param {string} language */
export function typed(minor, currency, language) {
  const digits = currency === "IDR" || minor % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: digits, useGrouping: true }).format(minor / 100);
}
