/** A journey for care away from home: what is needed, what the member said, and how each need is met. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const NEEDS = ["booking", "visa", "tickets", "lodging", "translator", "transport", "mobility", "meals", "money"];
const STATES = ["asked", "arranged", "declined"];
/** @type {Record<string, string>} */
const TONES = { asked: "warn", arranged: "good", declined: "" };

/** @param {{one: any}} properties */
export function Travel({ one }) {
  const { needs, told } = one.detail.filled.travel;
  const known = NEEDS.filter((need) => needs[need]);
  return html`<section class="panel stack snug" aria-labelledby="travel"><h2 id="travel">${t("travel.title")}</h2>
    ${told?.length ? html`<div><p class="small muted">${t("travel.told")}</p>${told.map((/** @type {string} */ words) => html`<p class="said">${words}</p>`)}</div>` : null}
    <ul class="stack snug">${known.map((need) => html`<li key=${need}>
      <span class="row between"><strong>${t(`travel.need.${need}`)}</strong><span class=${`badge ${TONES[needs[need].state]}`}>${t(`travel.state.${needs[need].state}`)}</span></span>
      ${needs[need].detail ? html`<span class="block small said">${needs[need].detail}</span>` : null}</li>`)}</ul>
    ${one.detail.state === "closed" ? null : html`<${Arrange} one=${one} first=${known.find((need) => needs[need].state === "asked") || known[0] || NEEDS[0]} />`}
  </section>`;
}

/** @param {{one: any, first: string}} properties */
function Arrange({ one, first }) {
  const [chosen, choose] = useState({ need: "", state: "arranged", how: "" });
  const need = chosen.need || first;
  const { busy, error, run } = useAction(async () => {
    one.setDetail(await call("PUT", `/cases/${one.detail.id}/travel-needs`, { body: { ...chosen, need } }));
    choose({ need: "", state: "arranged", how: "" });
    one.reload();
  });
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => choose({ ...chosen, [name]: event.target.value });
  return html`<form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id="travel-need" label=${t("travel.add")}>
      <select value=${need} onChange=${set("need")}>${NEEDS.map((name) => html`<option value=${name} selected=${name === need}>${t(`travel.need.${name}`)}</option>`)}</select><//>
    <${Field} id="travel-state" label=${t("travel.state")}>
      <select value=${chosen.state} onChange=${set("state")}>${STATES.map((name) => html`<option value=${name} selected=${name === chosen.state}>${t(`travel.state.${name}`)}</option>`)}</select><//>
    <${Field} id="travel-how" label=${t("travel.how")}>
      <input maxlength="1000" value=${chosen.how} onInput=${set("how")} /><//>
    <${FormProblem} error=${error} />
    <div class="row end-row"><button class="button" disabled=${busy || (chosen.state !== "asked" && !chosen.how.trim())}>${t("travel.save")}</button></div>
  </form>`;
}
