/** What a signed code is worth: checked on this device when nothing answers, with the age of what it was checked by. */
import { date, dateTime } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

const OLD_MS = 24 * 3600_000;
/** Facts in the order a person compares them. */
const SHOWN = ["name", "card_number", "plan", "facility", "specialty", "service", "room_class", "from", "until", "visits"];

/** @param {{read: any, letter: any, context: any, heading: any}} properties */
export function CodeVerdict({ read, letter, context, heading }) {
  const { code, problem, asOf, said } = read;
  const kind = code?.type || (letter ? "letter" : "code");
  const good = !problem && (code || letter);
  return html`<section class="panel stack" aria-labelledby="verdict">
    <div class="verdict">
      <span class=${`badge ${good ? "good" : "bad"}`}><${Icon} name=${good ? "check" : "alert"} size="16" />${good ? t("code.good") : t("code.bad")}</span>
      <div class="grow"><h2 id="verdict" tabindex="-1" ref=${heading}>${t(`code.kind.${kind}`)}</h2>
        <p>${said || t(`code.${problem || "genuine"}`)}</p></div>
    </div>
    ${code ? html`<${CodeFacts} code=${code} language=${context.language} />` : null}
    ${letter ? html`<p><a class="button" href=${`#/letters/${letter.id}`}>${t("letter.open")}</a></p>` : null}
    ${context.online ? null : html`<${ListAge} asOf=${asOf} language=${context.language} />`}
  </section>`;
}

/** The facts of a signed code. @param {{code: any, language: string}} properties */
export function CodeFacts({ code, language }) {
  const facts = SHOWN.filter((name) => code.facts[name] !== undefined).map((name) => [name, written(name, code.facts[name], language)]);
  return html`<dl class="facts">
    <div><dt>${t("code.number")}</dt><dd class="figures">${code.type === "card" ? code.facts.card_number : code.number}</dd></div>
    ${facts.filter(([name]) => name !== "card_number").map(([name, fact]) => html`<div><dt>${t(`code.fact.${name}`)}</dt><dd>${fact}</dd></div>`)}
    <div><dt>${t("code.expires")}</dt><dd>${dateTime(new Date(code.expiresAt).toISOString(), language)}</dd></div>
  </dl>`;
}

/** @param {string} name @param {any} fact @param {string} language */
function written(name, fact, language) {
  return name === "from" || name === "until" ? date(String(fact).slice(0, 10), language) : String(fact);
}

/** How old the list of stopped codes is: the one thing a signature cannot say. */
function ListAge({ asOf, language }) {
  const old = asOf === null || Date.now() - asOf > OLD_MS;
  return html`<p class=${`notice ${old ? "bad" : "warn"}`}><${Icon} name="clock" size="20" />
    <span>${asOf === null ? t("code.no_list") : t("code.list_age", { moment: dateTime(new Date(asOf).toISOString(), language) })}${old ? ` ${t("code.call")}` : ""}</span></p>`;
}
