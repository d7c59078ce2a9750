/** The middle column: whose case it is, what was said, and the answer being written. */
import { Icon } from "../shared/icons.js";
import { html, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { CaseActions } from "./case_actions.js";
import { Composer } from "./composer.js";
import { useKeys } from "./keys.js";
import { Medical } from "./medical.js";
import { about, who } from "./naming.js";
import { Thread } from "./thread.js";

export function Conversation({ context, one, watch }) {
  const { detail } = one;
  const { me, shortcuts } = context;
  const [tab, setTab] = useState("thread");
  const composer = useRef(/** @type {{write: (mode: string) => void, canned: () => void} | null} */ (null));
  const actions = useRef(/** @type {{take: () => void} | null} */ (null));
  const write = (/** @type {string} */ mode) => () => {
    if (tab === "thread") return composer.current?.write(mode);
    setTab("thread");
    setTimeout(() => composer.current?.write(mode));
  };
  useKeys({ t: () => actions.current?.take(), r: write("reply"), n: write("note"), "/": () => composer.current?.canned() }, shortcuts);
  return html`<section class="conversation" aria-label=${t("case.title")}>
    <header class="case-head">
      <div class="grow">
        <h2 class="clip">${who(detail)}</h2>
        <p class="small muted marks">
          <span class="clip">${detail.number}</span><span>${about(detail)}</span>
          ${detail.priority === "normal" ? null : html`<span class=${`badge ${detail.priority === "urgent" ? "bad" : "warn"}`}>${t(`priority.${detail.priority}`)}</span>`}
          <span class="badge">${stateText(detail, me)}</span>
        </p>
      </div>
      <${CaseActions} one=${one} me=${me} handle=${actions} />
    </header>
    <${Watchers} watchers=${watch.watchers} />
    ${me.role === "doctor"
      ? html`<div class="segmented" role="group" aria-label=${t("case.views")}>
          ${["thread", "medical"].map((name) => html`<button aria-pressed=${name === tab ? "true" : "false"} onClick=${() => setTab(name)}>${t(`view.${name}`)}</button>`)}
        </div>`
      : null}
    ${tab === "medical"
      ? html`<${Medical} detail=${detail} onDone=${one.reload} />`
      : html`<${Thread} detail=${detail} thread=${one.thread} me=${me} />
          ${detail.state === "closed"
            ? html`<p class="notice closed-note"><${Icon} name="check" size="20" /><span><strong>${t("case.closed")}</strong> ${detail.outcome || ""}</span></p>`
            : html`<${Composer} key=${detail.id} one=${one} me=${me} onTyping=${watch.typing} handle=${composer} />`}`}
  </section>`;
}

/** @param {any} detail @param {any} me */
function stateText(detail, me) {
  if (detail.state === "closed") return t("state.closed");
  if (detail.state === "open" && detail.assigned_to?.id === me.id) return t("case.offered");
  if (detail.state === "open") return detail.assigned_to ? t("state.offered", { name: detail.assigned_to.name }) : t(`state.open_${detail.desk}`);
  return detail.assigned_to?.id === me.id ? t("state.mine") : t("state.taken", { name: detail.assigned_to?.name || "–" });
}

/** Who else is here, so that two people do not answer the same question. */
function Watchers({ watchers }) {
  const typing = watchers.filter((/** @type {any} */ one) => one.typing).map((/** @type {any} */ one) => one.name);
  const looking = watchers.filter((/** @type {any} */ one) => !one.typing).map((/** @type {any} */ one) => one.name);
  return html`<div role="status" class="watchers">
    ${typing.length ? html`<p class="notice warn"><${Icon} name="alert" size="18" /><span>${t(typing.length > 1 ? "watch.typing_many" : "watch.typing", { names: typing.join(", ") })}</span></p>` : null}
    ${looking.length ? html`<p class="notice"><${Icon} name="eye" size="18" /><span>${t(looking.length > 1 ? "watch.looking_many" : "watch.looking", { names: looking.join(", ") })}</span></p>` : null}
  </div>`;
}
