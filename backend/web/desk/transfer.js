/** Handing a case on: to the other desk, to a colleague, or to whoever speaks a language; always with a word why. */
import { useAction, useDraft } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Dialog } from "./dialog.js";
import { LANGUAGES } from "./languages.js";
import { worded } from "./naming.js";
import { drop } from "../shared/keep.js";

export function Transfer({ detail, me, onClose, onDone }) {
  const purpose = `transfer:${detail.id}`;
  const otherDesk = detail.desk === "helpline" ? "doctor" : "helpline";
  const [wish, setWish] = useDraft(purpose, { to: `desk:${otherDesk}`, language: "", note: "" });
  const colleagues = useLoaded("/desk/colleagues");
  const { busy, error, run } = useAction(async () => {
    const answer = await call("POST", `/cases/${detail.id}/transfer`, { body: bodyOf(wish) });
    await drop(`draft:${purpose}`);
    onDone(answer);
  });
  const set = (/** @type {string} */ name) => (/** @type {any} */ event) => setWish({ ...wish, [name]: event.target.value });
  return html`<${Dialog} title=${t("transfer.title")} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <${Loaded} state=${colleagues}>${(/** @type {any} */ { items }) => html`<${Field} id="transfer-to" label=${t("transfer.to")}>
        <select value=${wish.to} onChange=${set("to")}>
          <optgroup label=${t("transfer.desks")}>
            ${["helpline", "doctor"].map((name) => html`<option value=${`desk:${name}`} selected=${wish.to === `desk:${name}`}>${t(`desk.${name}`)}</option>`)}
          </optgroup>
          <optgroup label=${t("transfer.colleagues")}>
            ${items
              .filter((/** @type {any} */ one) => one.id !== me.id)
              .map((/** @type {any} */ one) => html`<option value=${`staff:${one.id}`} selected=${wish.to === `staff:${one.id}`}>${described(one)}</option>`)}
          </optgroup>
        </select><//>`}<//>
      ${wish.to.startsWith("desk:")
        ? html`<${Field} id="transfer-language" label=${t("transfer.language")}>
            <select value=${wish.language} onChange=${set("language")}>
              <option value="">${t("transfer.any_language")}</option>
              ${LANGUAGES.map((name) => html`<option value=${name} selected=${wish.language === name}>${worded("language", name)}</option>`)}
            </select><//>`
        : null}
      <${Field} id="transfer-note" label=${t("transfer.note")} hint=${t("transfer.note_hint")}>
        <textarea required maxlength="4000" value=${wish.note} onInput=${set("note")} /><//>
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || !wish.note.trim()}>${t("transfer.do")}</button></div>
    </form>
  <//>`;
}

/** @param {{to: string, language: string, note: string}} wish */
function bodyOf({ to, language, note }) {
  const [kind, name] = to.split(":");
  if (kind === "staff") return { staff_id: name, note };
  return { desk: name, note, ...(language ? { language } : {}) };
}

/** @param {any} one */
function described(one) {
  const languages = one.languages?.map((/** @type {string} */ name) => name.toUpperCase()).join("/");
  return [one.name, t(`role.${one.role}`), languages, worded("presence", one.state), t("transfer.load", { open: one.open_cases })].filter(Boolean).join(" · ");
}
