/** The family switch: whose card, benefits and claims are shown. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

export function Family({ context }) {
  const { me, memberId, setMemberId } = context;
  if (me.members.length < 2) return null;
  return html`<div class="people" role="group" aria-label=${t("family")}>
    ${me.members.map(
      (member) => html`<button aria-pressed=${member.id === memberId ? "true" : "false"} onClick=${() => setMemberId(member.id)}>
        ${member.name.split(" ")[0]}
      </button>`,
    )}
  </div>`;
}
