/** Writing: an answer to the member or a note for the colleagues. Nothing that was written is lost by a refusal. */
import { retryKey, settled, useAction, useDraft } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Canned } from "./canned.js";
import { worded } from "./naming.js";
import { languageOf } from "./reply_language.js";

const MOST = 4000;
const STALE = "helpline.stale";

/** What a reply says about itself: its words, the prepared reply it came from. @typedef {{text: string, canned: {id: string, text: string, language: string} | null}} Written */

export function Composer({ one, me, onTyping, handle }) {
  const { detail } = one;
  const [mode, setMode] = useState("reply");
  const [reply, setReply] = useDraft(`reply:${detail.id}`, /** @type {Written} */ ({ text: "", canned: null }));
  const [note, setNote] = useDraft(`note:${detail.id}`, { text: "" });
  const [listed, setListed] = useState(false);
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const sending = useSending(one, me, { reply, setReply, note, setNote });
  const replying = mode === "reply";
  const text = replying ? reply.text : note.text;
  const wide = text.length > MOST;

  const focusBox = () => {
    box.current?.focus(); // at once: the next key is already a letter
    setTimeout(() => box.current?.focus());
  };
  handle.current = {
    write: (/** @type {string} */ wanted) => { setMode(wanted); focusBox(); },
    canned: () => { setMode("reply"); setListed(true); },
  };
  const change = (/** @type {any} */ event) => {
    const words = event.target.value;
    if (replying && words === "/" && !reply.text) return setListed(true);
    if (replying) setReply({ ...reply, text: words, canned: words ? reply.canned : null });
    else setNote({ text: words });
    onTyping();
  };
  const pick = (/** @type {any} */ { id, text: words, language }) => {
    setReply(reply.text ? { ...reply, text: `${reply.text.trimEnd()}\n${words}` } : { text: words, canned: { id, text: words, language } });
    setListed(false);
    onTyping();
    focusBox();
  };
  const send = (/** @type {boolean} */ anyway) => !sending.busy && text.trim() && !wide && sending.run(mode, anyway);
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send(false);
  };
  useEffect(() => grow(box.current), [text, mode]);
  return html`<div class=${`composer ${mode}`}>
    ${listed ? html`<${Canned} language=${detail.language} onPick=${pick} onClose=${() => { setListed(false); focusBox(); }} />` : null}
    <${Refused} sending=${sending} onAnyway=${() => send(true)} />
    ${replying ? html`<${LanguageWarning} written=${reply} detail=${detail} />` : null}
    <div class="row between">
      <div class="segmented" role="group" aria-label=${t("composer.mode")}>
        ${["reply", "note"].map((name) => html`<button type="button" aria-pressed=${name === mode ? "true" : "false"} onClick=${() => { setMode(name); focusBox(); }}>${t(`composer.${name}`)}</button>`)}
      </div>
      ${replying ? html`<button type="button" class="button plain" aria-expanded=${listed ? "true" : "false"} onClick=${() => setListed(!listed)}><${Icon} name="lines" size="18" />${t("canned.open")}</button>` : null}
    </div>
    <label class="visually-hidden" for="writing">${label(mode, detail)}</label>
    <textarea id="writing" ref=${box} rows="2" value=${text} placeholder=${label(mode, detail)} lang=${replying ? detail.language : undefined}
      aria-invalid=${wide ? "true" : undefined} onInput=${change} onKeyDown=${press}></textarea>
    <div class="row between">
      <span class="small muted">${wide ? t("composer.too_long", { most: MOST }) : replying ? t("composer.goes_to", { channel: worded("channel", detail.channel) }) : t("composer.note_hint")}</span>
      <button class="button" disabled=${sending.busy || !text.trim() || wide} aria-keyshortcuts="Control+Enter" onClick=${() => send(false)}>
        <${Icon} name=${replying ? "send" : "note"} size="18" />${t(sendLabel(mode, detail))}</button>
    </div>
  </div>`;
}

/** What happens on sending; an open case is taken by who answers it. */
function useSending(one, me, { reply, setReply, note, setNote }) {
  const { detail } = one;
  return useAction(async (/** @type {string} */ mode, /** @type {boolean} */ anyway) => {
    if (mode === "note") {
      const body = { text: note.text };
      await call("POST", `/cases/${detail.id}/notes`, { body, key: await retryKey(`note:${detail.id}`, body) });
      await settled(`note:${detail.id}`);
      setNote({ text: "" });
    } else {
      const canned = reply.canned && reply.text.includes(reply.canned.text) ? { canned: reply.canned.id } : {};
      const body = { text: reply.text, ...canned, ...(anyway ? {} : { version: detail.version }) };
      const key = await retryKey(`reply:${detail.id}`, body);
      await call("POST", `/cases/${detail.id}/reply`, { body, key }).catch((refusal) => {
        one.reload();
        throw refusal;
      });
      await settled(`reply:${detail.id}`);
      setReply({ text: "", canned: null });
    }
    one.reload();
  });
}

/** Somebody was quicker, or the answer could not be sent: the words stay, and what happened is in the thread above. */
function Refused({ sending, onAnyway }) {
  if (!sending.error) return null;
  const stale = sending.error.reason === STALE;
  return html`<div class="notice bad block" role="alert">
    <p class="row top"><${Icon} name="alert" size="18" /><span>${problemText(sending.error)}</span></p>
    ${stale ? html`<p class="small">${t("composer.stale")}</p><button class="button quiet" onClick=${onAnyway}>${t("composer.send_anyway")}</button>` : null}
  </div>`;
}

function LanguageWarning({ written, detail }) {
  const used = written.canned?.text === written.text ? written.canned.language : languageOf(written.text);
  const differs = used && used !== detail.language;
  return html`<div role="status">${differs
    ? html`<p class="notice warn"><${Icon} name="alert" size="18" /><span>${t("composer.other_language", { member: worded("language", detail.language), reply: worded("language", used) })}</span></p>`
    : null}</div>`;
}

/** @param {string} mode @param {any} detail */
function label(mode, detail) {
  return mode === "note" ? t("composer.note_label") : t("composer.reply_label", { language: worded("language", detail.language) });
}

/** @param {string} mode @param {any} detail */
function sendLabel(mode, detail) {
  if (mode === "note") return "composer.save_note";
  return detail.state === "open" ? "composer.take_and_send" : "composer.send";
}

/** As high as what is written, up to a third of the window. @param {HTMLTextAreaElement | null} box */
function grow(box) {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight / 3)}px`;
}
