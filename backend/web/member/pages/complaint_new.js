/** A complaint in the member's own words; it gets its number and deadline at once. */
import { retryKey, settled, useAction, useDraft } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem, problemAt } from "../../shared/form.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { ComplaintPapers, usePapers } from "../complaint_papers.js";
import { Family } from "../family.js";

const CATEGORIES = ["service", "provider", "claim_decision", "payment", "agent", "data", "other"];
const SHORTEST = 10;

export function ComplaintNew({ context, claimId }) {
  const purpose = `complaint:${context.memberId}`;
  const [words, setWords] = useDraft(purpose, { category: claimId ? "claim_decision" : "service", text: "" });
  const papers = usePapers();
  const { busy, error, run } = useAction(async () => {
    const body = { member_id: context.memberId, ...words, document_ids: papers.ids, ...(claimId ? { claim_id: claimId } : {}) };
    const complaint = await call("POST", "/complaints", { body, key: await retryKey(purpose, body) });
    await settled(purpose);
    location.replace(`#/complaints/${complaint.id}`);
  });
  return html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <p class="muted">${t("complaint.intro")}</p>
    ${claimId ? null : html`<${Family} context=${context} />`}
    <${Field} id="category" label=${t("complaint.about")} problem=${problemAt(error, "category")}>
      <select value=${words.category} onChange=${(/** @type {any} */ event) => setWords({ category: event.target.value })}>
        ${CATEGORIES.map((name) => html`<option value=${name}>${t(`complaint.category.${name}`)}</option>`)}
      </select>
    <//>
    <${Field} id="text" label=${t("complaint.text")} problem=${problemAt(error, "text")}>
      <textarea required minlength=${SHORTEST} maxlength="4000" value=${words.text}
        onInput=${(/** @type {any} */ event) => setWords({ text: event.target.value })}></textarea>
    <//>
    <${ComplaintPapers} papers=${papers} />
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || papers.sending || words.text.trim().length < SHORTEST}>${t("complaint.send")}</button>
  </form>`;
}
