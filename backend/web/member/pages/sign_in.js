/** Signing in: the phone number, then the code that was sent to it. */
import { useAction } from "../../shared/action.js";
import { requestCode, signIn } from "../../shared/api.js";
import { Field } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { problemText } from "../../shared/loading.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { FirstDay, useFirstDay } from "../first_day.js";
import { Logo } from "../frame.js";
import { LanguageChoice } from "../../shared/language_choice.js";

const AGAIN_AFTER_SECONDS = 30;
const EXAMPLES = { ID: "0811 0000 001", MZ: "84 000 0001" };

export function SignIn({ brand, language, expired, onLanguage, onSignedIn, mayChange }) {
  const [phone, setPhone] = useState("");
  const [sent, setSent] = useState(0);
  const firstDay = useFirstDay(brand.slug);
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => void (sent && heading.current?.focus()), [sent > 0]);
  if (firstDay) {
    return html`<main class="sign-in stack loose">
      <div class="stack loose"><div><${Logo} brand=${brand} /></div><${FirstDay} day=${firstDay} brand=${brand} /></div>
      <${LanguageChoice} label=${t("language")} languages=${brand.languages} language=${language} onChoose=${onLanguage} />
    </main>`;
  }
  return html`<main class="sign-in stack loose">
    <div class="stack loose">
      <div><${Logo} brand=${brand} /></div>
      ${expired ? html`<p class="notice" role="status"><${Icon} name="clock" size="20" /><span>${t("signin.expired")}</span></p>` : null}
      <div class="stack tight">
        <h1 ref=${heading} tabindex="-1">${sent ? t("signin.code_title") : t("signin.title", { brand: brand.name })}</h1>
        <p class="muted">${sent ? t("signin.code_text", { phone }) : t("signin.text")}</p>
      </div>
      ${sent
        ? html`<${CodeForm} key=${sent} phone=${phone} onSignedIn=${onSignedIn} onAgain=${() => setSent(sent + 1)} onOther=${() => setSent(0)} />`
        : html`<${PhoneForm} brand=${brand} phone=${phone} setPhone=${setPhone} onSent=${() => setSent(1)} />`}
    </div>
    ${mayChange ? html`<a class="button plain wide" href="/#change">${t("signin.other_company")}</a>` : null}
    <${LanguageChoice} label=${t("language")} languages=${brand.languages} language=${language} onChoose=${onLanguage} />
  </main>`;
}

function PhoneForm({ brand, phone, setPhone, onSent }) {
  const { busy, error, run } = useAction(async (channel) => {
    await requestCode(phone, channel);
    onSent();
  });
  const problem = error && (error.fields?.includes("phone") ? t("signin.phone_unreadable") : problemText(error));
  const short = phone.replace(/\D/g, "").length < 6;
  return html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run("sms"); }}>
    <${Field} id="phone" label=${t("signin.phone")} problem=${problem}>
      <input type="tel" inputmode="tel" autocomplete="tel" required value=${phone}
        placeholder=${/** @type {Record<string, string>} */ (EXAMPLES)[brand.country] || ""}
        onInput=${(/** @type {any} */ event) => setPhone(event.target.value)} />
    <//>
    <button class="button wide" disabled=${busy || short}>${t("signin.send_sms")}</button>
    <button type="button" class="button quiet wide" disabled=${busy || short} onClick=${() => run("whatsapp")}>${t("signin.send_whatsapp")}</button>
  </form>`;
}

function CodeForm({ phone, onSignedIn, onAgain, onOther }) {
  const [code, setCode] = useState("");
  const [wait, setWait] = useState(AGAIN_AFTER_SECONDS);
  const check = useAction(async (digits) => {
    await signIn(phone, digits);
    await onSignedIn();
  });
  const again = useAction(async () => {
    await requestCode(phone, "sms");
    onAgain();
  });
  useEffect(() => {
    const timer = setInterval(() => setWait((seconds) => Math.max(0, seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  const take = (/** @type {string} */ text) => {
    const digits = text.replace(/\D/g, "").slice(0, 6);
    setCode(digits);
    if (digits.length === 6 && digits !== code) check.run(digits);
  };
  const error = check.error || again.error;
  return html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); check.run(code); }}>
    <div class="code">
      <${Field} id="code" label=${t("signin.code")} problem=${error && problemText(error)}>
        <input inputmode="numeric" autocomplete="one-time-code" maxlength="6" required value=${code}
          onInput=${(/** @type {any} */ event) => take(event.target.value)} />
      <//>
    </div>
    <button class="button wide" disabled=${check.busy || code.length < 6}>${t("signin.enter")}</button>
    <button type="button" class="button plain wide" disabled=${wait > 0 || again.busy} onClick=${again.run}>
      ${wait > 0 ? t("signin.again_in", { seconds: wait }) : t("signin.again")}</button>
    <button type="button" class="button plain wide" onClick=${onOther}>${t("signin.other_number")}</button>
  </form>`;
}
