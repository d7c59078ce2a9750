/** A file that is sent as soon as it is chosen. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { html } from "../shared/view.js";

/** @param {{id: string, path: string, label: string, hint: string, keyed?: () => Promise<string>, onDone: (answer: any) => void}} properties */
export function Upload({ id, path, label, hint, keyed, onDone }) {
  const { busy, error, run } = useAction(async (/** @type {File} */ file) => {
    const form = new FormData();
    form.append("file", file);
    onDone(await call("POST", path, { form, key: keyed && (await keyed()) }));
  });
  const chosen = (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) run(file);
  };
  return html`<div class="stack tight"><${Field} id=${id} label=${label} hint=${hint}><input type="file" disabled=${busy} onChange=${chosen} /><//>
    <${FormProblem} error=${error} /></div>`;
}
