/** Whoever stands at the desk: who, covered or not, what here and now; and the visit that begins. */
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { date } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const MARK = { cashless: "good", reimbursed: "warn", not_covered: "bad" };

/** @param {{told: any, shown: any, context: any, heading: any, onAgain: () => void}} properties */
export function Eligibility({ told, shown, context, heading, onAgain }) {
  const { member } = told;
  const elsewhere = told.client && told.client !== context.me.client.slug;
  return html`<section class="panel stack" aria-labelledby="who">
    <div class="verdict">
      <span class=${`badge ${told.eligible ? "good" : "bad"}`}><${Icon} name=${told.eligible ? "check" : "alert"} size="16" />${told.eligible ? t("eligible.yes") : t("eligible.no")}</span>
      <div class="grow"><h2 id="who" tabindex="-1" ref=${heading}>${member ? member.name : t("eligible.nobody")}</h2><p>${told.message}</p></div>
    </div>
    ${member ? html`<${Person} told=${told} language=${context.language} />` : null}
    ${elsewhere ? html`<${Elsewhere} slug=${told.client} context=${context} onAgain=${onAgain} />` : null}
  </section>
  ${told.benefits.length ? html`<section class="panel flush" aria-labelledby="here"><h2 id="here" class="benefit">${t("eligible.here")}</h2>
    ${told.benefits.map((/** @type {any} */ one) => html`<${Benefit} one=${one} />`)}</section>` : null}
  ${told.open_visit_id
    ? html`<p><a class="button wide" href=${`#/visits/${told.open_visit_id}`}>${t("visit.go_on")}</a></p>`
    : member ? html`<${OpenVisit} told=${told} shown=${shown} />` : null}`;
}

function Person({ told, language }) {
  const { member, plan } = told;
  const facts = [
    ["birth_date", date(member.birth_date, language)], ["sex", t(`sex.${member.sex}`)], ["relationship", t(`relationship.${member.relationship}`)],
    ["member_number", member.member_number], ["plan", plan ? plan.name : "–"], ["valid_until", told.valid_until ? date(told.valid_until, language) : t("eligible.open_end")],
  ];
  return html`<dl class="facts">${facts.map(([name, fact]) => html`<div><dt>${t(`person.${name}`)}</dt><dd>${fact}</dd></div>`)}</dl>`;
}

function Benefit({ one }) {
  const mark = /** @type {Record<string, string>} */ (MARK)[one.standing];
  return html`<div class="benefit">
    <div class="row between wrap"><h3>${one.name}</h3><span class=${`badge ${mark}`}>${t(`standing.${one.standing}`)}</span></div>
    ${one.sentences.map((/** @type {string} */ sentence) => html`<p>${sentence}</p>`)}
    ${one.remaining ? html`<p class="muted">${one.remaining}</p>` : null}
    ${one.room_class ? html`<p class="muted">${t("eligible.room", { room: one.room_class })}</p>` : null}
  </div>`;
}

/** A card of another client: a desk that works there too goes on there with one tap. */
function Elsewhere({ slug, context, onAgain }) {
  const there = context.me.clients.find((/** @type {any} */ one) => one.slug === slug);
  const { busy, error, run } = useAction(async () => {
    await context.switchTo(slug);
    onAgain();
  });
  if (!there) return null;
  return html`<${FormProblem} error=${error} /><button class="button" disabled=${busy} onClick=${() => run()}>${t("eligible.switch", { client: there.name })}</button>`;
}

function OpenVisit({ told, shown }) {
  const groups = [...new Set(told.benefits.map((/** @type {any} */ one) => one.group))];
  const choices = groups.length ? groups : ["emergency"];
  const [group, setGroup] = useState(choices[0]);
  const [emergency, setEmergency] = useState(false);
  const { busy, error, run } = useAction(async () => {
    const body = { ...shown, benefit_group: group, emergency };
    const visit = await call("POST", "/visits", { body, key: await retryKey("visit", body) });
    await settled("visit");
    location.hash = `#/visits/${visit.id}`;
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<form class="panel stack" onSubmit=${submit} aria-labelledby="begin"><h2 id="begin">${t("visit.open_title")}</h2>
    <div class="pair wide">
      <${Field} id="group" label=${t("visit.group")}><select value=${group} onChange=${(/** @type {any} */ event) => setGroup(event.target.value)}>
        ${choices.map((name) => html`<option value=${name} selected=${name === group}>${t(`group.${name}`)}</option>`)}</select><//>
      <label class="check"><input type="checkbox" checked=${emergency} onChange=${(/** @type {any} */ event) => setEmergency(event.target.checked)} />${t("visit.emergency")}</label>
    </div>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy}>${t("visit.open")}</button></form>`;
}
