/** One provider: where, when, who sees patients there, what a room costs, and choosing it as the first clinic. */
import { retryKey, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { FormProblem } from "../../shared/form.js";
import { date, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { Door } from "./providers.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function Provider({ context, providerId }) {
  const state = useLoaded(`/providers/${providerId}?member_id=${context.memberId}`, [providerId, context.memberId]);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ found) => html`<${Whole} provider=${found} memberId=${context.memberId} />`}<//>`;
}

function Whole({ provider, memberId }) {
  return html`<div class="stack">
    <section class="panel stack snug">
      <h2>${provider.name}</h2>
      <p class="muted small">${t(`provider.kind.${provider.kind}`)}${provider.tier ? ` · ${t(`provider.tier.${provider.tier}`)}` : ""}</p>
      <p class="row wrap"><${Door} provider=${provider} />
        ${provider.in_network ? html`<span class="badge good">${provider.cashless ? t("provider.cashless") : t("provider.in_network")}</span>` : html`<span class="badge warn">${t("provider.outside")}</span>`}</p>
      ${provider.standing ? html`<p class="notice warn">${provider.standing.message}</p>` : null}
      ${provider.in_network && provider.cashless && !provider.edc_available ? html`<p class="notice">${t("provider.no_terminal")}</p>` : null}
      <p class="row"><${Icon} name="pin" size="20" /><span>${provider.address}, ${provider.city}</span></p>
      <div class="row wrap">
        ${provider.phone ? html`<a class="button grow" href=${`tel:${provider.phone}`}><${Icon} name="phone" size="20" />${t("provider.call")}</a>` : null}
        ${provider.latitude === null ? null : html`<a class="button quiet grow" href=${`geo:${provider.latitude},${provider.longitude}?q=${provider.latitude},${provider.longitude}`}><${Icon} name="pin" size="20" />${t("provider.map")}</a>`}
      </div>
    </section>
    <${Choosing} provider=${provider} memberId=${memberId} />
    <${Hours} title=${t("provider.hours")} opening=${provider.opening} />
    <${Doctors} doctors=${provider.doctors} />
    <${Rooms} rooms=${provider.rooms} />
    <${Facts} provider=${provider} />
  </div>`;
}

/** Only a first-tier clinic of the network can be a first clinic; from when it counts is said before choosing. */
function Choosing({ provider, memberId }) {
  const path = `/members/${memberId}/primary-provider`;
  const state = useLoaded(path, [memberId]);
  const choose = useAction(async () => {
    const body = { provider_id: provider.id };
    await call("POST", path, { body, key: await retryKey(`first-clinic:${memberId}`, [body, state.value?.now?.id, state.value?.planned?.id]) });
    state.reload();
  });
  if (provider.kind !== "clinic" || provider.tier !== "ppk1" || !provider.in_network || !state.value) return null;
  const { now, planned, counts_from: from, too_soon: refused } = state.value;
  const chosen = [planned, now].find((one) => one?.provider.id === provider.id);
  if (chosen && (chosen === planned || !planned)) {
    const begins = chosen === planned ? t("first_clinic.from", { date: date(chosen.starts_on, language()) }) : t("first_clinic.this");
    return html`<p class="notice good row" role="status"><${Icon} name="check" size="20" /><span>${begins}</span></p>`;
  }
  return html`<section class="panel stack snug">
    ${refused ? html`<p class="muted">${refused.message}</p>` : html`<p class="muted small">${t("first_clinic.counts_from", { date: date(from, language()) })}</p>
      <button class="button wide" disabled=${choose.busy} onClick=${choose.run}>${t("first_clinic.choose")}</button>`}
    <${FormProblem} error=${choose.error} />
  </section>`;
}

/** @param {string} day */
function dayName(day) {
  if (day === "hol") return t("provider.holidays");
  return new Date(A_MONDAY + DAYS.indexOf(day) * DAY_MS).toLocaleDateString(language(), { weekday: "long", timeZone: "UTC" });
}

/** @param {string[]} spans */
function spansShown(spans) {
  if (!spans.length) return t("provider.closed");
  return spans.map((span) => (span === "00:00-24:00" ? t("provider.day_and_night") : span.replace("-", "–"))).join(", ");
}

function Hours({ title, opening }) {
  const days = [...DAYS, "hol"].filter((day) => day in opening);
  if (!days.length) return null;
  if ([...DAYS, "hol"].every((day) => opening[day]?.[0] === "00:00-24:00")) {
    return html`<section class="panel stack tight"><h2>${title}</h2><p>${t("provider.day_and_night")}</p></section>`;
  }
  const shut = DAYS.filter((day) => !(day in opening));
  return html`<section class="panel stack tight"><h2>${title}</h2>
    <dl class="hours">${[...DAYS, "hol"].filter((day) => days.includes(day) || shut.includes(day)).map(
      (day) => html`<div class="row"><dt class="grow">${dayName(day)}</dt><dd>${spansShown(opening[day] || [])}</dd></div>`,
    )}</dl></section>`;
}

function Doctors({ doctors }) {
  if (!doctors.length) return null;
  return html`<section class="panel stack snug"><h2>${t("provider.doctors")}</h2>
    ${doctors.map((/** @type {any} */ one) => html`<div>
      <p><strong>${one.name}</strong> <span class="muted small">· ${one.specialty?.name || t("provider.general")}</span></p>
      <p class="muted small">${DAYS.filter((day) => one.schedule[day]?.length).map((day) => `${dayName(day)} ${spansShown(one.schedule[day])}`).join(" · ")}</p>
    </div>`)}</section>`;
}

function Rooms({ rooms }) {
  if (!rooms.length) return null;
  return html`<section class="panel stack tight"><h2>${t("provider.rooms")}</h2>
    <dl>${rooms.map((/** @type {any} */ room) => html`<div class="row"><dt class="grow">${room.name}</dt><dd>${money(room.rate, language())}</dd></div>`)}</dl></section>`;
}

function Facts({ provider }) {
  const services = provider.services.map((/** @type {string} */ name) => (knows(`provider.service.${name}`) ? t(`provider.service.${name}`) : name));
  const specialties = provider.specialties.map((/** @type {any} */ one) => one.name);
  const spoken = provider.languages.map((/** @type {string} */ code) => new Intl.DisplayNames([language()], { type: "language" }).of(code));
  const facts = [["provider.services", services], ["provider.specialties", specialties], ["provider.languages", spoken]].filter(([, list]) => list.length);
  if (!facts.length) return null;
  return html`<section class="panel stack snug">${facts.map(([key, list]) => html`<div><h2>${t(/** @type {string} */ (key))}</h2><p>${/** @type {string[]} */ (list).join(", ")}</p></div>`)}</section>`;
}
