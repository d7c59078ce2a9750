/** The doctors' desk: who waits for a consultation, the doctor's appointments, and the one the doctor is in. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, problemText, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { lasting, useNow } from "../clockwork.js";
import { Consulting } from "../consulting.js";
import { useKeys } from "../keys.js";
import { useNews } from "../live.js";
import { ageOf, worded } from "../naming.js";

const LOOK_AGAIN_MS = 10000;

export function Doctors({ context, consultationId }) {
  const desk = useLoaded("/teleconsultations/desk");
  const [refusal, setRefusal] = useState("");
  useKeys({ "?": context.openHelp }, context.shortcuts);
  useNews(() => desk.reload());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || desk.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<div class="page stack loose">
    <div class="row between wrap"><h1>${t("tab.doctors")}</h1>
      ${desk.value ? html`<span class="badge">${t("doctors.on_duty", { count: desk.value.doctors_on_duty })}</span>` : null}</div>
    <div class="two-panels">
      <section class="stack snug" aria-labelledby="consultations"><h2 id="consultations">${t("doctors.queue")}</h2>
        ${refusal ? html`<p class="notice bad" role="alert">${refusal}</p>` : null}
        <${Loaded} state=${desk}>${(/** @type {any} */ { items }) =>
          items.length
            ? html`<ul class="panel flush">${items.map((/** @type {any} */ one) => html`<${Row} key=${one.id} one=${one} open=${one.id === consultationId} onTaken=${desk.reload} onRefused=${setRefusal} />`)}</ul>`
            : html`<${Empty} icon="check" text=${t("doctors.none")} />`}<//>
      </section>
      ${consultationId ? html`<${Consulting} key=${consultationId} consultationId=${consultationId} onMoved=${desk.reload} />` : html`<${Empty} icon="person" text=${t("doctors.choose")} />`}
    </div>
  </div>`;
}

function Row({ one, open, onTaken, onRefused }) {
  const now = useNow(1000);
  const { busy, run } = useAction(async () => {
    onRefused("");
    try {
      await call("POST", `/teleconsultations/${one.id}/take`, { body: {} });
      location.hash = `#/doctors/${one.id}`;
    } catch (refusal) {
      onRefused(problemText(refusal)); // said by the page: the row may be gone with the next news
    }
    onTaken();
  });
  const waited = (now - new Date(one.requested_at).getTime()) / 1000;
  const mayTake = one.state === "waiting" || (one.state === "scheduled" && one.mine);
  return html`<li class="list-row top" aria-current=${open ? "true" : undefined}>
    ${one.position ? html`<span class="position figures"><span class="visually-hidden">${t("calls.position")} </span>${one.position}</span>` : null}
    <div class="grow"><a href=${`#/doctors/${one.id}`}><strong class="block">${one.patient.name}</strong></a>
      <span class="small">${one.complaint_name} · ${t("doctors.person", { sex: t(`doctors.sex.${one.patient.sex}`), years: ageOf(one.patient.birth_date) })}</span>
      <span class="marks"><span class="badge">${t(`doctors.state.${one.state}`)}</span>${one.soon && one.state === "waiting" ? html`<span class="badge warn">${t("doctors.soon")}</span>` : null}
        <span class="tag">${worded("language", one.language)}</span></span></div>
    <div class="end stack tight">
      ${one.state === "waiting" ? html`<span class="figures" role="timer" aria-label=${t("calls.waited")}>${lasting(waited)}</span>` : null}
      ${one.starts_at ? html`<span class="small">${dateTime(one.starts_at, language())}</span>` : null}
      ${mayTake ? html`<button class="button" disabled=${busy} onClick=${() => run()}><${Icon} name="check" size="18" />${t("doctors.take")}</button>` : null}</div>
  </li>`;
}
