/** The way of a client to its first day: who does what until when, what waits for what, what is late, and the day itself. */
import { useAction } from "../../shared/action.js";
import { call, newKey } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { date, dateTime } from "../../shared/format.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Dialog } from "../dialog.js";
import { LaunchTask } from "../launch_task.js";

const STEPS = [1, 2, 3, 4, 5];

/** @typedef {import("../launch_task.js").Task} Task */
/** @typedef {{launch_on: string, launched_at: string | null, ready: boolean, tasks: Task[]}} Checklist */

export function Launch({ context }) {
  const state = useLoaded("/launch");
  const none = state.error?.code === 404;
  return html`<div class="page stack loose"><h1>${t("tab.launch")}</h1>
    ${none ? html`<${None} me=${context.me} onBegun=${state.reload} />` : html`<${Loaded} state=${state}>${(/** @type {Checklist} */ value) => html`<${Shown} start=${value} me=${context.me} />`}<//>`}
  </div>`;
}

function None({ me, onBegun }) {
  if (me.role !== "admin") return html`<${Empty} icon="clock" text=${t("launch.none")} />`;
  return html`<p class="muted">${t("launch.none_admin")}</p>
    <${Day} id="begin" title=${t("launch.begin")} send=${t("launch.begin_now")} onDay=${async (/** @type {string} */ launch_on) => {
      await call("POST", "/launch", { body: { launch_on }, key: newKey() });
      onBegun();
    }} />`;
}

/** @param {{id: string, title: string, send: string, start?: string, onDay: (day: string) => Promise<void>}} properties */
function Day({ id, title, send, start = "", onDay }) {
  const [day, setDay] = useState(start);
  const { busy, error, run } = useAction(onDay);
  return html`<form class="panel stack snug" aria-labelledby=${`${id}-title`} onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(day); }}>
    <h2 id=${`${id}-title`}>${title}</h2>
    <div class="row wrap span-choice"><${Field} id=${id} label=${t("launch.day")}>
        <input type="date" required value=${day} onInput=${(/** @type {any} */ event) => setDay(event.target.value)} /><//>
      <button class="button" disabled=${busy || !day || day === start}>${send}</button></div>
    <${FormProblem} error=${error} />
  </form>`;
}

/** @param {{start: Checklist, me: any}} properties */
function Shown({ start, me }) {
  const [value, setValue] = useState(start);
  const admin = me.role === "admin";
  return html`<${Standing} value=${value} />
    ${STEPS.map((step) => html`<section key=${step} class="stack snug" aria-labelledby=${`step-${step}`}>
      <h2 id=${`step-${step}`}><span class="muted">${step}</span> ${t(`launch.step.${step}`)}</h2>
      <ol class="stack tight">${value.tasks.filter((task) => task.step === step).map(
        (task) => html`<li key=${task.code}><${LaunchTask} task=${task} tasks=${value.tasks} admin=${admin} launched=${Boolean(value.launched_at)} onChanged=${setValue} /></li>`,
      )}</ol></section>`)}
    <${FirstDay} value=${value} admin=${admin} onChanged=${setValue} />`;
}

/** How far it is, at a glance. @param {{value: Checklist}} properties */
function Standing({ value }) {
  const done = value.tasks.filter(({ done_at }) => done_at).length;
  const late = value.tasks.filter((task) => task.late).length;
  const told = t("launch.progress", { done, total: value.tasks.length });
  return html`<section class="panel stack snug" aria-label=${t("launch.standing")}>
    <div class="row wrap between"><strong role="status">${headline(value)}</strong>
      ${late ? html`<span class="badge bad">${t(late === 1 ? "launch.late_one" : "launch.late_many", { count: late })}</span>` : null}</div>
    <progress max=${value.tasks.length} value=${done} aria-label=${told}></progress>
    <p class="small muted">${told}</p>
  </section>`;
}

/** @param {Checklist} value */
function headline({ launch_on, launched_at, ready }) {
  if (launched_at) return t("launch.live", { at: dateTime(launched_at, language()) });
  return t(ready ? "launch.ready" : "launch.planned", { day: date(launch_on, language()) });
}

/** The sixth step. @param {{value: Checklist, admin: boolean, onChanged: (value: Checklist) => void}} properties */
function FirstDay({ value, admin, onChanged }) {
  const [sure, setSure] = useState(false);
  const go = useAction(async () => {
    onChanged(await call("POST", "/launch/go"));
    setSure(false);
  });
  const open = value.tasks.filter(({ done_at }) => !done_at).length;
  return html`<section class="stack snug" aria-labelledby="step-6"><h2 id="step-6"><span class="muted">6</span> ${t("launch.step.6")}</h2>
    <div class="panel stack snug">
      <p>${value.launched_at ? t("launch.live_text") : t("launch.go_text", { day: date(value.launch_on, language()) })}</p>
      ${value.launched_at || value.ready ? null : html`<p class="notice">${t(open === 1 ? "launch.open_one" : "launch.open_many", { count: open })}</p>`}
      ${admin && !value.launched_at ? html`<div class="row end-row"><button class="button" disabled=${!value.ready} onClick=${() => setSure(true)}>${t("launch.go")}</button></div>` : null}
    </div>
    ${admin && !value.launched_at
      ? html`<${Day} key=${value.launch_on} id="move" title=${t("launch.move")} send=${t("launch.move_now")} start=${value.launch_on} onDay=${async (/** @type {string} */ launch_on) => onChanged(await call("PUT", "/launch", { body: { launch_on } }))} />`
      : null}
    ${sure ? html`<${Dialog} title=${t("launch.sure")} onClose=${() => setSure(false)}>
      <p>${t("launch.sure_text")}</p><${FormProblem} error=${go.error} />
      <div class="row end-row"><button class="button quiet" onClick=${() => setSure(false)}>${t("cancel")}</button>
        <button class="button" disabled=${go.busy} onClick=${() => go.run()}>${t("launch.go")}</button></div><//>` : null}
  </section>`;
}
