/** One entry of the thread: a message, a note of a colleague, a step of the case, an answer on its way. */
import { time } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { worded } from "./naming.js";
import { Pictures } from "./pictures.js";
import { Place } from "./place.js";

const FAILED = new Set(["failed", "undelivered"]);

export function Message({ value, detail }) {
  const own = value.direction === "out";
  const foreign = value.direction === "in" && value.language !== detail.language;
  return html`<article class=${`bubble ${own ? `own ${value.author}` : ""}`}>
    <p class="by"><strong>${value.author_name || t(`author.${value.author}`)}</strong>
      <span class="tag">${worded("channel", value.channel)}</span>
      <span class=${foreign ? "tag other" : "tag"} title=${worded("language", value.language)}><span aria-hidden="true">${value.language.toUpperCase()}</span><span class="visually-hidden">${worded("language", value.language)}</span></span>
    </p>
    ${value.text ? html`<p class="said" lang=${value.language}>${value.text}</p>` : null}
    <${Pictures} media=${value.media || []} />
    ${value.location ? html`<${Place} location=${value.location} />` : null}
    <p class="at"><time datetime=${value.at}>${time(value.at, language())}</time>${own && value.send_state ? html` <${Delivery} state=${value.send_state} />` : null}</p>
  </article>`;
}

function Delivery({ state }) {
  const failed = FAILED.has(state);
  return html`<span class=${failed ? "delivery failed" : "delivery"}>${failed ? html`<${Icon} name="alert" size="13" />` : null}${worded("delivery", state)}</span>`;
}

export function Note({ value }) {
  return html`<article class="bubble note-bubble">
    <p class="by"><${Icon} name="note" size="15" /><strong>${t("note.by", { name: value.by?.name || t(`role.${value.by?.role || "system"}`) })}</strong></p>
    <p class="said">${value.text}</p>
    <p class="at"><time datetime=${value.at}>${time(value.at, language())}</time></p>
  </article>`;
}

export function Sending({ value }) {
  return html`<article class="bubble own agent faint">
    <p class="by"><strong>${value.by?.name || t("author.agent")}</strong></p>
    <p class="said">${value.text}</p>
    <p class="at"><time datetime=${value.at}>${time(value.at, language())}</time> <span class="delivery">${t("delivery.waiting")}</span></p>
  </article>`;
}

export function Step({ value }) {
  const by = value.by?.name || (value.by?.role ? worded("role", value.by.role) : "");
  const about = aboutStep(value.facts || {});
  return html`<p class="step-line"><span><strong>${worded("event", value.kind)}</strong>${by ? ` · ${by}` : ""} · <time datetime=${value.at}>${time(value.at, language())}</time>
    ${about ? html`<span class="block">${about}</span>` : null}
    ${value.facts?.teleconsultation_id ? html`<span class="block"><a href=${`#/doctors/${value.facts.teleconsultation_id}`}>${t("event.led_to_teleconsultation", { number: value.facts.teleconsultation })}</a></span>` : null}
    ${value.facts?.referral ? html`<span class="block">${t("event.led_to_referral", { code: value.facts.referral })}</span>` : null}
    ${value.text ? html`<span class="block said">${value.text}</span>` : null}</span></p>`;
}

/** To whom a case went, which number was shown, which case follows, what the member gave. @param {Record<string, any>} facts */
function aboutStep({ to, desk, language: spoken, field, follow_up: following, case: other, score }) {
  const target = to || (desk && t(`desk.${desk}`));
  return [target && `→ ${target}`, spoken && worded("language", spoken), field && t(`person.${field}`), following, other, score && `${score}/5`].filter(Boolean).join(" · ");
}
