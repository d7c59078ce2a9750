/** Letters of guarantee: what stands, until when, and how to ask for one. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { date, dateTime } from "../../shared/format.js";
import { Field, FormProblem, problemAt } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Family } from "../family.js";
import { useKept } from "../kept_answer.js";

const TONES = { requested: "warn", issued: "warn", confirmed: "good", final: "good", refused: "bad", lapsed: "bad", void: "bad" };

export function LetterState({ state }) {
  return html`<span class=${`badge ${TONES[/** @type {keyof typeof TONES} */ (state)] || ""}`}>${t(`letter.state.${state}`)}</span>`;
}

export function Letters({ context }) {
  const { memberId } = context;
  const state = useKept(`letters:${memberId}`, `/guarantee-letters?member_id=${memberId}&limit=50`);
  return html`<div class="stack">
    <${Family} context=${context} />
    ${state.offline ? html`<p class="muted small">${t("letter.kept")}</p>` : html`<${Asking} memberId=${memberId} />`}
    <${Loaded} state=${state}>
      ${(/** @type {any} */ value) =>
        value.items.length
          ? html`<div class="panel flush">${value.items.map((/** @type {any} */ letter) => html`<${LetterRow} letter=${letter} />`)}</div>`
          : html`<${Empty} icon="shield" text=${t("letters.none")} />`}
    <//>
  </div>`;
}

function LetterRow({ letter }) {
  const until = letter.state === "issued" ? t("letter.valid_until", { at: dateTime(letter.valid_until, language()) }) : "";
  return html`<a class="list-row" href=${`#/letters/${letter.id}`}>
    <span class="grow"><strong>${letter.provider_name || letter.number}</strong>
      <span class="muted small block">${letter.number} · ${date(letter.admission_on, language(), "short")}</span>
      ${until ? html`<span class="small block">${until}</span>` : null}</span>
    <${LetterState} state=${letter.state} />
  </a>`;
}

function Asking({ memberId }) {
  const [open, setOpen] = useState(false);
  const [hospital, setHospital] = useState("");
  const purpose = `letter:${memberId}`;
  const { busy, error, run } = useAction(async () => {
    const body = { member_id: memberId, provider_name: hospital.trim() };
    const made = await call("POST", "/guarantee-letters", { body, key: await retryKey(purpose, body) });
    await settled(purpose);
    location.hash = `#/letters/${made.id}`;
  });
  if (!open) {
    return html`<button class="button wide" onClick=${() => setOpen(true)}><${Icon} name="plus" size="20" />${t("letters.ask")}</button>`;
  }
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <p>${t("letters.ask_text")}</p>
    <${Field} id="hospital" label=${t("letters.hospital")} problem=${problemAt(error, "provider_name")}>
      <input required minlength="2" maxlength="200" value=${hospital} onInput=${(/** @type {any} */ event) => setHospital(event.target.value)} />
    <//>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || hospital.trim().length < 2}>${t("letters.send")}</button>
  </form>`;
}
