/** One line of a launch's checklist: its owner and day, the paper it needs, what it waits for and what it holds up. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field } from "../shared/form.js";
import { date, dateTime } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { knows, language, t } from "../shared/words.js";

/**
 * @typedef {{code: string, step: number, side: string, owner: string | null, due_on: string, late: boolean, done_at: string | null,
 *   waits_for: string[], needs_paper: boolean, paper: string | null, note: string | null}} Task
 */

/** The keyboard goes on at a task's title. @param {string} code */
function standAt(code) {
  const title = document.getElementById(`task-${code}`);
  title?.focus();
  title?.scrollIntoView({ block: "nearest" });
}

const nameOf = (/** @type {string} */ code) => t(`launch.task.${code}`);

/** @param {{task: Task, tasks: Task[], admin: boolean, launched: boolean, onChanged: (value: any) => void}} properties */
export function LaunchTask({ task, tasks, admin, launched, onChanged }) {
  const holdsUp = tasks.filter(({ waits_for }) => waits_for.includes(task.code));
  const title = `task-${task.code}`;
  return html`<article class=${`panel stack tight ${task.late ? "urgent-row" : ""}`} id=${task.code} aria-labelledby=${title}>
    <div class="row wrap between"><h3 class="grow" tabindex="-1" id=${title}>${nameOf(task.code)}</h3><${Mark} task=${task} /></div>
    <p class="small muted">${t(`launch.what.${task.code}`)}</p>
    <p class="small">${t(`launch.side.${task.side}`)} · ${task.owner || t("launch.nobody")} · ${t("launch.due", { day: date(task.due_on, language(), "short") })}</p>
    ${task.paper ? html`<p class="small"><span class="muted">${t("launch.paper")}:</span> ${task.paper}</p>` : null}
    ${task.note ? html`<p class="small said">${task.note}</p>` : null}
    <${Others} label=${t("launch.waits_for")} codes=${task.waits_for} />
    <${Others} label=${t("launch.holds_up")} codes=${task.done_at ? [] : holdsUp.map(({ code }) => code)} />
    ${launched ? null : html`<${Doing} task=${task} admin=${admin} onChanged=${onChanged} />`}
  </article>`;
}

/** @param {{task: Task}} properties */
function Mark({ task }) {
  if (task.done_at) return html`<span class="badge good" role="status"><${Icon} name="check" size="14" />${t("launch.done", { at: dateTime(task.done_at, language()) })}</span>`;
  if (task.late) return html`<span class="badge bad"><${Icon} name="alert" size="14" />${t("launch.late")}</span>`;
  return html`<span class="badge">${t(task.waits_for.length ? "launch.waiting" : "launch.open")}</span>`;
}

/** Other tasks, each one jump away. @param {{label: string, codes: string[]}} properties */
function Others({ label, codes }) {
  if (!codes.length) return null;
  const jump = (/** @type {string} */ code) => (/** @type {Event} */ event) => {
    event.preventDefault(); // the address after # is the page's
    standAt(code);
  };
  return html`<p class="small"><span class="muted">${label}</span>${" "}
    ${codes.map((code, place) => html`${place ? ", " : ""}<a href=${location.hash} onClick=${jump(code)}>${nameOf(code)}</a>`)}</p>`;
}

/** @param {{task: Task, admin: boolean, onChanged: (value: any) => void}} properties */
function Doing({ task, admin, onChanged }) {
  const [paper, setPaper] = useState(task.paper || "");
  const address = `/launch/tasks/${task.code}`;
  const changed = (/** @type {any} */ value) => {
    onChanged(value);
    standAt(task.code); // the button that was pressed is gone
  };
  const tick = useAction(async () => changed(await call("PUT", `${address}/tick`, { body: { paper: paper || null } })));
  const back = useAction(async () => changed(await call("DELETE", `${address}/tick`)));
  const error = tick.error || back.error;
  return html`${error ? html`<p class="notice bad" role="alert"><${Icon} name="alert" size="20" /><span>${worded(error)}</span></p>` : null}
    ${task.done_at
      ? admin ? html`<div class="row end-row"><button class="button plain" disabled=${back.busy} onClick=${() => back.run()}>${t("launch.undo")}<span class="visually-hidden"> ${nameOf(task.code)}</span></button></div>` : null
      : html`<form class="row wrap span-choice" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); tick.run(); }}>
          ${task.needs_paper ? html`<div class="grow"><${Field} id=${`paper-${task.code}`} label=${t("launch.paper_where")}><input required maxlength="200" value=${paper} onInput=${(/** @type {any} */ event) => setPaper(event.target.value)} /><//></div>` : html`<span class="grow"></span>`}
          <button class="button" disabled=${tick.busy || task.waits_for.length > 0}>${t("launch.tick")}<span class="visually-hidden"> ${nameOf(task.code)}</span></button></form>`}
    <${Planning} task=${task} address=${address} onChanged=${onChanged} />`;
}

/** A refusal in the names that stand on this page instead of the platform's own. @param {any} error */
function worded(error) {
  const { evidence, needs } = error.errors || {};
  if (evidence && knows(`launch.evidence.${evidence}`)) return t(`launch.evidence.${evidence}`);
  if (needs) return t("launch.first", { names: needs.split(", ").map(nameOf).join(", ") });
  return problemText(error);
}

/** Who sees to it, until when, and a note. @param {{task: Task, address: string, onChanged: (value: any) => void}} properties */
function Planning({ task, address, onChanged }) {
  const [owner, setOwner] = useState(task.owner || "");
  const [due, setDue] = useState(task.due_on);
  const [note, setNote] = useState(task.note || "");
  useEffect(() => setDue(task.due_on), [task.due_on]); // moving the first day moves it too
  const save = useAction(async () => onChanged(await call("PATCH", address, { body: { owner: owner || null, due_on: due, note: note || null } })));
  const id = (/** @type {string} */ name) => `${name}-${task.code}`;
  return html`<details><summary class="small">${t("launch.change")}<span class="visually-hidden"> ${nameOf(task.code)}</span></summary>
    <form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); save.run(); }}>
      <div class="pair"><${Field} id=${id("owner")} label=${t("launch.owner")}><input maxlength="200" autocomplete="off" value=${owner} onInput=${(/** @type {any} */ event) => setOwner(event.target.value)} /><//>
        <${Field} id=${id("due")} label=${t("launch.due_on")}><input type="date" required value=${due} onInput=${(/** @type {any} */ event) => setDue(event.target.value)} /><//></div>
      <${Field} id=${id("note")} label=${t("launch.note")}><textarea rows="2" maxlength="2000" value=${note} onInput=${(/** @type {any} */ event) => setNote(event.target.value)}></textarea><//>
      ${save.error ? html`<p class="notice bad" role="alert">${problemText(save.error)}</p>` : null}
      <div class="row end-row"><button class="button quiet" disabled=${save.busy}>${t("launch.save")}</button></div>
    </form></details>`;
}
