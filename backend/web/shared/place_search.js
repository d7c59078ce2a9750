/** Finding a hospital or clinic by its name, typing errors and all. The caller brings the words. */
import { useAction } from "./action.js";
import { call } from "./api.js";
import { Field, FormProblem } from "./form.js";
import { html, useState } from "./view.js";

/** @param {{words: {find: string, search: string, none: string}, onChosen: (place: any) => void}} properties */
export function PlaceSearch({ words, onChosen }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState(/** @type {any[] | null} */ (null));
  const { busy, error, run } = useAction(async () => {
    setFound((await call("GET", `/providers?q=${encodeURIComponent(text.trim())}`)).items);
  });
  const choose = useAction(async (/** @type {any} */ place) => onChosen(await call("GET", `/providers/${place.id}`)));
  return html`<form class="panel stack" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <${Field} id="place" label=${words.find}>
      <input type="search" maxlength="80" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} />
    <//>
    <button class="button wide" disabled=${busy || text.trim().length < 2}>${words.search}</button>
    <${FormProblem} error=${error || choose.error} />
    ${found && !found.length ? html`<p class="muted" role="status">${words.none}</p>` : null}
    ${found?.length ? html`<div class="stack tight">${found.map(
      (place) => html`<button type="button" class="list-row place" onClick=${() => choose.run(place)}><span class="grow"><strong>${place.name}</strong><span class="muted small block">${place.city}</span></span></button>`,
    )}</div>` : null}
  </form>`;
}
