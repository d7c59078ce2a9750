/** What was typed or scanned at the desk: which kinds of thing it can be, the likeliest first. */
import { isSignedCode } from "./signed_code.js";

const LENGTH = 12;
const REFERENCES = /** @type {Record<string, string>} */ ({ 4: "referral", 5: "letter", 7: "prescription" });

/** @param {string} text @returns {string[]} of card, referral, letter, prescription, signed, unknown */
export function kindsOf(text) {
  const plain = text.trim();
  if (isSignedCode(plain)) return ["signed"];
  const digits = plain.replace(/[\s-]/g, "");
  if (!/^\d{4,}$/.test(digits)) return ["unknown"];
  const reference = digits.length === LENGTH && Number(digits) % 97 === 1 ? REFERENCES[digits[0]] : undefined;
  if (!reference) return ["card"];
  // Both kinds of number have twelve digits; the check digits of one fit the other now and then.
  return isLuhn(digits) ? ["card", reference] : [reference];
}

/** @param {string} digits */
function isLuhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
