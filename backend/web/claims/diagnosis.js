/** The diagnosis of the claim: searched by what people say in three languages or by the beginning of a code. */
import { Field } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { useLoaded } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const PAUSE_MS = 250;

export function Diagnosis({ draft, change, working }) {
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  const found = useLoaded(asked.length > 1 ? `/diagnoses?limit=6&q=${encodeURIComponent(asked)}` : "");
  const items = asked.length > 1 ? found.value?.items || [] : [];
  const choose = (/** @type {any} */ one) => {
    change({ diagnosis: { code: one.code, title: one.title } });
    setWords("");
  };
  return html`<section class="panel stack snug" aria-labelledby="diagnosis-title"><h2 id="diagnosis-title">${t("diagnosis.title")}</h2>
    ${draft.diagnosis
      ? html`<p class="row"><span class="grow"><strong>${draft.diagnosis.code}</strong> ${draft.diagnosis.title || ""}</span>
          ${working ? html`<button type="button" class="icon-button" aria-label=${t("diagnosis.remove")} onClick=${() => change({ diagnosis: null })}><${Icon} name="close" size="18" /></button>` : null}</p>`
      : html`<p class="muted">${t("diagnosis.none")}</p>`}
    ${working ? html`<${Field} id="diagnosis-search" label=${t("diagnosis.find")} hint=${t("diagnosis.hint")}>
      <input type="search" autocomplete="off" value=${words} onInput=${(/** @type {any} */ event) => setWords(event.target.value)} /><//>` : null}
    ${items.length ? html`<ul class="stack tight" aria-label=${t("diagnosis.found")}>${items.map((/** @type {any} */ one) => html`<li key=${one.code}>
      <button type="button" class="button quiet wide" onClick=${() => choose(one)}><strong>${one.code}</strong> ${one.title}</button></li>`)}</ul>` : null}
  </section>`;
}
