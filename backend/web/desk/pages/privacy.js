/** What members ask about their own data: by the hours left, and an erasure decided with everything that bears on it. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { date, dateTime } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Empty, Loaded, Problem, useLoaded } from "../../shared/loading.js";
import { usePages } from "../../shared/paging.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const URGENT_HOURS = 24;

export function PrivacyRequests() {
  const { items, error, more, again } = usePages("/privacy-requests?limit=50");
  return html`<div class="page stack">
    <div class="row wrap between"><h1>${t("tab.privacy")}</h1><button class="button quiet" onClick=${again}>${t("complaints.refresh")}</button></div>
    <p class="muted">${t("privacy.intro")}</p>
    ${error ? html`<${Problem} error=${error} retry=${again} />` : null}
    ${items && !items.length ? html`<${Empty} icon="shield" text=${t("privacy.none")} />` : null}
    ${items?.length
      ? html`<ul class="panel flush" aria-label=${t("tab.privacy")}>${items.map(
          (/** @type {any} */ one) => html`<li key=${one.id}><a class="list-row" href=${`#/privacy/${one.id}`}>
            <span class="grow"><strong class="figures">${one.number}</strong>${" "}<span>${t(`privacy.kind.${one.kind}`)}</span>
              <span class="block small muted">${t(`privacy.state.${one.state}`)} · ${t("privacy.member", { number: one.member_number })}</span></span>
            <span class="end"><${HoursLeft} hours=${one.hours_left} /></span></a></li>`,
        )}</ul>`
      : null}
    ${more ? html`<button class="button quiet" onClick=${more}>${t("privacy.more")}</button>` : null}
  </div>`;
}

/** @param {{hours: number}} properties */
function HoursLeft({ hours }) {
  const tone = hours < 0 ? "bad" : hours < URGENT_HOURS ? "warn" : "";
  return html`<span class=${`badge ${tone}`}>${t(hours < 0 ? "privacy.late" : "privacy.left", { hours: Math.abs(hours) })}</span>`;
}

/** @param {{requestId: string}} properties */
export function PrivacyRequest({ requestId }) {
  const state = useLoaded(`/privacy-requests/${requestId}`);
  return html`<div class="page stack"><a href="#/privacy">${t("tab.privacy")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Request} start=${value} />`}<//></div>`;
}

function Request({ start }) {
  const [one, setOne] = useState(start);
  const decide = useAction(async (refusal) => setOne(await call("PUT", `/privacy-requests/${one.id}/decision`, { body: { refusal } })));
  const open = one.kind === "erasure" && one.state === "asked";
  return html`<div class="stack">
    <div class="row wrap between"><h1>${t(`privacy.kind.${one.kind}`)} <span class="figures">${one.number}</span></h1>
      <span class="badge" role="status">${t(`privacy.state.${one.state}`)}</span></div>
    <p>${t("privacy.due", { at: dateTime(one.due_at, language()) })} ${open ? html`<${HoursLeft} hours=${one.hours_left} />` : null}</p>
    <p class="muted">${t("privacy.member", { number: one.member_number })}</p>
    ${one.words ? html`<blockquote class="panel">${one.words}</blockquote>` : null}
    <${Outlook} outlook=${one.erasure} />
    <${FormProblem} error=${decide.error} />
    ${open
      ? html`<section class="panel stack" aria-labelledby="decision"><h2 id="decision">${t("privacy.decide")}</h2>
          <p class="small">${t("privacy.decide_text")}</p>
          <button class="button danger" disabled=${decide.busy || !one.erasure.possible} onClick=${() => decide.run(null)}>${t("privacy.erase")}</button>
          <h3>${t("privacy.refuse")}</h3>
          <div class="row wrap">${one.erasure.grounds.map(
            (/** @type {string} */ ground) => html`<button class="button quiet" disabled=${decide.busy} onClick=${() => decide.run(ground)}>${t(`privacy.ground.${ground}`)}</button>`,
          )}</div></section>`
      : null}
    <section aria-labelledby="history"><h2 id="history">${t("privacy.history")}</h2><ol class="small">${one.history.map(
      (/** @type {any} */ step) => html`<li>${t(`privacy.step.${step.kind}`)} <span class="muted">${dateTime(step.at, language())}</span></li>`,
    )}</ol></section>
  </div>`;
}

function Outlook({ outlook }) {
  return html`<section class="panel stack" aria-labelledby="outlook"><h2 id="outlook">${t("privacy.outlook")}</h2>
    ${outlook.possible
      ? null
      : html`<div class="notice warn block"><p>${t("privacy.in_the_way")}</p><ul>
          ${outlook.covered ? html`<li>${t("privacy.covered")}</li>` : null}
          ${Object.entries(outlook.open).map(([kind, number]) => html`<li>${t(`privacy.open.${kind}`, { number })}</li>`)}</ul></div>`}
    <div><h3>${t("privacy.stays")}</h3><ul class="small">${outlook.kept.map(
      (/** @type {any} */ one) => html`<li>${t(`privacy.kept.${one.category}`)} <span class="muted">${one.until ? t("privacy.until", { until: date(one.until, language()) }) : ""} ${one.source}${one.checked ? "" : ` · ${t("privacy.unchecked")}`}</span></li>`,
    )}</ul></div>
    <div><h3>${t("privacy.goes")}</h3><ul class="small">${outlook.erased.map((/** @type {string} */ topic) => html`<li>${t(`privacy.topic.${topic}`)}</li>`)}</ul></div>
  </section>`;
}
