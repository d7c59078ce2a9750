/** The family switch: whose card, benefits and claims are shown; `marks` are numbers beside the names. */
import { html } from "../shared/view.js";
import { counted, t } from "../shared/words.js";

/** @param {{context: any, marks?: Record<string, number>}} properties */
export function Family({ context, marks = {} }) {
  const { me, memberId, setMemberId } = context;
  if (me.members.length < 2) return null;
  return html`<div class="people" role="group" aria-label=${t("family")}>
    ${me.members.map(
      (/** @type {any} */ member) => html`<button aria-pressed=${member.id === memberId ? "true" : "false"} onClick=${() => setMemberId(member.id)}>
        ${member.name.split(" ")[0]}${marks[member.id] ? html` <span class="count" aria-hidden="true">${marks[member.id]}</span><span class="visually-hidden">, ${counted("inbox.count", marks[member.id])}</span>` : null}
      </button>`,
    )}
  </div>`;
}
