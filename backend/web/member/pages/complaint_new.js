/** A complaint in the member's own words; it gets its number and deadline at once. */
import { call, newKey } from "../../shared/api.js";
import { problemText } from "../../shared/loading.js";
import { html, useRef, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";

const CATEGORIES = ["service", "provider", "claim_decision", "payment", "agent", "data", "other"];

export function ComplaintNew({ context, claimId }) {
  const [category, setCategory] = useState(claimId ? "claim_decision" : "service");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      const body = { member_id: context.memberId, category, text, ...(claimId ? { claim_id: claimId } : {}) };
      const complaint = await call("POST", "/complaints", { body, key: key.current });
      location.replace(`#/complaints/${complaint.id}`);
    } catch (error) {
      if (!error.offline) key.current = newKey();
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return html`<form class="stack" onSubmit=${send}>
    <p class="muted">${t("complaint.intro")}</p>
    <div class="field"><label for="category">${t("complaint.about")}</label>
      <select id="category" value=${category} onChange=${(event) => setCategory(event.target.value)}>
        ${CATEGORIES.map((name) => html`<option value=${name}>${t(`complaint.category.${name}`)}</option>`)}
      </select></div>
    <div class="field"><label for="text">${t("complaint.text")}</label>
      <textarea id="text" required minlength="10" maxlength="4000" value=${text} onInput=${(event) => setText(event.target.value)}></textarea></div>
    ${problem ? html`<p class="notice bad" role="alert">${problem}</p>` : null}
    <button class="button wide" disabled=${busy || text.trim().length < 10}>${t("complaint.send")}</button>
  </form>`;
}
