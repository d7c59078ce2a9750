/** Signing in: the phone number, then the code that was sent to it. */
import { requestCode, signIn } from "../../shared/api.js";
import { problemText } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { LanguageChoice } from "../language_choice.js";
import { Logo } from "../frame.js";

export function SignIn({ brand, language, onLanguage, onSignedIn }) {
  const [phone, setPhone] = useState("");
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  /** @param {() => Promise<void>} action */
  const attempt = async (action) => {
    setBusy(true);
    setProblem("");
    try {
      await action();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  const send = (/** @type {"sms" | "whatsapp"} */ channel) =>
    attempt(async () => {
      await requestCode(phone, channel);
      setSent(true);
    });
  const check = (/** @type {string} */ code) =>
    attempt(async () => {
      await signIn(phone, code);
      await onSignedIn();
    });

  return html`<main class="sign-in stack" style="--gap:24px">
    <div><${Logo} brand=${brand} /></div>
    <div class="stack" style="--gap:8px">
      <h1>${sent ? t("signin.code_title") : t("signin.title", { brand: brand.name })}</h1>
      <p class="muted">${sent ? t("signin.code_text", { phone }) : t("signin.text")}</p>
    </div>
    ${sent
      ? html`<${CodeForm} busy=${busy} problem=${problem} onCheck=${check} onAgain=${() => setSent(false)} />`
      : html`<${PhoneForm} brand=${brand} phone=${phone} setPhone=${setPhone} busy=${busy} problem=${problem} onSend=${send} />`}
    <${LanguageChoice} languages=${brand.languages} language=${language} onChoose=${onLanguage} />
  </main>`;
}

function PhoneForm({ brand, phone, setPhone, busy, problem, onSend }) {
  const example = brand.country === "ID" ? "0811 0000 001" : "84 000 0001";
  return html`<form class="stack" onSubmit=${(event) => { event.preventDefault(); onSend("sms"); }}>
    <div class="field">
      <label for="phone">${t("signin.phone")}</label>
      <input id="phone" type="tel" inputmode="tel" autocomplete="tel" required placeholder=${example} value=${phone}
        aria-invalid=${problem ? "true" : undefined} aria-describedby="phone-problem"
        onInput=${(event) => setPhone(event.target.value)} />
      <p class="problem" id="phone-problem" role="alert">${problem}</p>
    </div>
    <button class="button wide" disabled=${busy || phone.trim().length < 6}>${t("signin.send_sms")}</button>
    <button type="button" class="button quiet wide" disabled=${busy || phone.trim().length < 6} onClick=${() => onSend("whatsapp")}>
      ${t("signin.send_whatsapp")}
    </button>
  </form>`;
}

function CodeForm({ busy, problem, onCheck, onAgain }) {
  const [code, setCode] = useState("");
  const take = (/** @type {string} */ text) => {
    const digits = text.replace(/\D/g, "").slice(0, 6);
    setCode(digits);
    if (digits.length === 6 && !busy) onCheck(digits);
  };
  return html`<form class="stack" onSubmit=${(event) => { event.preventDefault(); onCheck(code); }}>
    <div class="field code">
      <label for="code">${t("signin.code")}</label>
      <input id="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required value=${code}
        aria-invalid=${problem ? "true" : undefined} aria-describedby="code-problem"
        onInput=${(event) => take(event.target.value)} autofocus />
      <p class="problem" id="code-problem" role="alert">${problem}</p>
    </div>
    <button class="button wide" disabled=${busy || code.length < 6}>${t("signin.enter")}</button>
    <button type="button" class="button plain wide" onClick=${onAgain}>${t("signin.other_number")}</button>
  </form>`;
}
