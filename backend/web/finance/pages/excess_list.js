/** Excess letters: who owes what until when. */
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { category, day, written } from "../figures.js";
import { Filter } from "../filter.js";
import { Listed, useListed } from "../listed.js";

export function ExcessList() {
  const [chosen, setChosen] = useState("running");
  const state = useListed(chosen === "running" ? "/excess?running=true" : "/excess");
  return html`<h1>${t("excess.title")}</h1><p class="muted">${t("excess.text")}</p>
    <${Filter} label=${t("excess.filter")} names=${["running", "all"]} chosen=${chosen} word=${(/** @type {string} */ name) => t(`excess.show.${name}`)} onChoose=${setChosen} />
    <${Listed} key=${chosen} state=${state} label=${t("excess.title")} icon="flag" none=${t(`excess.none.${chosen}`)} row=${(/** @type {any} */ one) => html`<a class="list-row" href=${`#/excess/${one.id}`}>
      <span class="grow"><strong>${one.employee.name}</strong>${one.employee.number ? html` <span class="muted figures">${one.employee.number}</span>` : null}<span class="muted small block"><span class="figures">${one.number}</span> · ${category(one.category)}</span></span>
      <span class="end"><span class="amount block">${written(one.open)}</span><span class="marks">${one.stopped_card ? html`<span class="badge bad">${t("excess.card_stopped")}</span>` : null}<${State} one=${one} /></span></span></a>`} />`;
}

/** How far it is, with its day while it runs. */
export function State({ one }) {
  if (one.state !== "open") return html`<span class=${`badge ${one.state === "disputed" ? "warn" : "good"}`}>${t(`excess.state.${one.state}`)}</span>`;
  return html`<span class=${`badge ${one.overdue ? "bad" : ""}`}>${t(one.overdue ? "excess.overdue" : "excess.due", { day: day(one.next_due_on) })}</span>`;
}
