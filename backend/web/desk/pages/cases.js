/** The desk proper: the queue, the thread, the person. Three columns; on a phone one after another. */
import { Icon } from "../../shared/icons.js";
import { Problem } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { useCase, useWatch } from "../case_loaded.js";
import { Conversation } from "../conversation.js";
import { moveInQueue, useKeys } from "../keys.js";
import { PersonPanel } from "../person_panel.js";
import { Queue, useQueue } from "../queue.js";

/** @param {{context: any, caseId?: string}} properties */
export function Cases({ context, caseId }) {
  const queue = useQueue(context.inbox);
  const down = () => moveInQueue(1);
  const up = () => moveInQueue(-1);
  const search = () => document.getElementById("search")?.focus();
  useKeys({ j: down, ArrowDown: down, k: up, ArrowUp: up, s: search, "?": context.openHelp, Escape: leave }, context.shortcuts);
  return html`<div class=${`columns ${caseId ? "with-case" : ""}`}>
    <h1 class="visually-hidden">${t("tab.cases")}</h1>
    <${Queue} queue=${queue} me=${context.me} inbox=${context.inbox} chosenId=${caseId} />
    ${caseId
      ? html`<${OpenCase} key=${caseId} context=${context} caseId=${caseId} />`
      : html`<section class="nothing-open"><p class="muted">${t("case.none_open")}</p>
          ${context.shortcuts ? html`<p class="muted small">${t("case.none_open_keys")}</p>` : null}</section>`}
  </div>`;
}

/** From writing back to the queue: to the open case, else the first one, else the queue itself, where keys work. */
function leave() {
  const places = ['.case-row[aria-current="true"]', ".case-row", ".queue"];
  const place = /** @type {HTMLElement | null} */ (places.map((each) => document.querySelector(each)).find(Boolean));
  place?.focus();
}

function OpenCase({ context, caseId }) {
  const one = useCase(caseId);
  const watch = useWatch(caseId);
  const [side, setSide] = useState("thread");
  useEffect(() => setSide("thread"), [caseId]);
  if (!one.detail) {
    return html`<section class="conversation" aria-label=${t("case.title")}>
      ${one.error ? html`<div class="quiet-place"><${Problem} error=${one.error} retry=${one.reload} /></div>` : html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`}
    </section>`;
  }
  return html`<div class=${`opened show-${side}`}>
    <nav class="sides" aria-label=${t("case.sides")}>
      <a href="#/" class="icon-button" aria-label=${t("case.to_queue")}><${Icon} name="back" size="20" /></a>
      ${["thread", "person"].map(
        (name) => html`<button aria-pressed=${name === side ? "true" : "false"} onClick=${() => setSide(name)}>${t(`side.${name}`)}</button>`,
      )}
    </nav>
    <${Conversation} context=${context} one=${one} watch=${watch} />
    <${PersonPanel} context=${context} one=${one} />
  </div>`;
}
