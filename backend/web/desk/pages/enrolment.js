/** A first authenticator: the secret as a QR code, and the code that shows it was scanned. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Problem } from "../../shared/loading.js";
import { QrCode } from "../../shared/qr.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";

export function Enrolment({ proof, onDone }) {
  const who = { email: proof.email, password: proof.password };
  const [secret, setSecret] = useState(/** @type {any} */ (null));
  const [code, setCode] = useState("");
  const [enrolled, setEnrolled] = useState(false);
  const begin = useAction(async () => setSecret(await call("POST", "/staff/totp", { body: who, anonymous: true })));
  const confirm = useAction(async () => {
    if (enrolled) return onDone(code);
    await call("POST", "/staff/totp/confirmation", { body: { ...who, one_time_code: code }, anonymous: true });
    setEnrolled(true);
    setCode("");
  });
  useEffect(() => void begin.run(), []);
  if (begin.error) return html`<${Problem} error=${begin.error} retry=${begin.run} />`;
  if (!secret) return html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`;
  return html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); confirm.run(); }}>
    <h2>${t("enrolment.title")}</h2>
    ${enrolled
      ? html`<p class="notice good" role="status">${t("enrolment.done")}</p>`
      : html`<p class="muted small">${t("enrolment.text")}</p>
          <${QrCode} text=${secret.uri} label=${t("enrolment.qr")} />
          <p class="small"><span class="muted">${t("enrolment.secret")}</span> <code class="secret">${secret.secret}</code></p>`}
    <${Field} id="code" label=${t("signin.code")} hint=${enrolled ? t("enrolment.next_code") : null}>
      <input inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required value=${code}
        onInput=${(/** @type {any} */ event) => setCode(event.target.value)} /><//>
    <${FormProblem} error=${confirm.error} />
    <button class="button wide" disabled=${confirm.busy || code.length < 6}>${t(enrolled ? "signin.enter" : "enrolment.confirm")}</button>
  </form>`;
}
