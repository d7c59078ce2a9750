/** The form in calm steps, with the preview beside it. */
import { Icon } from "../../shared/icons.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ICON_OF, STEPS } from "../fields.js";
import { idOf } from "../naming.js";
import { Beside, Refused } from "../saved.js";
import { Preview } from "../preview/preview.js";
import { useLive } from "../preview/live.js";
import { wrongIn } from "../store.js";
import { Features } from "../steps/features.js";
import { Glossary } from "../steps/glossary.js";
import { Helpline } from "../steps/helpline.js";
import { Languages } from "../steps/languages.js";
import { Look } from "../steps/look.js";
import { Plain } from "../steps/plain.js";
import { Shape } from "../steps/shape.js";

/** @type {Record<string, any>} */
const SHOWN = { look: Look, shape: Shape, languages: Languages, helpline: Helpline, features: Features, glossary: Glossary };

export function Design({ studio, step = STEPS[0], place = "" }) {
  const [side, setSide] = useState("form");
  const live = useLive(studio);
  const open = STEPS.includes(step) ? step : STEPS[0];
  const Step = SHOWN[open] || Plain;
  useFocus(open, place, studio);
  return html`<div class=${`studio-columns show-${side}`}>
    <${Steps} studio=${studio} open=${open} />
    <div class="sides-choice" role="group" aria-label=${t("sides")}>${["form", "preview"].map((one) => html`<button type="button" key=${one} aria-pressed=${one === side ? "true" : "false"} onClick=${() => setSide(one)}>${t(`sides.${one}`)}</button>`)}</div>
    <section class="step stack" aria-labelledby="step-title"><div class="stack tight"><h1 id="step-title" tabindex="-1">${t(`step.${open}`)}</h1><p class="muted">${t(`step_text.${open}`)}</p></div>
      <${Beside} studio=${studio} /><${Refused} studio=${studio} />
      <${Step} key=${open} studio=${studio} step=${open} live=${live} />
      <${Onward} open=${open} /></section>
    <${Preview} studio=${studio} live=${live} />
  </div>`;
}

function Steps({ studio, open }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const now = /** @type {HTMLElement | null} */ (list.current?.querySelector("[aria-current]"));
    if (now && list.current) list.current.scrollLeft = now.offsetLeft - (list.current.clientWidth - now.offsetWidth) / 2;
  }, [open]);
  return html`<nav class="steps" aria-label=${t("steps")} ref=${list}><ol>${STEPS.map((name) => {
    const wrong = wrongIn(studio, name);
    return html`<li key=${name}><a href=${`#/design/${name}`} aria-current=${name === open ? "step" : undefined}><${Icon} name=${ICON_OF[name]} size="18" /><span class="grow">${t(`step.${name}`)}</span>
      ${wrong ? html`<span class="count warn">${wrong}<span class="visually-hidden"> ${t("steps.wrong")}</span></span>` : null}</a></li>`;
  })}</ol></nav>`;
}

function Onward({ open }) {
  const at = STEPS.indexOf(open);
  const next = STEPS[at + 1];
  return html`<div class="row between wrap onward">${at ? html`<a class="button plain" href=${`#/design/${STEPS[at - 1]}`}><${Icon} name="back" size="18" />${t(`step.${STEPS[at - 1]}`)}</a>` : html`<span></span>`}
    <a class="button" href=${next ? `#/design/${next}` : "#/publish"}>${next ? t(`step.${next}`) : t("tab.publish")}<${Icon} name="next" size="18" /></a></div>`;
}

/** A new step begins at its title, a place to mend at the place itself. @param {string} step @param {string} place @param {any} studio */
function useFocus(step, place, studio) {
  const first = useRef(true);
  useEffect(() => {
    const spoken = place.split(".").find((part) => studio.languages.includes(part));
    if (spoken && place.includes(".")) studio.setLanguage(spoken);
    const wait = setTimeout(() => {
      const found = place && mended(place);
      const target = found || (first.current ? null : document.getElementById("step-title"));
      first.current = false;
      target?.closest("details")?.setAttribute("open", "");
      target?.scrollIntoView({ block: found ? "center" : "nearest" });
      target?.focus({ preventScroll: true });
    });
    return () => clearTimeout(wait);
  }, [step, place]);
}

/** The control of a place, or of what it belongs to. @param {string} place @returns {HTMLElement | null} */
function mended(place) {
  const parts = place.split(".");
  for (let length = parts.length; length; length -= 1) {
    const found = document.getElementById(idOf(parts.slice(0, length)));
    if (found) return found;
  }
  return null;
}
