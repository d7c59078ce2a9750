/** The week of a desk and the days on which it does not open. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { dateTime } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

const NINE_TO_FIVE = { weekday: 0, opens: "09:00", closes: "17:00", on_holidays: false };
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function Hours() {
  const state = useLoaded("/staffing/hours");
  const [desk, choose] = useState("helpline");
  return html`<section class="stack" aria-labelledby="hours"><h2 id="hours">${t("staffing.hours")}</h2>
    <p class="muted small">${t("staffing.hours_hint")}</p>
    <${Field} id="desk" label=${t("staffing.desk")}>
      <select value=${desk} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
        ${["helpline", "doctor", "office", "cards"].map((name) => html`<option value=${name} selected=${name === desk}>${t(`staffing.desk.${name}`)}</option>`)}</select><//>
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
      html`<${DeskHours} key=${desk} known=${items.find((/** @type {any} */ one) => one.desk === desk)} onSaved=${state.reload} />`}<//>
  </section>`;
}

/** @param {{known: any, onSaved: () => void}} properties */
function DeskHours({ known, onSaved }) {
  const [hours, setHours] = useState(known.hours);
  const [days, setDays] = useState(known.closed_days);
  const [saved, setSaved] = useState(false);
  const { busy, error, run } = useAction(async () => {
    await call("PUT", "/staffing/hours", { body: { desk: known.desk, hours, closed_days: days } });
    setSaved(true);
    onSaved();
  });
  const changed = (/** @type {any} */ set) => (/** @type {any} */ value) => {
    setSaved(false);
    set(value);
  };
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <p class="badge" role="status">${standing(known)}</p>
    <${Spells} rows=${hours} onChange=${changed(setHours)} />
    <h3>${t("staffing.closed_days")}</h3><p class="muted small">${t("staffing.closed_hint")}</p>
    <${Closures} rows=${days} onChange=${changed(setDays)} />
    <${FormProblem} error=${error} />
    <div class="row end-row">${saved ? html`<span role="status">${t("staffing.saved")}</span>` : null}
      <button class="button" disabled=${busy}>${t("staffing.save_hours")}</button></div>
  </form>`;
}

/** @param {any} known */
function standing(known) {
  if (known.open_now) return t("staffing.open_now");
  return known.opens_at ? t("staffing.closed_until", { when: dateTime(known.opens_at, language()) }) : t("staffing.never_open");
}

/** The name of a day of the week, 0 is Monday. @param {number} weekday */
function dayName(weekday) {
  return new Intl.DateTimeFormat(language(), { weekday: "long", timeZone: "UTC" }).format(MONDAY + weekday * DAY_MS);
}

/** @param {{rows: any[], onChange: (rows: any[]) => void}} properties */
function Spells({ rows, onChange }) {
  const put = (/** @type {number} */ at, /** @type {any} */ fields) => onChange(rows.map((row, index) => (index === at ? { ...row, ...fields } : row)));
  return html`<ul class="stack snug">${rows.map((row, at) => html`<li class="row wrap" key=${at}>
      <${Field} id=${`weekday-${at}`} label=${t("staffing.weekday")}><select value=${row.weekday} onChange=${(/** @type {any} */ event) => put(at, { weekday: Number(event.target.value) })}>
        ${[0, 1, 2, 3, 4, 5, 6].map((day) => html`<option value=${day} selected=${day === row.weekday}>${dayName(day)}</option>`)}</select><//>
      <${Field} id=${`opens-${at}`} label=${t("staffing.opens")}><input type="time" required value=${row.opens} onInput=${(/** @type {any} */ event) => put(at, { opens: event.target.value })} /><//>
      <${Field} id=${`closes-${at}`} label=${t("staffing.closes")}><input type="time" required value=${row.closes} onInput=${(/** @type {any} */ event) => put(at, { closes: event.target.value })} /><//>
      <label class="row"><input type="checkbox" checked=${row.on_holidays} onChange=${(/** @type {any} */ event) => put(at, { on_holidays: event.target.checked })} />${t("staffing.on_holidays")}</label>
      <${Remove} what=${`${dayName(row.weekday)} ${row.opens}`} onClick=${() => onChange(rows.filter((_, index) => index !== at))} /></li>`)}</ul>
    <div><button type="button" class="button quiet" onClick=${() => onChange([...rows, next(rows)])}><${Icon} name="plus" size="18" />${t("staffing.add_spell")}</button></div>`;
}

/** The day after the last one, with the same hours: a week is five clicks. @param {any[]} rows */
function next(rows) {
  const last = rows[rows.length - 1];
  return last ? { ...last, weekday: (last.weekday + 1) % 7 } : NINE_TO_FIVE;
}

/** @param {{rows: any[], onChange: (rows: any[]) => void}} properties */
function Closures({ rows, onChange }) {
  const put = (/** @type {number} */ at, /** @type {any} */ fields) => onChange(rows.map((row, index) => (index === at ? { ...row, ...fields } : row)));
  return html`<ul class="stack snug">${rows.map((row, at) => html`<li class="row wrap" key=${at}>
      <${Field} id=${`closed-${at}`} label=${t("staffing.day")}><input type="date" required value=${row.day} onInput=${(/** @type {any} */ event) => put(at, { day: event.target.value })} /><//>
      <${Field} id=${`closed-name-${at}`} label=${t("staffing.name")}><input required maxlength="200" value=${row.name} onInput=${(/** @type {any} */ event) => put(at, { name: event.target.value })} /><//>
      <${Remove} what=${row.name || row.day} onClick=${() => onChange(rows.filter((_, index) => index !== at))} /></li>`)}</ul>
    <div><button type="button" class="button quiet" onClick=${() => onChange([...rows, { day: "", name: "" }])}><${Icon} name="plus" size="18" />${t("staffing.add_day")}</button></div>`;
}

/** @param {{what: string, onClick: () => void}} properties */
export function Remove({ what, onClick }) {
  return html`<button type="button" class="icon-button" aria-label=${`${t("staffing.remove")}: ${what}`} title=${t("staffing.remove")} onClick=${onClick}><${Icon} name="close" size="18" /></button>`;
}
