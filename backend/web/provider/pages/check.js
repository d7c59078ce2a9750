/** The first question at the desk: who stands here, or what is this paper worth? One field for everything. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { CodeVerdict } from "../code_verdict.js";
import { Eligibility } from "../eligibility.js";
import { verify } from "../offline.js";
import { PrescriptionFound } from "../prescription_found.js";
import { ReferralFound } from "../referral_found.js";
import { Scanner } from "../scanner.js";
import { kindsOf } from "../shown_code.js";

/** @typedef {{kind: string, value: any, shown: any}} Answer */

export function Check({ context }) {
  const [text, setText] = useState("");
  const [scanning, setScanning] = useState(false);
  const [cardless, setCardless] = useState(false);
  const [answer, setAnswer] = useState(/** @type {Answer | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const { busy, error, run } = useAction(async (/** @type {string} */ what, /** @type {any} */ person) => {
    setAnswer(null);
    setAnswer(await ask(what, person, context));
  });
  useEffect(() => void field.current?.focus(), []);
  useEffect(() => void (answer && heading.current?.focus()), [answer]);
  const read = (/** @type {string} */ found) => {
    setScanning(false);
    setText(found);
    run(found);
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim()) run(text);
  };
  return html`<h1>${t("check.title")}</h1>
    <section class="panel stack">
      ${cardless
        ? html`<${Cardless} busy=${busy} onAsk=${(/** @type {any} */ person) => run("", person)} />`
        : html`<form class="ask" onSubmit=${submit}>
            <div ref=${(/** @type {HTMLElement | null} */ box) => (field.current = box?.querySelector("input") || null)}>
              <${Field} id="shown" label=${t("check.field")} hint=${t("check.hint")}>
                <input type="text" inputmode="text" autocomplete="off" autocapitalize="characters" spellcheck=${false} value=${text}
                  onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//></div>
            <button class="button" disabled=${busy}><${Icon} name="search" size="20" />${t("check.ask")}</button>
          </form>`}
      <${FormProblem} error=${error} />
      ${scanning
        ? html`<${Scanner} onRead=${read} onClose=${() => setScanning(false)} />`
        : html`<div class="row wrap">
            <button type="button" class="button quiet" onClick=${() => { setCardless(false); setScanning(true); }}><${Icon} name="camera" size="20" />${t("check.scan")}</button>
            <button type="button" class="button plain" onClick=${() => setCardless(!cardless)}>${cardless ? t("check.with_card") : t("check.no_card")}</button>
          </div>`}
    </section>
    <div aria-live="polite" class="stack">${answer ? html`<${Found} answer=${answer} context=${context} heading=${heading} onAgain=${() => run(text)} />` : null}</div>`;
}

function Cardless({ busy, onAsk }) {
  const [number, setNumber] = useState("");
  const [born, setBorn] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onAsk({ member_number: number, birth_date: born });
  };
  return html`<form class="stack snug" onSubmit=${submit}>
    <div class="pair">
      <${Field} id="member-number" label=${t("check.member_number")}><input inputmode="numeric" autocomplete="off" required minlength="3" value=${number} onInput=${(/** @type {any} */ event) => setNumber(event.target.value)} /><//>
      <${Field} id="birth-date" label=${t("check.birth_date")}><input type="date" required value=${born} onInput=${(/** @type {any} */ event) => setBorn(event.target.value)} /><//>
    </div>
    <button class="button" disabled=${busy}>${t("check.ask")}</button>
  </form>`;
}

function Found({ answer, context, heading, onAgain }) {
  if (answer.kind === "card") return html`<${Eligibility} told=${answer.value} shown=${answer.shown} context=${context} heading=${heading} onAgain=${onAgain} />`;
  if (answer.kind === "referral") return html`<${ReferralFound} found=${answer.value} shown=${answer.shown} context=${context} heading=${heading} />`;
  if (answer.kind === "prescription") return html`<${PrescriptionFound} key=${answer.value.number} found=${answer.value} context=${context} heading=${heading} />`;
  return html`<${CodeVerdict} read=${answer.value} letter=${answer.shown} context=${context} heading=${heading} />`;
}

/**
 * Asks the server; where nothing answers a signed code is checked by what this device keeps.
 * @param {string} text @param {any} person @param {any} context @returns {Promise<Answer>}
 */
async function ask(text, person, context) {
  if (person) return { kind: "card", value: await call("POST", "/eligibility", { body: person }), shown: person };
  const [first, second] = kindsOf(text);
  if (first !== "signed" && first !== "unknown") return byNumber(text.trim(), first, second);
  const read = await verify(text);
  try {
    const answer = await bySignedCode(text.trim(), read);
    context.setOnline(true);
    return answer;
  } catch (error) {
    if (!error.offline) throw error;
    context.setOnline(false);
    return { kind: "code", value: read, shown: null };
  }
}

/** @param {string} text @param {string} first @param {string | undefined} second @returns {Promise<Answer>} */
async function byNumber(text, first, second) {
  if (first === "referral") return { kind: "referral", value: await call("POST", "/referrals/scan", { body: { qr: text } }), shown: text };
  if (first === "letter") return letterByNumber(text);
  if (first === "prescription") return { kind: "prescription", value: await call("POST", "/prescriptions/look-up", { body: { number: text } }), shown: text };
  const shown = { card_number: text.replace(/[\s-]/g, "") };
  const told = await call("POST", "/eligibility", { body: shown });
  if (!told.member && second && told.reason === "visits.not_recognised") return byNumber(text, second, undefined);
  return { kind: "card", value: told, shown };
}

/** @param {string} number @returns {Promise<Answer>} */
async function letterByNumber(number) {
  const digits = number.replace(/\D/g, "");
  const wanted = digits.replace(/(\d{4})(?=\d)/g, "$1-");
  const { items } = await call("GET", "/guarantee-letters?limit=100");
  const letter = items.find((/** @type {any} */ one) => one.number === wanted) || null;
  return { kind: "letter", value: { code: null, problem: letter ? null : "not_yours", asOf: null }, shown: letter };
}

/** @param {string} text @param {any} read @returns {Promise<Answer>} */
async function bySignedCode(text, read) {
  if (read.code?.type === "referral") {
    const found = await call("POST", "/referrals/scan", { body: { qr: text } });
    return { kind: "referral", value: { ...found, signed: read.code }, shown: text };
  }
  if (read.code?.type === "letter") {
    const found = await call("POST", "/guarantee-letters/verify", { body: { qr: text } });
    return { kind: "letter", value: { ...read, problem: found.problem ? "said" : null, said: found.message }, shown: found.letter };
  }
  if (read.code && read.code.type !== "card") return { kind: "code", value: read, shown: null };
  const shown = { qr: text };
  return { kind: "card", value: await call("POST", "/eligibility", { body: shown }), shown };
}
