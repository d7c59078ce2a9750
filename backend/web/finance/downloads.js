/** A button that hands over a file of the API. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { save } from "../shared/download.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html } from "../shared/view.js";

/** @param {{path: string, name: string, label: string}} properties */
export function Download({ path, name, label }) {
  const { busy, error, run } = useAction(async () => save(await call("GET", path), name));
  return html`<button class="button quiet" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="18" />${label}</button>
    ${error ? html`<p class="notice bad" role="alert">${problemText(error)}</p>` : null}`;
}
