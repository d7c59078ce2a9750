/** Diagnoses of ICD-10 by what people say in three languages, typing errors allowed, or by the beginning of a code. */
import { Field } from "../shared/form.js";
import { useLoaded } from "../shared/loading.js";
import { usePaused } from "../shared/paused.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const MOST = 6;

/**
 * A search whose finds are tapped; the caller keeps what is chosen.
 * @param {{busy?: boolean, onChoose: (one: {code: string, title: string}) => void}} properties
 */
export function DiagnosisSearch({ busy = false, onChoose }) {
  const [text, setText] = useState("");
  const asked = usePaused(text.trim());
  const found = useLoaded(asked.length > 1 ? `/diagnoses?limit=${MOST}&q=${encodeURIComponent(asked)}` : "");
  const items = asked.length > 1 ? found.value?.items || [] : [];
  const choose = (/** @type {any} */ one) => {
    onChoose(one);
    setText("");
  };
  return html`<${Field} id="diagnosis-search" label=${t("diagnosis.find")} hint=${t("diagnosis.hint")}>
      <input type="search" autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>
    ${items.length ? html`<ul class="stack tight" aria-label=${t("diagnosis.found")}>${items.map((/** @type {any} */ one) => html`<li key=${one.code}>
      <button type="button" class="button quiet wide" disabled=${busy} onClick=${() => choose(one)}><strong>${one.code}</strong> ${one.title}</button></li>`)}</ul>` : null}`;
}
