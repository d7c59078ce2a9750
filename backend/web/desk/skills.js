/** What each person can do: languages, desk, and how many written matters at once. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { LANGUAGES } from "./languages.js";
import { worded } from "./naming.js";

export function Skills() {
  const state = useLoaded("/staffing/skills");
  return html`<section class="stack" aria-labelledby="skills"><h2 id="skills">${t("staffing.skills")}</h2>
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="stack">${items.map((/** @type {any} */ one) => html`<li key=${one.staff_id}><${Skill} one=${one} /></li>`)}</ul>`
        : html`<p class="muted">${t("staffing.nobody")}</p>`}<//>
  </section>`;
}

function Skill({ one }) {
  const [skill, setSkill] = useState({ languages: one.languages, doctor: one.doctor, capacity: one.capacity });
  const [saved, setSaved] = useState(false);
  const { busy, error, run } = useAction(async () => {
    await call("PUT", `/staffing/skills/${one.staff_id}`, { body: skill });
    setSaved(true);
  });
  const change = (/** @type {any} */ fields) => {
    setSaved(false);
    setSkill({ ...skill, ...fields });
  };
  const speaks = (/** @type {string} */ name, /** @type {boolean} */ on) =>
    change({ languages: on ? [...skill.languages, name] : skill.languages.filter((/** @type {string} */ each) => each !== name) });
  return html`<form class="panel stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <h3>${one.name} <span class="badge">${worded("role", one.role)}</span></h3>
    <fieldset class="row wrap"><legend>${t("staffing.languages")}</legend>
      ${LANGUAGES.map((name) => html`<label class="row" key=${name}><input type="checkbox" checked=${skill.languages.includes(name)} onChange=${(/** @type {any} */ event) => speaks(name, event.target.checked)} />${worded("language", name)}</label>`)}</fieldset>
    ${one.role === "doctor" ? html`<label class="row"><input type="checkbox" checked=${skill.doctor} onChange=${(/** @type {any} */ event) => change({ doctor: event.target.checked })} />${t("staffing.doctor")}</label>` : null}
    <${Field} id=${`capacity-${one.staff_id}`} label=${t("staffing.capacity")}>
      <input type="number" min="1" max="50" required value=${skill.capacity} onInput=${(/** @type {any} */ event) => change({ capacity: Number(event.target.value) })} /><//>
    <${FormProblem} error=${error} />
    <div class="row end-row">${saved ? html`<span role="status">${t("staffing.saved")}</span>` : null}
      <button class="button quiet" disabled=${busy || !skill.languages.length}>${t("staffing.save_skill", { name: one.name })}</button></div>
  </form>`;
}
