/** Who works when, what they can do, and when each desk is open: for who answers for the helpline. */
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { useKeys } from "../keys.js";
import { Hours } from "../opening_hours.js";
import { Roster } from "../roster.js";
import { Skills } from "../skills.js";

export function Staffing({ context }) {
  useKeys({ "?": context.openHelp }, context.shortcuts);
  return html`<div class="page wide-page stack loose">
    <h1>${t("tab.staffing")}</h1>
    <${Roster} />
    <${Skills} />
    <${Hours} />
  </div>`;
}
