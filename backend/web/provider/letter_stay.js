/** During a stay under a letter: asking for more, and the bill at its end. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { minorUnits } from "../shared/amount.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const ITEMS = ["room", "intensive_care", "surgery", "doctor", "treatment", "test", "medicine", "other"];

/** @param {{letter: any, context: any, reload: () => void}} properties */
export function Extension({ letter, context, reload }) {
  const [days, setDays] = useState("1");
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const { currency } = letter.promised;
  const { busy, error, run } = useAction(async () => {
    const minor = amount ? minorUnits(amount, currency) : null;
    const body = { days: Number(days), estimate: minor ? { amount_minor: minor, currency } : null, reason };
    await call("POST", `/guarantee-letters/${letter.id}/extensions`, { body, key: await retryKey(`extend:${letter.id}`, body) });
    await settled(`extend:${letter.id}`);
    reload();
  });
  const typed = (/** @type {(value: string) => void} */ set) => (/** @type {any} */ event) => set(event.target.value);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<form class="panel stack" onSubmit=${submit}><h2>${t("letter.extend_title")}</h2>
    <div class="pair"><${Field} id="more-days" label=${t("letter.more_days")}><input type="number" min="0" max="366" required value=${days} onInput=${typed(setDays)} /><//>
      <${Field} id="more-amount" label=${t("letter.estimate", { currency })}><input inputmode="decimal" value=${amount} onInput=${typed(setAmount)} /><//></div>
    <${Field} id="more-reason" label=${t("letter.reason")}><input required minlength="3" maxlength="500" value=${reason} onInput=${typed(setReason)} /><//>
    <${FormProblem} error=${error} /><button class="button quiet" disabled=${busy}>${t("letter.extend")}</button></form>`;
}

/** @param {{letter: any, context: any, reload: () => void}} properties */
export function Discharge({ letter, context, reload }) {
  const [lines, setLines] = useState([{ item: "room", name: "", amount: "", days: "1" }]);
  const { currency } = letter.promised;
  const { busy, error, run } = useAction(async () => {
    const positions = lines.map((line) => ({
      item: line.item, name: line.name || null, amount: { amount_minor: minorUnits(line.amount, currency) || 0, currency },
      days: line.item === "room" ? Number(line.days) : null,
    }));
    const purpose = `discharge:${letter.id}`;
    const key = await retryKey(purpose, positions);
    const body = { positions, discharged_at: new Date().toISOString() };
    await call("POST", `/guarantee-letters/${letter.id}/discharge`, { body, key });
    await settled(purpose);
    reload();
  });
  const change = (/** @type {number} */ place, /** @type {string} */ name) => (/** @type {any} */ event) =>
    setLines(lines.map((line, at) => (at === place ? { ...line, [name]: event.target.value } : line)));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<form class="panel stack" onSubmit=${submit}><h2>${t("letter.discharge_title")}</h2>
    ${lines.map((line, place) => html`<div class="line">
      <${Field} id=${`name-${place}`} label=${t("bill.description")}><input required minlength="2" value=${line.name} onInput=${change(place, "name")} /><//>
      <${Field} id=${`item-${place}`} label=${t("bill.item")}><select value=${line.item} onChange=${change(place, "item")}>${ITEMS.map((item) => html`<option value=${item} selected=${item === line.item}>${t(`item.${item}`)}</option>`)}</select><//>
      <${Field} id=${`days-${place}`} label=${t("bill.days")}><input type="number" min="1" value=${line.days} disabled=${line.item !== "room"} onInput=${change(place, "days")} /><//>
      <${Field} id=${`amount-${place}`} label=${t("bill.amount", { currency })}><input required inputmode="decimal" value=${line.amount} onInput=${change(place, "amount")} /><//>
    </div>`)}
    <button type="button" class="button plain" onClick=${() => setLines([...lines, { item: "other", name: "", amount: "", days: "1" }])}>${t("bill.add")}</button>
    <${FormProblem} error=${error} /><button class="button wide" disabled=${busy}>${t("letter.discharge")}</button></form>`;
}
