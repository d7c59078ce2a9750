/** The first page: the card, what one comes for, what is open. */
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ECard, useCard } from "../ecard.js";
import { AgreementsDue } from "../agreements_due.js";
import { OpenExcess } from "../open_excess.js";
import { Family } from "../family.js";
import { hoursShown } from "../support_addresses.js";
import { ClaimRow } from "./claims.js";

const ACTIONS = [
  { href: "#/card", icon: "card", key: "home.show_card" },
  { href: "#/claims/new", icon: "camera", key: "home.claim" },
  { href: "#/providers", icon: "pin", key: "home.providers" },
  { href: "#/chat", icon: "chat", key: "home.ask" },
  { href: "#/complaints/new", icon: "flag", key: "home.complain" },
];

export function Home({ context }) {
  const { brand, memberId } = context;
  const card = useCard(memberId);
  const claims = useLoaded(`/claims?member_id=${memberId}&limit=3`, [memberId]);
  return html`<div class="stack loose">
    <${Family} context=${context} />
    <${Loaded} state=${card}>
      ${(/** @type {any} */ value) => html`<a class="card-link" href="#/card"><span class="visually-hidden">${t("home.show_card")}: </span><${ECard} card=${value} brand=${brand} /></a>`}
    <//>
    <nav class="actions" aria-label=${t("home.actions")}>
      ${ACTIONS.map(({ href, icon, key }) => html`<a href=${href}><${Icon} name=${icon} size="26" /><span>${t(key)}</span></a>`)}
    </nav>
    ${brand.features.teleconsultation
      ? html`<a class="panel row call" href="#/doctor"><span class="disc"><${Icon} name="cross" /></span>
          <span class="grow"><strong>${t("home.doctor")}</strong><span class="muted small block">${t("home.doctor_text")}</span></span><${Icon} name="next" size="20" /></a>`
      : null}
    <${AgreementsDue} memberId=${context.me.member_id} />
    <${OpenExcess} memberId=${memberId} />
    <div class="panel flush">
      <a class="list-row" href="#/estimate"><${Icon} name="search" /><span class="grow">${t("home.estimate")}</span><${Icon} name="next" size="18" /></a>
      <a class="list-row" href="#/letters"><${Icon} name="shield" /><span class="grow">${t("home.letters")}</span><${Icon} name="next" size="18" /></a>
    </div>
    <section class="stack tight">
      <div class="row"><h2 class="grow">${t("home.latest_claims")}</h2><a class="small target" href="#/claims">${t("home.all_claims")}</a></div>
      <${Loaded} state=${claims}>
        ${(/** @type {any} */ value) =>
          value.items.length
            ? html`<div class="panel flush">${value.items.map((/** @type {any} */ claim) => html`<${ClaimRow} claim=${claim} />`)}</div>`
            : html`<p class="panel muted">${t("home.no_claims")}</p>`}
      <//>
    </section>
    <a class="panel row call" href=${`tel:${brand.hotline.voice}`}>
      <span class="disc"><${Icon} name="phone" /></span>
      <span class="grow"><strong>${t("home.hotline")}</strong><span class="muted small block">${brand.hotline.shown} · ${hoursShown(brand.hotline)}</span></span>
      <${Icon} name="next" size="20" />
    </a>
  </div>`;
}
