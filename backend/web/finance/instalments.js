/** Parts in which an excess is paid; they add up to what is open, each with a day of its own. */
import { minorUnits, typed } from "../shared/amount.js";
import { call } from "../shared/api.js";
import { Field } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { Asking } from "./asking.js";
import { written } from "./figures.js";

const MOST = 24;

/** @param {{one: any, onDone: (excess: any) => void, onClose: () => void}} properties */
export function Instalments({ one, onDone, onClose }) {
  const { currency } = one.open;
  const [parts, setParts] = useState(halves(one));
  const minors = parts.map((part) => minorUnits(part.amount, currency));
  const total = minors.reduce((/** @type {number} */ sum, minor) => sum + (minor || 0), 0);
  const rest = { amount_minor: one.open.amount_minor - total, currency };
  const agree = async () => {
    const body = { parts: parts.map(({ due_on }, place) => ({ due_on, amount: { amount_minor: minors[place], currency } })) };
    onDone(await call("PUT", `/excess/${one.id}/instalments`, { body }));
  };
  const set = (/** @type {number} */ place, /** @type {string} */ name) => (/** @type {any} */ event) => setParts(parts.map((part, at) => (at === place ? { ...part, [name]: event.target.value } : part)));
  return html`<${Asking} title=${t("excess.agree")} text=${t("parts.hint", { amount: written(one.open) })} act=${t("parts.do")} ready=${!rest.amount_minor && minors.every(Boolean) && parts.every((part) => part.due_on)} onAct=${agree} onClose=${onClose}>
    ${parts.map((part, place) => html`<div class="part" role="group" aria-label=${t("parts.one", { number: place + 1 })} key=${place}>
      <${Field} id=${`due-${place}`} label=${t("parts.day")}><input type="date" required value=${part.due_on} onInput=${set(place, "due_on")} /><//>
      <${Field} id=${`part-${place}`} label=${t("amount_in", { currency })}><input required inputmode="decimal" autocomplete="off" value=${part.amount} onInput=${set(place, "amount")} /><//>
      ${parts.length > 1 ? html`<button type="button" class="icon-button" aria-label=${t("parts.remove", { number: place + 1 })} onClick=${() => setParts(parts.filter((_, at) => at !== place))}><${Icon} name="close" size="20" /></button>` : html`<span></span>`}</div>`)}
    ${parts.length < MOST ? html`<button type="button" class="button plain" onClick=${() => setParts([...parts, { due_on: "", amount: "" }])}><${Icon} name="plus" size="18" />${t("parts.add")}</button>` : null}
    <p role="status" class=${rest.amount_minor ? "notice warn" : "notice good"}>${rest.amount_minor ? t("parts.rest", { amount: written(rest) }) : t("parts.whole")}</p>
  <//>`;
}

/** Two parts to begin with; rupiah in whole ones. @param {any} one */
function halves(one) {
  const unit = one.open.currency === "IDR" ? 100 : 1;
  const first = Math.floor(one.open.amount_minor / 2 / unit) * unit;
  const amounts = first ? [first, one.open.amount_minor - first] : [one.open.amount_minor];
  return amounts.map((minor) => ({ due_on: "", amount: typed(minor, one.open.currency, language()) }));
}
