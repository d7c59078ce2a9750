/** The positions of the bill: under which benefit each stands, what it is, its tariff code, what of it is adequate. */
import { Field } from "../shared/form.js";
import { money } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { AmountField } from "./amount_field.js";

const ITEMS = ["other", "doctor", "treatment", "surgery", "test", "medicine", "vitamin", "room", "intensive_care", "lenses", "frame", "non_medical"];
const FINDINGS = ["quantity", "diagnosis", "quality", "anomaly"];

export function Lines({ bench, draft, change, working, busy, onTell }) {
  const [entering, setEntering] = useState(false);
  const set = (/** @type {number} */ at) => (/** @type {any} */ fields) =>
    change({ lines: draft.lines.map((/** @type {any} */ line, /** @type {number} */ place) => (place === at ? { ...line, ...fields } : line)) });
  const tell = async (/** @type {any} */ body) => {
    await onTell(body);
    setEntering(false);
  };
  return html`<section class="panel stack snug" aria-labelledby="lines-title">
    <div class="row between wrap"><h2 id="lines-title">${t("lines.title")}</h2>
      ${working && !entering ? html`<button type="button" class="button plain" onClick=${() => setEntering(true)}>${t("lines.enter")}</button>` : null}</div>
    ${entering
      ? html`<${Entering} start=${draft.lines} currency=${bench.claim.claimed?.currency} busy=${busy} onTell=${tell} onClose=${() => setEntering(false)} />`
      : draft.lines.length
        ? html`<ol class="stack snug">${draft.lines.map((/** @type {any} */ line, /** @type {number} */ at) => html`<li key=${line.position}><${Line} line=${line} benefits=${bench.benefits} working=${working} set=${set(at)} /></li>`)}</ol>`
        : html`<p class="muted">${t("lines.none")}</p>`}
  </section>`;
}

function Line({ line, benefits, working, set }) {
  const id = `line-${line.position}`;
  const value = (/** @type {string} */ name) => (/** @type {any} */ event) => set({ [name]: event.target.value });
  return html`<fieldset class="bench-line" disabled=${!working}>
    <legend class="row between"><span>${line.position}. ${line.description}${line.quantity > 1 ? ` × ${line.quantity}` : ""}</span><strong class="figures">${money(line.amount, language())}</strong></legend>
    <${Field} id=${`${id}-benefit`} label=${t("lines.benefit")}><select value=${line.benefit_code || ""} onChange=${value("benefit_code")}>
      <option value="">${t("lines.by_itself")}</option>${benefits.map((/** @type {any} */ one) => html`<option value=${one.code}>${one.name}</option>`)}</select><//>
    <${Field} id=${`${id}-item`} label=${t("lines.item")}><select value=${line.item} onChange=${value("item")}>${ITEMS.map((item) => html`<option value=${item}>${t(`item.${item}`)}</option>`)}</select><//>
    <${Field} id=${`${id}-code`} label=${t("lines.code")}><input maxlength="40" autocomplete="off" value=${line.service_code || ""} onInput=${value("service_code")} /><//>
    <${AmountField} id=${`${id}-accepted`} label=${t("lines.accepted")} minor=${line.accepted_minor} currency=${line.amount.currency} onChange=${(/** @type {number | null} */ minor) => set({ accepted_minor: minor })} />
    ${line.accepted_minor !== null
      ? html`<${Field} id=${`${id}-finding`} label=${t("lines.finding")}><select required value=${line.finding || ""} onChange=${value("finding")}>
          <option value="">${t("lines.choose")}</option>${FINDINGS.map((name) => html`<option value=${name}>${t(`finding.${name}`)}</option>`)}</select><//>`
      : null}
  </fieldset>`;
}

/** Writing down the positions that the papers show. */
function Entering({ start, currency, busy, onTell, onClose }) {
  const blank = { description: "", quantity: 1, amount_minor: /** @type {number | null} */ (null), key: 0 };
  const [rows, setRows] = useState(start.length ? start.map((/** @type {any} */ line) => ({ ...line, amount_minor: line.amount.amount_minor, key: line.position })) : [blank]);
  const set = (/** @type {number} */ at, /** @type {any} */ fields) => setRows(rows.map((/** @type {any} */ row, /** @type {number} */ place) => (place === at ? { ...row, ...fields } : row)));
  const whole = rows.every((/** @type {any} */ row) => row.description.trim() && row.amount_minor !== null && Number(row.quantity) > 0);
  const send = () =>
    onTell({ positions: rows.map((/** @type {any} */ row) => ({ description: row.description.trim(), quantity: Number(row.quantity), amount_minor: row.amount_minor, proposed_by_document_id: row.proposed_by_document_id || null })) });
  return html`<div class="stack snug">
    ${rows.map((/** @type {any} */ row, /** @type {number} */ at) => html`<div class="entered" key=${row.key}>
      <${Field} id=${`what-${row.key}`} label=${t("lines.description")}><input maxlength="200" value=${row.description} onInput=${(/** @type {any} */ event) => set(at, { description: event.target.value })} /><//>
      <${Field} id=${`pieces-${row.key}`} label=${t("lines.quantity")}><input inputmode="numeric" value=${row.quantity} onInput=${(/** @type {any} */ event) => set(at, { quantity: event.target.value })} /><//>
      <${AmountField} id=${`sum-${row.key}`} label=${t("lines.amount", { currency })} minor=${row.amount_minor} currency=${currency} onChange=${(/** @type {number | null} */ minor) => set(at, { amount_minor: minor })} />
      <button type="button" class="icon-button" aria-label=${t("lines.remove", { number: at + 1 })} disabled=${rows.length < 2} onClick=${() => setRows(rows.filter((/** @type {any} */ _, /** @type {number} */ place) => place !== at))}><${Icon} name="close" size="18" /></button></div>`)}
    <button type="button" class="button plain" onClick=${() => setRows([...rows, { ...blank, key: Math.max(...rows.map((/** @type {any} */ row) => row.key)) + 1 }])}><${Icon} name="plus" size="18" />${t("lines.add")}</button>
    <div class="row end-row wrap"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button><button type="button" class="button" disabled=${busy || !whole} onClick=${send}>${t("lines.take")}</button></div>
  </div>`;
}
