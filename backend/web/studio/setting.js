/** One setting of the brand: its label, how it is written, what is wrong with it, and the way back to the default. */
import { cloneElement, html, useEffect, useState } from "../shared/view.js";
import { knows, t } from "../shared/words.js";
import { nameOf, shapeOf } from "./fields.js";
import { EmergencyNumbers } from "./emergency_numbers.js";
import { idOf, MISSING } from "./naming.js";
import { at, same } from "./settings.js";

/** @param {{studio: any, field: import("./fields.js").FieldOf}} properties */
export function Setting({ studio, field }) {
  const { path, kind } = field;
  const shape = shapeOf(studio.form.schema, path) || {};
  const value = at(studio.effective, path);
  const droppable = field.optional || !at(studio.form.defaults, path); // an emptied default is said to be empty
  const change = (/** @type {any} */ next) => studio.change(path, droppable && (next === "" || next.length === 0) ? undefined : next);
  const Kind = KINDS[/** @type {keyof typeof KINDS} */ (kind)];
  return html`<${Around} studio=${studio} path=${path} kind=${kind} optional=${field.optional} grouped=${GROUPED.includes(kind)}>
    <${Kind} shape=${shape} value=${value} field=${field} studio=${studio} onChange=${change} /><//>`;
}

/** Label, hint and problems around whatever the setting is written with; several controls stand in a fieldset. */
export function Around({ studio, path, kind, optional, grouped, children }) {
  const name = nameOf(path, studio.form.languages);
  const id = idOf(path);
  const missing = isMissing(studio, path);
  const problems = missing ? [] : problemsAt(studio, path, kind);
  const hint = knows(`hint.${name}`) ? t(`hint.${name}`) : null;
  const described = [hint && `${id}-hint`, problems.length && `${id}-problem`].filter(Boolean).join(" ") || undefined;
  const label = html`${t(`field.${name}`)}${optional ? html` <span class="muted optional">${t("optional")}</span>` : missing ? html` <span class="needed">${t("needed")}</span>` : null}`;
  const control = cloneElement(children, { id, described, invalid: problems.length ? "true" : undefined });
  const under = html`${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : null}
    <div role="alert">${problems.length ? html`<div id=${`${id}-problem`}>${problems.map((/** @type {string} */ one) => html`<p class="problem" key=${one}>${one}</p>`)}</div>` : null}</div>
    <${Default} studio=${studio} path=${path} name=${name} />`;
  if (grouped) return html`<fieldset class="field grouped" id=${id} tabindex="-1" aria-describedby=${described}><legend class="label">${label}</legend>${control}${under}</fieldset>`;
  return html`<div class="field"><label for=${id}>${label}</label>${control}${under}</div>`;
}

/** Not written yet: asked for, not scolded about. @param {any} studio @param {string[]} path */
function isMissing(studio, path) {
  return !studio.malformed.includes(path.join(".")) && studio.defects.some((/** @type {any} */ one) => one.reason === MISSING && one.place === path.join("."));
}

/** What is wrong at a place: half typed here, or a sentence of the server. @param {any} studio @param {string[]} path @param {string} kind @returns {string[]} */
function problemsAt(studio, path, kind) {
  const place = path.join(".");
  if (studio.malformed.includes(place)) return [knows(`problem.${kind}`) ? t(`problem.${kind}`) : lengths(studio, path)];
  return studio.defects.filter((/** @type {any} */ one) => one.place === place || one.place?.startsWith(`${place}.`)).map((/** @type {any} */ one) => one.message);
}

/** @param {any} studio @param {string[]} path */
function lengths(studio, path) {
  const { minLength, maxLength, pattern } = shapeOf(studio.form.schema, path) || {};
  return pattern || !maxLength ? t("error.field") : t("problem.length", { least: minLength || 0, most: maxLength });
}

function Default({ studio, path, name }) {
  const usual = at(studio.form.defaults, path);
  const own = at(studio.settings, path);
  if (own === undefined || usual === undefined || usual === "" || Array.isArray(usual)) return null;
  return html`<button type="button" class="button plain back-to-default" aria-label=${t("default.back_one", { name: t(`field.${name}`) })} onClick=${() => studio.change(path, undefined)}>${t("default.back")}</button>`;
}

const typed = (/** @type {(value: any) => void} */ onChange) => (/** @type {any} */ event) => onChange(event.target.value);

function Line({ id, described, invalid, shape, value, onChange, kind = "text", mode }) {
  return html`<input id=${id} type=${kind} inputmode=${mode} aria-describedby=${described} aria-invalid=${invalid} maxlength=${shape.maxLength} autocomplete="off" value=${value ?? ""} onInput=${typed(onChange)} />`;
}

const Phone = (/** @type {any} */ properties) => html`<${Line} ...${properties} kind="tel" mode="tel" />`;
const Mail = (/** @type {any} */ properties) => html`<${Line} ...${properties} kind="email" mode="email" />`;
const Address = (/** @type {any} */ properties) => html`<${Line} ...${properties} mode="url" />`;

function Text({ id, described, invalid, shape, value, field, onChange }) {
  return html`<textarea id=${id} class=${field.long ? "long" : "short"} aria-describedby=${described} aria-invalid=${invalid} maxlength=${shape.maxLength} value=${value ?? ""} onInput=${typed(onChange)}></textarea>`;
}

function Choice({ id, shape, value, field, onChange }) {
  const name = field.path.join(".");
  return html`<div class="looks">${(shape.enum || []).map((/** @type {string} */ one) => html`<label key=${one} class="look">
    <input type="radio" name=${id} value=${one} checked=${value === one} onChange=${() => onChange(one)} /><span class=${`look-face ${field.path[field.path.length - 1]}-${one}`} aria-hidden="true">${FACE[name] || ""}</span><span>${t(`${name}.${one}`)}</span></label>`)}</div>`;
}

/** What shows a choice at a glance. @type {Record<string, string>} */
const FACE = { "shape.font": "Aa" };

function Range({ id, described, shape, value, onChange }) {
  return html`<span class="row"><input id=${id} class="grow" type="range" min=${shape.minimum} max=${shape.maximum} aria-describedby=${described} value=${value} onInput=${(/** @type {any} */ event) => onChange(Number(event.target.value))} />
    <output for=${id} class="figures range-said">${value} px</output></span>`;
}

function Whole({ id, described, invalid, shape, value, onChange }) {
  return html`<input id=${id} class="whole-number" type="number" min=${shape.minimum} max=${shape.maximum} aria-describedby=${described} aria-invalid=${invalid} value=${value}
    onInput=${(/** @type {any} */ event) => event.target.validity.valid && event.target.value && onChange(Number(event.target.value))} />`;
}

/** One in a line; what is typed stays as it is typed, also a line that has only begun. */
function List({ id, described, invalid, value, onChange }) {
  const listed = (/** @type {string} */ text) => text.split("\n").map((one) => one.trim()).filter(Boolean);
  const [text, setText] = useState((value || []).join("\n"));
  useEffect(() => {
    if (!same(listed(text), value || [])) setText((value || []).join("\n"));
  }, [value]);
  const type = (/** @type {any} */ event) => {
    setText(event.target.value);
    onChange(listed(event.target.value));
  };
  return html`<textarea id=${id} class="short" spellcheck=${false} aria-describedby=${described} aria-invalid=${invalid} value=${text} onInput=${type}></textarea>`;
}

const GROUPED = ["choice", "emergency"];
const KINDS = { line: Line, phone: Phone, hours: Line, mail: Mail, address: Address, text: Text, choice: Choice, range: Range, number: Whole, list: List, fingerprints: List, emergency: EmergencyNumbers };
