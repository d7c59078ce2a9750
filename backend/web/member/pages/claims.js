/** The claims of the chosen person, newest first. */
import { date, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { call } from "../../shared/api.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";
import { Family } from "../family.js";
import { UnsentClaims } from "../unsent_claim.js";

const TONE = {
  draft: "", submitted: "", returned: "bad", complete: "good", refused: "bad", withdrawn: "", in_review: "",
  confirming: "", approved: "good", partly_approved: "good", rejected: "bad", appealed: "",
};

export function ClaimStatus({ status }) {
  const key = `claim.status.${status}`;
  return html`<span class=${`badge ${TONE[/** @type {keyof typeof TONE} */ (status)] || ""}`}>${knows(key) ? t(key) : status}</span>`;
}

export function ClaimRow({ claim }) {
  const href = claim.status === "draft" ? `#/claims/new/${claim.id}` : `#/claims/${claim.id}`;
  return html`<a class="list-row" href=${href}>
    <span class="disc"><${Icon} name="receipt" size="22" /></span>
    <span class="grow"><strong class="clip">${claim.provider_name || t(`group.${claim.benefit}`)}</strong>
      <span class="muted small clip">${date(claim.visit_on, language(), "short")} · ${t(`group.${claim.benefit}`)}</span></span>
    <span class="end"><strong class="block">${money(claim.claimed, language())}</strong><${ClaimStatus} status=${claim.status} /></span>
  </a>`;
}

export function Claims({ context }) {
  const state = useLoaded(`/claims?member_id=${context.memberId}`, [context.memberId]);
  const [older, setOlder] = useState(/** @type {{items: any[], next_cursor: any} | null} */ (null));
  const more = async (/** @type {string} */ cursor) => {
    const page = await call("GET", `/claims?member_id=${context.memberId}&cursor=${encodeURIComponent(cursor)}`);
    setOlder({ items: [...(older?.items || []), ...page.items], next_cursor: page.next_cursor });
  };
  return html`<div class="stack">
    <${Family} context=${context} />
    <a class="button wide" href="#/claims/new"><${Icon} name="plus" size="20" />${t("claim.new")}</a>
    <${UnsentClaims} context=${context} />
    <${Loaded} state=${state}>
      ${(value) => {
        const items = [...value.items, ...(older?.items || [])];
        const cursor = older ? older.next_cursor : value.next_cursor;
        if (!items.length) return html`<${Empty} icon="receipt" text=${t("claims.none")} />`;
        return html`<div class="panel flush">${items.map((claim) => html`<${ClaimRow} claim=${claim} />`)}</div>
          ${cursor ? html`<button class="button plain wide" onClick=${() => more(cursor)}>${t("more")}</button>` : null}`;
      }}
    <//>
  </div>`;
}
