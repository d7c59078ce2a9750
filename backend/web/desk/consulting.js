/** One consultation as its doctor works on it: the patient, the answers, what to do, what to write. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { dateTime } from "../shared/format.js";
import { Field, FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { keep, kept } from "../shared/keep.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { Papers } from "./consulting_papers.js";
import { ageOf } from "./naming.js";

const LOOK_AGAIN_MS = 5000;

export function Consulting({ consultationId, onMoved }) {
  const state = useLoaded(`/teleconsultations/${consultationId}`);
  const open = ["called", "in_progress"].includes(state.value?.state);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(() => document.hidden || state.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [open]);
  const moved = () => {
    state.reload();
    onMoved();
  };
  return html`<${Loaded} state=${state}>${(/** @type {any} */ one) => html`<section class="stack" aria-labelledby="patient">
    <div class="panel stack tight">
      <div class="row between wrap"><h2 id="patient">${one.patient.name}</h2><span class="badge">${t(`doctors.state.${one.state}`)}</span></div>
      <p class="small muted">${one.number} · ${t("doctors.person", { sex: t(`doctors.sex.${one.patient.sex}`), years: ageOf(one.patient.birth_date) })} · ${one.complaint_name} · ${dateTime(one.requested_at, language())}</p>
      <dl class="facts wide">${one.answers.map((/** @type {any} */ each) => html`<div><dt>${each.question}</dt><dd>${answered(each.answer)}</dd></div>`)}</dl>
    </div>
    ${one.mine && ["called", "in_progress"].includes(one.state) ? html`<${Doing} one=${one} onMoved=${moved} />` : null}
    ${one.case_id ? html`<${Notes} one=${one} />` : null}
    <${Papers} one=${one} onMoved=${moved} />
  </section>`}<//>`;
}

/** @param {any} answer */
function answered(answer) {
  return answer === true ? t("doctors.yes") : answer === false ? t("doctors.no") : String(answer);
}

function Doing({ one, onMoved }) {
  const [phone, setPhone] = useState("");
  const [why, setWhy] = useState("");
  useEffect(() => void kept("telephone").then((before) => before && setPhone(before)), []);
  const { busy, error, run } = useAction(async (/** @type {string} */ verb, /** @type {any} */ body) => {
    await call("POST", `/teleconsultations/${one.id}/${verb}`, { body: body || {} });
    onMoved();
  });
  const changePhone = (/** @type {string} */ number) => {
    setPhone(number);
    keep("telephone", number);
  };
  return html`<div class="panel stack">
    <div class="row wrap">
      <a class="button" href=${`#/cases/${one.case_id}`}><${Icon} name="chat" size="18" />${t("doctors.write")}</a>
      ${one.video_link ? html`<a class="button quiet" href=${one.video_link} target="_blank" rel="noopener noreferrer"><${Icon} name="camera" size="18" />${t("doctors.video")}</a>` : null}
      ${one.state === "called" ? html`<button class="button quiet" disabled=${busy} onClick=${() => run("begin")}>${t("doctors.begin")}</button>
        <button class="button quiet" disabled=${busy} onClick=${() => run("no-show")}>${t("doctors.no_show")}</button>` : null}
      <button class="button quiet" disabled=${busy} onClick=${() => run("emergency")}><${Icon} name="alert" size="18" />${t("doctors.emergency")}</button>
    </div>
    <div class="row wrap end-row">
      <${Field} id="own-telephone" label=${t("calls.telephone")}><input type="tel" autocomplete="tel" value=${phone} onInput=${(/** @type {any} */ event) => changePhone(event.target.value)} /><//>
      <button class="button quiet" disabled=${busy} onClick=${() => run("call", phone.trim() ? { phone: phone.trim() } : {})}><${Icon} name="phone" size="18" />${t("doctors.call")}</button>
    </div>
    <div class="row wrap end-row">
      <${Field} id="put-back-why" label=${t("doctors.why_back")}><input maxlength="300" value=${why} onInput=${(/** @type {any} */ event) => setWhy(event.target.value)} /><//>
      <button class="button quiet" disabled=${busy || why.trim().length < 3} onClick=${() => run("put-back", { why: why.trim() })}>${t("doctors.put_back")}</button>
    </div>
    <${FormProblem} error=${error} />
  </div>`;
}

/** What only doctors read. */
function Notes({ one }) {
  const notes = useLoaded(`/teleconsultations/${one.id}/notes`);
  const [text, setText] = useState("");
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/teleconsultations/${one.id}/notes`, { body: { text: text.trim() } });
    setText("");
    notes.reload();
  });
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <h3>${t("doctors.notes")}</h3>
    <p class="notice"><${Icon} name="shield" size="18" /><span>${t("medical.private")}</span></p>
    <${Loaded} state=${notes}>${(/** @type {any} */ { items }) => html`<ol class="stack snug">${items.map((/** @type {any} */ note) => html`<li key=${note.id}>
      <p class="small muted">${note.by.name || ""} · ${dateTime(note.at, language())}</p><p class="said">${note.text}</p></li>`)}</ol>`}<//>
    <${Field} id="doctor-note" label=${t("doctors.new_note")}><textarea maxlength="4000" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>
    <${FormProblem} error=${error} />
    <div class="row end-row"><button class="button quiet" disabled=${busy || !text.trim()}>${t("doctors.keep_note")}</button></div>
  </form>`;
}
