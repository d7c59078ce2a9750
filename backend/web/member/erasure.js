/** Asking to be erased: what is in the way now, what goes, what the law makes us keep and until when. */
import { call } from "../shared/api.js";
import { date } from "../shared/format.js";
import { Field } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { CodeStep } from "./code_step.js";

/** @typedef {{category: string, until: string | null, source: string, checked: boolean}} Kept */
/** @typedef {{possible: boolean, covered: boolean, open: Record<string, number>, kept: Kept[], erased: string[]}} Outlook */

/** @param {{outlook: Outlook, address: string, waits: boolean, reload: () => Promise<void>}} properties */
export function Erasure({ outlook, address, waits, reload }) {
  const [words, setWords] = useState("");
  const ask = async (/** @type {string} */ code) => {
    await call("POST", address, { body: { kind: "erasure", code, ...(words ? { words } : {}) } });
    setWords("");
    await reload();
  };
  return html`<section class="panel stack" aria-labelledby="erasure-title">
    <h2 id="erasure-title">${t("mydata.erasure")}</h2>
    <p class="small">${t("mydata.erasure_text")}</p>
    ${outlook.possible ? null : html`<${InTheWay} outlook=${outlook} />`}
    <div><h3>${t("mydata.goes")}</h3><ul class="small">${outlook.erased.map((topic) => html`<li>${t(`mydata.topic.${topic}`)}</li>`)}</ul></div>
    <${KeptByLaw} kept=${outlook.kept} />
    ${waits
      ? html`<p class="notice"><${Icon} name="clock" size="20" /><span>${t("mydata.erasure_waits")}</span></p>`
      : html`<${CodeStep} id="erasure" address=${`${address}/code`} danger send=${t("mydata.erasure_ask")} go=${t("mydata.erasure_confirm")} onCode=${ask}>
          <${Field} id="erasure-words" label=${t("mydata.words")} hint=${t("mydata.words_hint")}>
            <textarea maxlength="1000" value=${words} onInput=${(/** @type {any} */ event) => setWords(event.target.value)}></textarea><//>
        <//>`}
  </section>`;
}

/** @param {{outlook: Outlook}} properties */
function InTheWay({ outlook }) {
  return html`<div class="notice warn block"><p>${t("mydata.in_the_way")}</p><ul>
    ${outlook.covered ? html`<li>${t("mydata.covered")}</li>` : null}
    ${Object.entries(outlook.open).map(([kind, number]) => html`<li>${t(`mydata.open.${kind}`, { number })}</li>`)}</ul></div>`;
}

/** @param {{kept: Kept[]}} properties */
export function KeptByLaw({ kept }) {
  if (!kept.length) return null;
  return html`<div><h3>${t("mydata.stays")}</h3><ul class="small">${kept.map(
    (one) => html`<li>${t(`mydata.kept.${one.category}`)}${" "}
      <span class="muted">${one.until ? t("mydata.kept_until", { until: date(one.until, language()), source: one.source }) : t("mydata.kept_without_end", { source: one.source })}</span></li>`,
  )}</ul></div>`;
}
