/** Every colour of both palettes with the weakest pair it takes part in. */
import { Icon } from "../../shared/icons.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ColourInput } from "../colour_input.js";
import { pairsOf } from "../contrast.js";
import { idOf } from "../naming.js";
import { localeOf } from "../../shared/format.js";
import { language } from "../../shared/words.js";

const GROUPS = {
  brand: ["brand", "on_brand", "brand_soft", "accent"],
  ground: ["page", "surface", "text", "muted", "line"],
  card: ["card_from", "card_to", "card_text"],
  status: ["good", "good_soft", "warn", "warn_soft", "bad", "bad_soft"],
};
const ratioSaid = (/** @type {number} */ ratio) => (Math.floor(ratio * 10) / 10).toLocaleString(localeOf(language()), { minimumFractionDigits: 1 });

export function Tuning({ studio }) {
  const wrong = studio.defects.filter((/** @type {any} */ one) => one.place?.startsWith("colours"));
  const [scheme, setScheme] = useState("light");
  return html`<details class="panel section" id="tuning" open=${wrong.length ? true : undefined}><summary><h2>${t("tuning.title")}</h2>${wrong.length ? html`<span class="count warn">${wrong.length}</span>` : null}</summary>
    <div class="stack tuning"><p class="muted">${t("tuning.text")}</p>
      ${wrong.map((/** @type {any} */ one) => html`<p class="notice warn" key=${one.message}><${Icon} name="alert" size="18" /><span>${one.message}</span></p>`)}
      <div class="language-tabs" role="group" aria-label=${t("scheme")}>${["light", "dark"].map((one) => html`<button type="button" key=${one} aria-pressed=${one === scheme ? "true" : "false"} onClick=${() => setScheme(one)}>${t(`scheme.${one}`)}</button>`)}</div>
      ${Object.entries(GROUPS).map(([group, names]) => html`<section key=${group} aria-label=${t(`tuning.${group}`)}><h3 class="small muted">${t(`tuning.${group}`)}</h3>
        <ul class="tuned">${names.map((name) => html`<${Tuned} key=${scheme + name} studio=${studio} scheme=${scheme} name=${name} />`)}</ul></section>`)}
    </div></details>`;
}

function Tuned({ studio, scheme, name }) {
  const palette = studio.effective.colours[scheme];
  const path = ["colours", scheme, name];
  const id = idOf(path);
  const [weakest] = pairsOf(name, palette, studio.form.checks);
  return html`<li class="tuned-row"><span class="tuned-name">${t(`colour.${name}`)}</span>
    <${ColourInput} id=${id} small label=${`${t(`colour.${name}`)}, ${t(`scheme.${scheme}`)}`} value=${palette[name]} described=${weakest ? `${id}-ratio` : undefined} onChoose=${(/** @type {string} */ colour) => studio.change(path, colour)} />
    ${weakest ? html`<${Ratio} id=${`${id}-ratio`} pair=${weakest} palette=${palette} />` : html`<span class="muted small">–</span>`}</li>`;
}

function Ratio({ id, pair, palette }) {
  const enough = pair.ratio >= pair.needed;
  const said = t("tuning.ratio", { upon: t(`colour.${pair.upon}`), ground: t(`colour.${pair.ground}`), ratio: ratioSaid(pair.ratio), needed: ratioSaid(pair.needed) });
  return html`<span id=${id} class=${`ratio ${enough ? "good" : "bad"}`} title=${said}><span class="sample" aria-hidden="true" style=${{ color: palette[pair.upon], backgroundColor: palette[pair.ground] }}>Aa</span>
    <span class="figures" aria-hidden="true">${ratioSaid(pair.ratio)}</span><${Icon} name=${enough ? "check" : "alert"} size="14" /><span class="visually-hidden">${said}</span></span>`;
}
