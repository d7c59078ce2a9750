/** Amounts and days as these pages write them. */
import { date, localeOf, money } from "../shared/format.js";
import { html } from "../shared/view.js";
import { knows, language, t } from "../shared/words.js";

/** @param {any} amount */
export const written = (amount) => money(amount, language());

/** @param {string | null} day */
export const day = (day) => date(day, language(), "short");

/** @param {string} iso the first day of a month @param {"long" | "short"} style */
export function monthName(iso, style) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = style === "long" ? { month: "long", year: "numeric" } : { month: "short" };
  return new Intl.DateTimeFormat(localeOf(language()), options).format(new Date(`${iso.slice(0, 7)}-15T12:00:00`));
}

/** The word for a kind of care; one that only a plan knows is written as the plan writes it. @param {string} name */
export const category = (name) => (knows(`category.${name}`) ? t(`category.${name}`) : name);

/** @param {{facts: [string, any][]}} properties */
export function Facts({ facts }) {
  return html`<dl class="money-facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
