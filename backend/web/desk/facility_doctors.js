/** Who sees patients at a facility, since when and when; added, changed and ended by administrators. */
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { AskDialog } from "./ask_dialog.js";
import { Period } from "./pages/facility.js";

export function FacilityDoctors({ provider }) {
  const state = useLoaded(`/providers/${provider.id}/doctors`, [provider.id]);
  const specialties = useLoaded("/specialties");
  const [asking, setAsking] = useState(false);
  const named = [{ value: "", name: t("network.general") }, ...(specialties.value?.items || []).map((/** @type {any} */ one) => ({ value: one.code, name: one.name }))];
  const fields = [
    { name: "code", label: t("network.doctor_code"), longest: 60 },
    { name: "name", label: t("network.name") },
    { name: "specialty", label: t("network.specialty"), kind: "choice", choices: named, start: "" },
    { name: "languages", label: t("network.languages"), hint: t("network.languages_hint"), optional: true },
    { name: "schedule", label: t("network.schedule"), hint: t("network.schedule_hint") },
    { name: "valid_from", label: t("network.from"), kind: "day" },
  ];
  const body = (/** @type {any} */ typed) => ({ ...typed, languages: (typed.languages || "").toLowerCase().split(/[\s,;]+/).filter(Boolean) });
  return html`<section class="stack snug" aria-labelledby="doctors"><div class="row between wrap"><h2 id="doctors">${t("network.doctors")}</h2>
      <button class="button quiet" onClick=${() => setAsking(true)}>${t("network.add_doctor")}</button></div>
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush" aria-label=${t("network.doctors")}>${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Practice} one=${one} onChanged=${state.reload} /></li>`)}</ul>`
        : html`<p class="muted">${t("network.no_doctors")}</p>`}<//>
    ${asking ? html`<${AskDialog} title=${t("network.add_doctor")} purpose=${`doctor:${provider.id}`} path=${`/providers/${provider.id}/doctors`} fields=${fields} body=${body} onClose=${() => setAsking(false)} onDone=${state.reload} />` : null}
  </section>`;
}

function Practice({ one, onChanged }) {
  const [asking, setAsking] = useState(/** @type {"hours" | "end" | null} */ (null));
  const asked = {
    hours: { title: t("network.change_hours"), fields: [{ name: "schedule", label: t("network.schedule"), hint: t("network.schedule_hint"), start: written(one.schedule) }] },
    end: { title: t("network.end_practice"), fields: [{ name: "valid_until", label: t("network.until"), kind: "day", optional: true, start: one.valid_until || "" }] },
  };
  const { doctor } = one;
  const question = asking && asked[asking];
  return html`<div class="list-row top"><div class="grow"><strong>${doctor.name}</strong> <span class="figures muted">${doctor.code}</span>
      ${doctor.active ? null : html`<span class="badge bad">${t("network.treats_no_more")}</span>`}
      <span class="block small">${doctor.specialty?.name || t("network.general")}${doctor.languages.length ? ` · ${doctor.languages.join(", ")}` : ""}</span>
      <span class="block small muted">${written(one.schedule)} · <${Period} from=${one.valid_from} until=${one.valid_until} /></span></div>
    <div class="end row wrap">${Object.entries(asked).map(([name, { title }]) => html`<button class="button quiet" aria-label=${`${title}: ${doctor.name}`} onClick=${() => setAsking(/** @type {any} */ (name))}>${title}</button>`)}</div>
    ${question ? html`<${AskDialog} title=${question.title} purpose=${`practice:${one.id}`} path=${`/doctor-practices/${one.id}`} method="PATCH" fields=${question.fields} onClose=${() => setAsking(null)} onDone=${onChanged} />` : null}
  </div>`;
}

/** Hours as they are typed. @param {Record<string, string[]>} schedule */
function written(schedule) {
  return Object.entries(schedule)
    .flatMap(([day, spans]) => (spans.length ? spans.map((span) => `${day} ${span}`) : [`${day} closed`]))
    .join("; ");
}
