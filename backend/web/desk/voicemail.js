/** A message that was left on the telephone: fetched with the sign-in when somebody wants to hear it. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { lasting } from "./clockwork.js";

/** @param {{id: string, seconds?: number}} properties */
export function Voicemail({ id, seconds }) {
  const [url, setUrl] = useState("");
  const { busy, error, run } = useAction(async () => setUrl(URL.createObjectURL(await call("GET", `/desk/voicemails/${id}/audio`))));
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  if (url) return html`<audio class="block" controls autoplay src=${url} aria-label=${t("voicemail.title")}></audio>`;
  return html`<button class="button quiet" disabled=${busy} onClick=${() => run()}><${Icon} name="voicemail" size="18" />
      ${t("voicemail.listen")}${seconds ? ` · ${lasting(seconds)}` : ""}</button>
    ${error ? html`<p class="small urgent" role="alert">${problemText(error)}</p>` : null}`;
}
