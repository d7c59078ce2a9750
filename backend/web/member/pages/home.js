/** The first page: the card, what one comes for, what is open. */
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ECard, useCard } from "../ecard.js";
import { Family } from "../family.js";
import { ClaimRow } from "./claims.js";

const ACTIONS = [
  { href: "#/card", icon: "card", key: "home.show_card" },
  { href: "#/claims/new", icon: "camera", key: "home.claim" },
  { href: "#/chat", icon: "chat", key: "home.ask" },
  { href: "#/complaints/new", icon: "flag", key: "home.complain" },
];

export function Home({ context }) {
  const { brand, memberId, me } = context;
  const card = useCard(memberId);
  const claims = useLoaded(`/claims?member_id=${memberId}&limit=3`, [memberId]);
  const name = me.members.find((member) => member.id === memberId)?.name.split(" ")[0] || "";
  return html`<div class="stack" style="--gap:20px">
    <h1>${t("home.hello", { name })}</h1>
    <${Family} context=${context} />
    <${Loaded} state=${card}>${(value) => html`<a href="#/card" aria-label=${t("home.show_card")} style="display:block;text-decoration:none"><${ECard} card=${value} brand=${brand} /></a>`}<//>
    <nav class="actions" aria-label=${t("home.actions")}>
      ${ACTIONS.map(({ href, icon, key }) => html`<a href=${href}><${Icon} name=${icon} size="26" />${t(key)}</a>`)}
    </nav>
    <section class="stack" style="--gap:10px">
      <h2>${t("home.latest_claims")}</h2>
      <${Loaded} state=${claims}>
        ${(value) =>
          value.items.length
            ? html`<div class="panel flush">${value.items.map((claim) => html`<${ClaimRow} claim=${claim} />`)}</div>`
            : html`<p class="muted">${t("home.no_claims")}</p>`}
      <//>
    </section>
    <a class="panel row" style="text-decoration:none;color:inherit" href=${`tel:${brand.hotline.voice}`}>
      <span style="color:var(--brand)"><${Icon} name="phone" /></span>
      <span class="grow"><strong>${t("home.hotline")}</strong><br /><span class="muted small">${brand.hotline.voice} · ${t("home.always_open")}</span></span>
      <${Icon} name="next" size="20" />
    </a>
  </div>`;
}
