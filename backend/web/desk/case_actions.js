/** Take, release, transfer, close. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { problemText } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Closing } from "./closing.js";
import { Transfer } from "./transfer.js";

export function CaseActions({ one, me, handle }) {
  const { detail, setDetail, reload } = one;
  const [asking, setAsking] = useState("");
  const { busy, error, run } = useAction(async (/** @type {string} */ verb) => {
    setDetail(await call("POST", `/cases/${detail.id}/${verb}`, { body: {} }));
    reload();
  });
  const mine = detail.state === "taken" && detail.assigned_to?.id === me.id;
  const mayTake = detail.state === "open" && (me.role === "doctor" || (me.role === "agent" && detail.desk === "helpline"));
  const mayMove = mine || detail.state === "open" || (detail.state === "taken" && me.role === "admin");
  const mayRelease = mayMove && detail.state === "taken";
  handle.current = { take: () => mayTake && run("take") };
  const done = (/** @type {any} */ answer) => {
    setAsking("");
    if (answer) setDetail(answer);
    reload();
  };
  return html`<div class="case-actions">
    ${error ? html`<p class="notice bad" role="alert">${problemText(error)}</p>` : null}
    ${mayTake ? html`<button class="button" disabled=${busy} aria-keyshortcuts="t" onClick=${() => run("take")}>${t("case.take")}</button>` : null}
    ${mayRelease ? html`<button class="button quiet" disabled=${busy} onClick=${() => run("release")}>${t("case.release")}</button>` : null}
    ${mayMove ? html`<button class="button quiet" onClick=${() => setAsking("transfer")}>${t("case.transfer")}</button>` : null}
    ${mayMove ? html`<button class="button quiet" onClick=${() => setAsking("close")}>${t("case.close")}</button>` : null}
    ${asking === "transfer" ? html`<${Transfer} detail=${detail} me=${me} onClose=${() => setAsking("")} onDone=${done} />` : null}
    ${asking === "close" ? html`<${Closing} detail=${detail} onClose=${() => setAsking("")} onDone=${done} />` : null}
  </div>`;
}
