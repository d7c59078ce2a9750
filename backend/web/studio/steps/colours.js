/** One colour makes both palettes; every pair in them can be read. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { FormProblem } from "../../shared/form.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ColourInput } from "../colour_input.js";
import { isColour } from "../contrast.js";

const SHOWN = ["brand", "on_brand", "brand_soft", "accent", "page", "surface", "text", "muted", "card_from", "card_to"];

export function Colours({ studio }) {
  const { light } = studio.effective.colours;
  const [chosen, setChosen] = useState({ brand: light.brand, accent: "" });
  useEffect(() => setChosen((before) => ({ ...before, brand: light.brand })), [light.brand]);
  const { busy, error, run } = useAction((/** @type {any} */ colours) => studio.keeping.through(() => call("POST", "/studio/draft/colours", { body: colours })));
  const derive = (/** @type {any} */ change) => {
    const next = { ...chosen, ...change };
    setChosen(next);
    if (isColour(next.brand) && (!next.accent || isColour(next.accent))) run(next.accent ? next : { brand: next.brand });
  };
  return html`<section class="panel stack" aria-labelledby="colours-title"><h2 id="colours-title">${t("colours.title")}</h2>
    <p class="muted">${t("colours.text")}</p>
    <div class="pair">
      <${ColourInput} id="at-colours" label=${t("colours.brand")} value=${chosen.brand} onChoose=${(/** @type {string} */ brand) => derive({ brand })} />
      <${ColourInput} id="at-colours-accent" label=${t("colours.accent")} optional value=${chosen.accent} onChoose=${(/** @type {string} */ accent) => derive({ accent })} />
    </div>
    <${FormProblem} error=${error} />
    <p class="visually-hidden" role="status">${busy ? t("colours.working") : ""}</p>
    <div class="palettes">${["light", "dark"].map((scheme) => html`<figure key=${scheme} class="palette"><figcaption class="small muted">${t(`scheme.${scheme}`)}</figcaption>
      <ul class="chips">${SHOWN.map((name) => html`<li key=${name} class="chip" title=${t(`colour.${name}`)} style=${{ backgroundColor: studio.effective.colours[scheme][name] }}><span class="visually-hidden">${t(`colour.${name}`)}: ${studio.effective.colours[scheme][name]}</span></li>`)}</ul></figure>`)}</div>
  </section>`;
}
