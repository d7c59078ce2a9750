/** The one question about a bill whose words leave open under which benefit it falls; it may stay unanswered. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

export function ClaimBenefit({ claim, onClaim }) {
  const [chosen, setChosen] = useState(claim.chosen_benefit);
  const { busy, error, run } = useAction(async (code) => {
    setChosen(code);
    onClaim(await call("PATCH", `/claims/${claim.id}`, { body: { chosen_benefit: code } }));
  });
  if (!claim.benefit_choices.length) return null;
  return html`<fieldset class="choices" aria-describedby="which-benefit">
    <legend>${t("claim.which_benefit")}</legend>
    <p id="which-benefit" class="muted small">${t("claim.which_benefit_why")}</p>
    ${claim.benefit_choices.map(
      (/** @type {any} */ choice) => html`<label class="choice" key=${choice.code}>
        <input type="radio" name="benefit" disabled=${busy} checked=${chosen === choice.code} onChange=${() => run(choice.code)} />
        <span>${choice.name}</span></label>`,
    )}
    <${FormProblem} error=${error} />
  </fieldset>`;
}
