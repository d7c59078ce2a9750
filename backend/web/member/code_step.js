/** A step that needs a fresh code: it is sent to the phone on file, typed in, and handed on. */
import { useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const DIGITS = 6;

/**
 * @param {{id: string, address: string, send: string, go: string, danger?: boolean, onCode: (code: string) => Promise<void>, children?: any}} properties
 * `address` sends the code, `send` and `go` name the two buttons
 */
export function CodeStep({ id, address, send, go, danger, onCode, children }) {
  const [sentTo, setSentTo] = useState("");
  const [code, setCode] = useState("");
  const sending = useAction(async () => setSentTo((await call("POST", address)).sent_to));
  const going = useAction(async () => {
    await onCode(code);
    setSentTo("");
    setCode("");
  });
  const style = `button wide ${danger ? "danger" : ""}`;
  if (!sentTo) {
    return html`<div class="stack snug">${children}<${FormProblem} error=${sending.error} />
      <button class=${style} disabled=${sending.busy} onClick=${() => sending.run()}>${send}</button></div>`;
  }
  return html`<form class="stack snug" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); going.run(); }}>
    ${children}
    <${Field} id=${`${id}-code`} label=${t("mydata.code")} hint=${t("mydata.code_sent", { phone: sentTo })}>
      <input inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength=${DIGITS} required value=${code}
        onInput=${(/** @type {any} */ event) => setCode(event.target.value)} /><//>
    <${FormProblem} error=${going.error} />
    <button class=${style} disabled=${going.busy || code.length < DIGITS}>${go}</button>
    <button type="button" class="button plain" disabled=${sending.busy} onClick=${() => sending.run()}>${t("mydata.code_again")}</button>
  </form>`;
}
