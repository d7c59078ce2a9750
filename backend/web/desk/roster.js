/** A week of shifts, replaced as a whole: what nobody can work is refused and the old roster stands. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Remove } from "./opening_hours.js";
import { fromInput, mondayOf, toInput, weekAfter } from "./weeks.js";

export function Roster() {
  const [monday, setMonday] = useState(mondayOf(new Date()));
  const begin = fromInput(`${monday}T00:00`);
  const end = weekAfter(begin);
  const people = useLoaded("/staffing/skills");
  const shifts = useLoaded(`/staffing/shifts?from=${encodeURIComponent(begin)}&to=${encodeURIComponent(end)}`);
  const choose = (/** @type {any} */ event) => event.target.value && setMonday(mondayOf(new Date(`${event.target.value}T12:00`)));
  return html`<section class="stack" aria-labelledby="roster"><h2 id="roster">${t("staffing.roster")}</h2>
    <p class="muted small">${t("staffing.roster_hint")}</p>
    <${Field} id="week" label=${t("staffing.week_from")}><input type="date" value=${monday} onChange=${choose} /><//>
    <${Loaded} state=${people}>${(/** @type {any} */ { items: colleagues }) => html`<${Loaded} state=${shifts}>${(/** @type {any} */ { items }) =>
      html`<${Week} key=${`${monday}:${shifts.value?.from}`} begin=${begin} end=${end} colleagues=${colleagues} known=${items.filter((/** @type {any} */ one) => inside(one, begin, end))} />`}<//>`}<//>
  </section>`;
}

/** A shift belongs to the week it begins in. @param {any} one @param {string} begin @param {string} end */
function inside(one, begin, end) {
  const at = new Date(one.starts_at).getTime();
  return at >= new Date(begin).getTime() && at < new Date(end).getTime();
}

/** @param {{begin: string, end: string, colleagues: any[], known: any[]}} properties */
function Week({ begin, end, colleagues, known }) {
  const [rows, setRows] = useState(known.map((one) => ({ staff_id: one.staff_id, starts_at: toInput(one.starts_at), ends_at: toInput(one.ends_at) })));
  const [saved, setSaved] = useState(false);
  const { busy, error, run } = useAction(async () => {
    const shifts = rows.map((row) => ({ staff_id: row.staff_id, starts_at: fromInput(row.starts_at), ends_at: fromInput(row.ends_at) }));
    await call("PUT", "/staffing/shifts", { body: { from: begin, to: end, shifts } });
    setSaved(true);
  });
  const change = (/** @type {any[]} */ next) => {
    setSaved(false);
    setRows(next);
  };
  const put = (/** @type {number} */ at, /** @type {any} */ fields) => change(rows.map((row, index) => (index === at ? { ...row, ...fields } : row)));
  const fresh = () => ({ staff_id: colleagues[0].staff_id, starts_at: `${toInput(begin).slice(0, 10)}T08:00`, ends_at: `${toInput(begin).slice(0, 10)}T16:00` });
  const name = (/** @type {string} */ id) => colleagues.find((one) => one.staff_id === id)?.name || "";
  if (!colleagues.length) return html`<p class="muted">${t("staffing.nobody")}</p>`;
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    ${rows.length ? null : html`<p class="muted">${t("staffing.no_shifts")}</p>`}
    <ul class="stack snug">${rows.map((row, at) => html`<li class="row wrap" key=${at}>
      <${Field} id=${`person-${at}`} label=${t("staffing.person")}><select value=${row.staff_id} onChange=${(/** @type {any} */ event) => put(at, { staff_id: event.target.value })}>
        ${colleagues.map((one) => html`<option value=${one.staff_id} selected=${one.staff_id === row.staff_id}>${one.name}</option>`)}</select><//>
      <${Field} id=${`begins-${at}`} label=${t("staffing.begins")}><input type="datetime-local" required value=${row.starts_at} onInput=${(/** @type {any} */ event) => put(at, { starts_at: event.target.value })} /><//>
      <${Field} id=${`ends-${at}`} label=${t("staffing.ends")}><input type="datetime-local" required value=${row.ends_at} onInput=${(/** @type {any} */ event) => put(at, { ends_at: event.target.value })} /><//>
      <${Remove} what=${`${name(row.staff_id)} ${row.starts_at.replace("T", " ")}`} onClick=${() => change(rows.filter((_, index) => index !== at))} /></li>`)}</ul>
    <div><button type="button" class="button quiet" onClick=${() => change([...rows, fresh()])}><${Icon} name="plus" size="18" />${t("staffing.add_shift")}</button></div>
    <${FormProblem} error=${error} />
    <div class="row end-row">${saved ? html`<span role="status">${t("staffing.saved")}</span>` : null}
      <button class="button" disabled=${busy}>${t("staffing.save_roster")}</button></div>
  </form>`;
}
