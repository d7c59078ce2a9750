/** What the member agreed to: the exact words, since when, what giving and taking back mean, and what was earlier. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { knows, language, t } from "../../shared/words.js";

/** @typedef {{purpose: string, wording: string, language: string, version: number | null, channel: string, given_at: string, withdrawn_at: string | null}} Given */
/** @typedef {{purpose: string, wording: string, language: string, version?: number | null, given?: boolean}} Offer */

export function Consents({ context }) {
  const address = `/members/${context.me.member_id}/consents`;
  const state = useLoaded(address);
  return html`<div class="stack">
    <p class="muted">${t("consents.intro")}</p>
    <${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Shown} start=${value} address=${address} />`}<//>
  </div>`;
}

/** A consent that stands stays here, and can be taken back, when it is offered no longer. @returns {Offer[]} */
function purposes(/** @type {{items: Given[], offers: Offer[]}} */ { items, offers }) {
  const offered = new Set(offers.map(({ purpose }) => purpose));
  return [...offers, ...items.filter((item) => !item.withdrawn_at && !offered.has(item.purpose))];
}

function Shown({ start, address }) {
  const [value, setValue] = useState(start);
  const reload = async () => setValue(await call("GET", address));
  return html`<div class="stack">${purposes(value).map(
    (offer) => html`<${OneConsent} key=${offer.purpose} offer=${offer} address=${address} reload=${reload}
      given=${value.items.filter((/** @type {Given} */ item) => item.purpose === offer.purpose)} />`,
  )}</div>`;
}

/** @param {{offer: Offer, given: Given[], address: string, reload: () => Promise<void>}} properties */
function OneConsent({ offer, given, address, reload }) {
  const standing = given.find((item) => !item.withdrawn_at && (!offer.version || offer.given));
  const earlier = given.filter((item) => item !== standing);
  const title = `consent-${offer.purpose}`;
  const { busy, error, run } = useAction(async () => {
    const place = `${address}/${offer.purpose}`;
    try {
      await (standing ? call("DELETE", place) : call("PUT", place, { body: { wording: offer.wording } }));
    } catch (refusal) {
      if (/** @type {any} */ (refusal).code === 409) await reload(); // other words now: they have to be read first
      throw refusal;
    }
    await reload();
  });
  return html`<section class="panel stack snug" aria-labelledby=${title}>
    <div class="row wrap"><h2 class="grow" id=${title}>${worded(offer.purpose, "title")}</h2>
      <span class=${`badge ${standing ? "good" : ""}`} role="status">${t(standing ? "consents.given" : "consents.not_given")}</span></div>
    ${offer.version ? html`<p class="muted small">${t("consents.version", { version: offer.version })}</p>` : null}
    <blockquote class="said" lang=${offer.language}>${standing?.wording || offer.wording}</blockquote>
    ${standing ? html`<p class="muted small">${since(standing)}</p>` : null}
    ${standing && standing.wording !== offer.wording ? html`<${NewerWords} offer=${offer} />` : null}
    <p class="small">${worded(offer.purpose, standing ? "withdrawing" : "giving")}</p>
    <${FormProblem} error=${error} />
    <button class=${`button wide ${standing ? "danger" : ""}`} disabled=${busy} aria-describedby=${title} onClick=${() => run()}>
      ${t(standing ? "consents.withdraw" : "consents.give")}</button>
    ${earlier.length ? html`<${Earlier} items=${earlier} />` : null}
  </section>`;
}

/** @param {string} purpose @param {string} part */
function worded(purpose, part) {
  const key = `consent.${purpose}.${part}`;
  if (knows(key)) return t(key);
  return part === "title" ? purpose.replaceAll("_", " ") : "";
}

/** When and where it was given. @param {Given} item */
function since({ given_at, channel }) {
  const key = `channel.${channel}`;
  return t("consents.since", { at: dateTime(given_at, language()), channel: knows(key) ? t(key) : channel });
}

/** Agreed in other words, or in another language, than are asked today. @param {{offer: Offer}} properties */
function NewerWords({ offer }) {
  return html`<details><summary>${t("consents.words_today")}</summary>
    <blockquote class="said" lang=${offer.language}>${offer.wording}</blockquote></details>`;
}

/** @param {{items: Given[]}} properties */
function Earlier({ items }) {
  return html`<details><summary>${t("consents.earlier")}</summary>
    <ul class="stack snug">${items.map(
      (item) => html`<li class="small"><span class="muted block">${since(item)}</span>
        ${item.version ? html`<span class="muted block">${t("consents.version", { version: item.version })}</span>` : null}
        ${item.withdrawn_at ? html`<span class="muted block">${t(item.version ? "consents.ended_at" : "consents.withdrawn_at", { at: dateTime(item.withdrawn_at, language()) })}</span>` : null}
        <blockquote lang=${item.language}>${item.wording}</blockquote></li>`,
    )}</ul></details>`;
}
