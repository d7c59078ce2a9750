/** Where to go: providers of the plan's network by name, kind, distance and who is open now; and one's first clinic. */
import { date } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, Problem, useLoaded } from "../../shared/loading.js";
import { usePages, useSettled } from "../../shared/paging.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";

const KINDS = ["clinic", "hospital", "dentist", "pharmacy", "laboratory", "optician"];
const NOTHING = { q: "", kind: "", specialty: "", open_now: false, all: false, near: "" };

export function Providers({ context }) {
  const [wanted, setWanted] = useState(NOTHING);
  const path = useSettled(queryOf(wanted, context.memberId));
  const found = usePages(path);
  return html`<div class="stack">
    <${Family} context=${context} />
    <${FirstClinic} memberId=${context.memberId} />
    <${Filters} wanted=${wanted} onChange=${(/** @type {any} */ change) => setWanted((before) => ({ ...before, ...change }))} />
    <div aria-live="polite" class="stack">
      ${found.error && html`<${Problem} error=${found.error} retry=${found.again} />`}
      ${found.items && !found.items.length ? html`<${Empty} icon="search" text=${t("providers.none")} />` : null}
      ${found.items?.length ? html`<div class="panel flush">${found.items.map((one) => html`<${Row} key=${one.id} provider=${one} />`)}</div>` : null}
      ${!found.items && !found.error ? html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>` : null}
      ${found.more ? html`<button class="button quiet wide" onClick=${found.more}>${t("more")}</button>` : null}
    </div>
  </div>`;
}

/** @param {any} wanted @param {string} memberId */
function queryOf(wanted, memberId) {
  const query = new URLSearchParams({ member_id: memberId, limit: "20" });
  for (const name of ["kind", "specialty", "near"]) if (wanted[name]) query.set(name, wanted[name]);
  if (wanted.q.trim().length > 1) query.set("q", wanted.q.trim());
  if (wanted.open_now) query.set("open_now", "true");
  if (wanted.all) query.set("network", "all");
  return `/providers?${query}`;
}

function Filters({ wanted, onChange }) {
  const specialties = useLoaded("/specialties");
  const [refused, setRefused] = useState(false);
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onChange({ near: `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}` }),
      () => setRefused(true),
    );
  return html`<form class="stack snug" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <div class="field"><label for="provider-words">${t("providers.words")}</label>
      <input id="provider-words" type="search" autocomplete="off" value=${wanted.q} onInput=${(/** @type {any} */ event) => onChange({ q: event.target.value })} /></div>
    <div class="provider-filters">
      <div class="field"><label for="provider-kind">${t("providers.kind")}</label>
        <select id="provider-kind" value=${wanted.kind} onChange=${(/** @type {any} */ event) => onChange({ kind: event.target.value, specialty: "" })}>
          <option value="">${t("providers.every_kind")}</option>
          ${KINDS.map((kind) => html`<option value=${kind}>${t(`provider.kind.${kind}`)}</option>`)}
        </select></div>
      ${wanted.kind === "hospital"
        ? html`<div class="field"><label for="provider-specialty">${t("providers.specialty")}</label>
            <select id="provider-specialty" value=${wanted.specialty} onChange=${(/** @type {any} */ event) => onChange({ specialty: event.target.value })}>
              <option value="">${t("providers.every_specialty")}</option>
              ${(specialties.value?.items || []).map((/** @type {any} */ one) => html`<option value=${one.code}>${one.name}</option>`)}
            </select></div>`
        : null}
    </div>
    <div class="row wrap">
      <label class="row check"><input type="checkbox" checked=${wanted.open_now} onChange=${(/** @type {any} */ event) => onChange({ open_now: event.target.checked })} />${t("providers.open_now")}</label>
      <label class="row check"><input type="checkbox" checked=${wanted.all} onChange=${(/** @type {any} */ event) => onChange({ all: event.target.checked })} />${t("providers.all")}</label>
    </div>
    ${wanted.near
      ? html`<button type="button" class="button quiet wide" onClick=${() => onChange({ near: "" })}><${Icon} name="close" size="18" />${t("providers.anywhere")}</button>`
      : html`<button type="button" class="button quiet wide" onClick=${locate}><${Icon} name="pin" size="18" />${t("providers.near_me")}</button>`}
    ${refused ? html`<p class="notice warn" role="alert">${t("providers.no_location")}</p>` : null}
  </form>`;
}

export function Door({ provider }) {
  const words = provider.open_now ? (provider.open_until ? t("provider.open_until", { time: provider.open_until }) : t("provider.open")) : provider.open_now === false ? t("provider.closed") : t("provider.hours_unknown");
  return html`<span class=${`badge ${provider.open_now ? "good" : ""}`}>${words}</span>`;
}

function Row({ provider }) {
  const away = provider.distance_km === null ? "" : `${provider.distance_km.toLocaleString(language(), { maximumFractionDigits: 1 })} km · `;
  return html`<a class="list-row" href=${`#/providers/${provider.id}`}>
    <span class="grow"><strong>${provider.name}</strong>
      <span class="muted small block">${away}${t(`provider.kind.${provider.kind}`)} · ${provider.city}</span>
      <span class="row wrap small"><${Door} provider=${provider} />${provider.in_network ? null : html`<span class="badge warn">${t("provider.outside")}</span>`}</span>
    </span><${Icon} name="next" size="20" /></a>`;
}

/** One's first clinic, and what is planned. */
export function FirstClinic({ memberId }) {
  const state = useLoaded(`/members/${memberId}/primary-provider`, [memberId]);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ found) =>
    found.now || found.planned
      ? html`<section class="panel stack tight"><h2>${t("first_clinic.title")}</h2>
          ${found.now ? html`<p><a href=${`#/providers/${found.now.provider.id}`}><strong>${found.now.provider.name}</strong></a>
            <span class="muted small block">${found.now.provider.address}, ${found.now.provider.city}</span></p>` : null}
          ${found.now && !found.now.in_network ? html`<p class="notice warn">${t("first_clinic.left")}</p>` : null}
          ${found.planned ? html`<p class="small">${t("first_clinic.planned", { name: found.planned.provider.name, date: date(found.planned.starts_on, language()) })}</p>` : null}
        </section>`
      : null}<//>`;
}
