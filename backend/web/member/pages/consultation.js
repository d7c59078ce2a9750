/** One consultation: the place in the queue, the doctor who is ready, and afterwards what came of it. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { date, dateTime, time } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { ConsultationResult } from "../consultation_result.js";
import { ConsultationState, OPEN } from "./doctor.js";

const LOOK_AGAIN_MS = 8000;

export function Consultation({ consultationId }) {
  const state = useLoaded(`/teleconsultations/${consultationId}`, [consultationId]);
  const open = OPEN.has(state.value?.state);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(() => document.hidden || state.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [open, consultationId]);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ one) => html`<div class="stack">
    <section class="panel stack tight">
      <div class="row"><span class="grow muted small">${one.complaint_name} · ${one.member_name}</span><${ConsultationState} state=${one.state} /></div>
      <p class="figure">${one.number}</p>
    </section>
    <div role="status"><${Now} one=${one} /></div>
    <${Steps} one=${one} onDone=${state.reload} />
    <${ConsultationResult} one=${one} />
  </div>`}<//>`;
}

/** What is true now, in one sentence or two. */
function Now({ one }) {
  if (one.state === "diverted") {
    return html`<div class="notice bad block"><p><strong>${t("doctor.emergency")}</strong></p>
      <p>${t("doctor.emergency_text")}</p><a class="button wide" href=${`tel:${one.emergency.number}`}><${Icon} name="phone" size="20" />${t("doctor.call", { number: one.emergency.number })}</a></div>`;
  }
  if (one.state === "waiting") return html`<${Waiting} queue=${one.queue} />`;
  if (one.state === "scheduled") return html`<p class="notice">${t("doctor.scheduled", { at: dateTime(one.starts_at, language()), name: one.doctor })}</p>`;
  if (one.state === "called") return html`<p class="notice warn"><strong>${t("doctor.ready", { name: one.doctor })}</strong></p>`;
  if (one.state === "in_progress") return html`<p class="notice good">${t("doctor.talking", { name: one.doctor })}</p>`;
  if (one.state === "no_show") return html`<p class="notice warn">${t("doctor.missed")}</p>`;
  return null;
}

function Waiting({ queue }) {
  return html`<div class="notice block">
    <p><strong>${t("doctor.position", { position: queue.position })}</strong></p>
    <p>${estimate(queue)}</p>
    <p class="small">${t("doctor.stay_near")}</p></div>`;
}

/** @param {any} queue */
function estimate(queue) {
  if (queue.minutes) return t(queue.longer ? "doctor.minutes_longer" : "doctor.minutes", { minutes: queue.minutes });
  if (queue.doctors_on_duty) return t("doctor.no_estimate");
  return queue.opens_at ? t("doctor.opens_at", { at: time(queue.opens_at, language()), day: date(queue.opens_at, language(), "short") }) : t("doctor.nobody");
}

/** What the member can do: join, write, see the doctor, cancel. */
function Steps({ one, onDone }) {
  const { busy, error, run } = useAction(async (/** @type {string} */ verb) => {
    await call("POST", `/teleconsultations/${one.id}/${verb}`, { body: {} });
    onDone();
  });
  const joined = one.state === "in_progress";
  const may = { join: one.state === "called", cancel: ["waiting", "scheduled", "called"].includes(one.state) };
  if (!joined && !may.join && !may.cancel) return null;
  return html`<div class="stack tight">
    ${may.join ? html`<button class="button wide" disabled=${busy} onClick=${() => run("join")}>${t("doctor.join")}</button>` : null}
    ${joined ? html`<a class="button wide" href="#/chat"><${Icon} name="chat" size="20" />${t("doctor.write")}</a>` : null}
    ${one.video_link ? html`<a class="button quiet wide" href=${one.video_link} target="_blank" rel="noopener noreferrer"><${Icon} name="camera" size="20" />${t("doctor.video")}</a>` : null}
    ${may.cancel ? html`<button class="button quiet wide" disabled=${busy} onClick=${() => run("cancel")}>${t("doctor.cancel")}</button>` : null}
    <${FormProblem} error=${error} />
  </div>`;
}
