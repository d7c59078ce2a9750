/** Staff signing in: password, then what the API asks for: authenticator code, own password, a first authenticator. */
import { useAction } from "../../shared/action.js";
import { signInStaff } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { LanguageSelect } from "../language_select.js";
import { Enrolment } from "./enrolment.js";

/** What a refusal asks for next. @type {Record<string, string>} */
const NEXT = {
  "accounts.one_time_code_needed": "code",
  "accounts.password_change_needed": "password",
  "accounts.totp_enrolment_needed": "enrolment",
};
const SHORTEST_PASSWORD = 12;

export function SignIn({ language, expired, onLanguage, onSignedIn }) {
  const [proof, setProof] = useState({ email: "", password: "", one_time_code: "", new_password: "" });
  const [asked, setAsked] = useState(/** @type {string[]} */ ([]));
  const { busy, error, run } = useAction(async (/** @type {string} */ code) => {
    const given = Object.fromEntries(Object.entries({ ...proof, one_time_code: code }).filter(([, value]) => value));
    try {
      await signInStaff(/** @type {any} */ (given));
    } catch (refusal) {
      const next = NEXT[refusal.reason];
      if (!next || asked.includes(next)) throw refusal;
      setAsked([...asked, next]);
      return;
    }
    await onSignedIn();
  });
  const set = (/** @type {string} */ name, /** @type {string} */ value) => setProof({ ...proof, [name]: value });
  const enrolled = async (/** @type {string} */ code) => {
    setAsked(asked.filter((name) => name !== "enrolment"));
    set("one_time_code", "");
    await run(code);
  };
  return html`<main class="way-in">
    <div class="panel stack">
      <div class="stack tight">
        <p class="row way-in-mark"><${Icon} name="chat" /><span>Careline</span></p>
        <h1>${t("signin.title")}</h1>
      </div>
      ${expired ? html`<p class="notice" role="status"><${Icon} name="clock" size="20" /><span>${t("signin.expired")}</span></p>` : null}
      ${asked.includes("enrolment")
        ? html`<${Enrolment} proof=${proof} onDone=${enrolled} />`
        : html`<${Proof} proof=${proof} asked=${asked} set=${set} busy=${busy} error=${error} onSubmit=${() => run(proof.one_time_code)} />`}
    </div>
    <${LanguageSelect} language=${language} onChoose=${onLanguage} />
  </main>`;
}

function Proof({ proof, asked, set, busy, error, onSubmit }) {
  const last = asked[asked.length - 1];
  const field = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => void (last && /** @type {HTMLElement | null} */ (field.current?.querySelector(`#${last}`))?.focus()), [last]);
  const typed = (/** @type {string} */ name) => (/** @type {any} */ event) => set(name, event.target.value);
  return html`<form class="stack" ref=${field} onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); onSubmit(); }}>
    <${Field} id="email" label=${t("signin.email")}>
      <input type="email" autocomplete="username" required value=${proof.email} onInput=${typed("email")} /><//>
    <${Field} id="password-now" label=${t("signin.password")}>
      <input type="password" autocomplete="current-password" required value=${proof.password} onInput=${typed("password")} /><//>
    ${asked.includes("code")
      ? html`<${Field} id="code" label=${t("signin.code")} hint=${t("signin.code_hint")}>
          <input inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required value=${proof.one_time_code} onInput=${typed("one_time_code")} /><//>`
      : null}
    ${asked.includes("password")
      ? html`<${Field} id="password" label=${t("signin.new_password")} hint=${t("signin.new_password_hint", { shortest: SHORTEST_PASSWORD })}>
          <input type="password" autocomplete="new-password" minlength=${SHORTEST_PASSWORD} required value=${proof.new_password} onInput=${typed("new_password")} /><//>`
      : null}
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy}>${t("signin.enter")}</button>
  </form>`;
}
