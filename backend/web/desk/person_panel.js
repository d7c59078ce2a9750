/** The right column: who the person is, what is left, what is under way, and what they had filled in. */
import { date, money } from "../shared/format.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { worded } from "./naming.js";
import { Pictures } from "./pictures.js";
import { Place } from "./place.js";
import { Masked } from "./reveal.js";
import { Travel } from "./travel.js";
import { Voicemail } from "./voicemail.js";

export function PersonPanel({ context, one }) {
  const { detail } = one;
  return html`<aside class="person" aria-label=${t("person.title")}>
    ${detail.member
      ? html`<${Person} key=${detail.member.id} detail=${detail} context=${context} />`
      : html`<section class="panel stack tight"><h2>${t("person.unknown")}</h2><p class="muted small">${t("person.unknown_text")}</p></section>`}
    ${detail.filled?.travel ? html`<${Travel} one=${one} />` : null}
    <${Filled} filled=${detail.filled} />
  </aside>`;
}

function Person({ detail, context }) {
  const state = useLoaded(`/cases/${detail.id}/member`);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ { member, card, benefits, claims, referrals, guarantee_letters, complaints }) => html`
    <section class="panel stack snug">
      <div><h2>${member.name}</h2><p class="small muted">${member.member_number} · ${worded("relationship", member.relationship)}</p></div>
      <dl class="facts">
        <div><dt>${t("person.born")}</dt><dd>${date(member.birth_date, language(), "short")}</dd></div>
        <div><dt>${t("person.language")}</dt><dd>${worded("language", member.language)}</dd></div>
        <div><dt>${t("person.status")}</dt><dd>${worded("status", member.status)}</dd></div>
        <${Masked} caseId=${detail.id} field="phone" shown=${member.phone_masked} />
        <${Masked} caseId=${detail.id} field="national_id" shown=${member.national_id_masked} />
        <div><dt>${t("person.card")}</dt><dd>${card ? html`<span class=${`badge ${card.status === "active" ? "good" : "warn"}`}>${worded("card", card.status)}</span> ${card.ending ? html`<span class="muted">…${card.ending}</span>` : null}` : "–"}</dd></div>
      </dl>
      <a class="small" href=${`#/estimate/${detail.member.id}`}>${t("guarantees.estimate")}</a>
    </section>
    <${Section} title=${t("person.benefits")} items=${benefits} open row=${Benefit} />
    <${Section} title=${t("person.claims")} items=${claims} row=${Claim} />
    <${Section} title=${t("person.referrals")} items=${referrals} row=${Referral} />
    <${Section} title=${t("person.letters")} items=${guarantee_letters} row=${Letter} />
    <${Section} title=${t("person.complaints")} items=${complaints} row=${context.me.role === "doctor" ? Complaint : LinkedComplaint} />`}<//>`;
}

/** @param {{title: string, items: any[] | undefined, row: any, open?: boolean}} properties */
function Section({ title, items, row, open }) {
  const all = items || [];
  return html`<details class="panel section" open=${open && all.length > 0}>
    <summary><h2>${title}</h2><span class="count-plain">${all.length}</span></summary>
    ${all.length ? html`<ul>${all.map((value) => html`<li><${row} value=${value} /></li>`)}</ul>` : html`<p class="muted small">${t("person.nothing")}</p>`}
  </details>`;
}

/** @param {any} amount a sum, a number of times, or nothing when there is no limit */
function amountText(amount) {
  if (amount === null || amount === undefined) return t("person.no_limit");
  if (typeof amount === "number") return t("person.times", { count: amount });
  return money(amount, language());
}

function Benefit({ value }) {
  return html`<span class="row between"><span class="grow">${value.name}</span><strong class="figures">${amountText(value.remaining ?? value.remaining_count)}</strong></span>`;
}

function Claim({ value }) {
  return html`<span class="row between"><span class="grow">${value.number}<span class="block small muted">${[value.visit_on && date(value.visit_on, language(), "short"), value.provider_name].filter(Boolean).join(" · ")}</span></span>
    <span class="end"><span class="badge">${worded("status", value.status)}</span><span class="block small figures">${value.claimed ? money(value.claimed, language()) : ""}</span></span></span>`;
}

function Referral({ value }) {
  const what = [worded("specialty", value.specialty), value.provider_name, date(value.valid_until, language(), "short")];
  return html`<span class="row between"><span class="grow">${value.code}<span class="block small muted">${what.filter(Boolean).join(" · ")}</span></span><span class="badge">${worded("status", value.state)}</span></span>`;
}

function Letter({ value }) {
  return html`<span class="row between"><span class="grow">${value.number}<span class="block small muted">${value.provider_name || ""}</span></span><span class="badge">${worded("status", value.state)}</span></span>`;
}

function LinkedComplaint({ value }) {
  return html`<${Complaint} value=${value} linked />`;
}

/** @param {{value: any, linked?: boolean}} properties */
function Complaint({ value, linked }) {
  return html`<span class="row between"><span class="grow">${linked ? html`<a href=${`#/complaints/${value.id}`}>${value.number}</a>` : value.number}<span class="block small muted">${worded("complaint", value.category)}</span></span><span class="badge">${worded("status", value.status)}</span></span>`;
}

/** What forms had collected before a person took over, with the photos and the place that came along. */
function Filled({ filled }) {
  const { photos, location, voicemail, voicemail_seconds: seconds, travel: _, ...rest } = filled || {};
  const lines = Object.entries(rest).filter(([, value]) => value !== null && value !== "");
  if (!lines.length && !photos?.length && !location && !voicemail) return null;
  return html`<section class="panel stack snug"><h2>${t("person.filled")}</h2>
    <dl class="facts">${lines.map(([name, value]) => html`<div><dt>${worded("filled", name)}</dt><dd class="said">${shown(name, value)}</dd></div>`)}</dl>
    ${voicemail ? html`<${Voicemail} id=${voicemail} seconds=${seconds} />` : null}
    ${location ? html`<${Place} location=${location} />` : null}
    ${photos?.length ? html`<${Pictures} media=${photos.map((/** @type {string} */ id) => ({ document_id: id }))} />` : null}</section>`;
}

/** @param {string} name @param {any} value */
function shown(name, value) {
  if (value && typeof value === "object" && "amount_minor" in value) return money(value, language());
  if (name === "form") return worded("form", value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
