/** The chat: the same helpline, the same thread as on WhatsApp and on the phone. */
import { retryKey, settled, useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { time } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { problemText } from "../../shared/loading.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const LOOK_AGAIN_MS = 4000;
const STARTERS = ["chat.starter.claim", "chat.starter.covered", "chat.starter.near", "chat.starter.person"];

/** The thread as it grows: new messages are fetched after the last one seen. */
function useThread() {
  const [messages, setMessages] = useState(/** @type {any[] | null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const cursor = useRef("");
  const take = (/** @type {any[]} */ fresh) =>
    setMessages((all) => {
      const known = new Set((all || []).map(({ id }) => id));
      return [...(all || []), ...fresh.filter(({ id }) => !known.has(id))];
    });
  const look = async () => {
    const page = await call("GET", `/conversations/messages${cursor.current ? `?after=${encodeURIComponent(cursor.current)}` : ""}`);
    if (page.next_cursor) cursor.current = page.next_cursor;
    take(page.items);
    setError(null);
  };
  useEffect(() => {
    look().catch(setError);
    const timer = setInterval(() => document.hidden || look().catch(() => {}), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return { messages, error, take };
}

export function Chat() {
  const thread = useThread();
  const [text, setText] = useState("");
  const [sending, setSending] = useState(/** @type {{text: string, payload?: string} | null} */ (null));
  const end = useRef(/** @type {HTMLElement | null} */ (null));
  const { busy, error, run } = useAction(async (/** @type {{text: string, payload?: string}} */ said) => {
    setSending(said);
    const answer = await call("POST", "/conversations/messages", { body: said, key: await retryKey("chat", said) });
    await settled("chat");
    setSending(null);
    thread.take(answer.messages);
  });
  const messages = thread.messages || [];
  useEffect(() => end.current?.scrollIntoView({ block: "end" }), [messages.length, busy]);
  const say = (/** @type {string} */ words, payload = "") => {
    if (busy || !words.trim()) return;
    setText("");
    run(payload ? { text: words, payload } : { text: words });
  };
  const last = messages[messages.length - 1];
  return html`<div class="thread">
      <p class="muted small centred">${t("chat.intro")}</p>
      <div class="thread-log" role="log" aria-label=${t("chat.title")}>${messages.map((message) => html`<${Bubble} key=${message.id} message=${message} />`)}</div>
      ${sending ? html`<div class="bubble own faint">${sending.text}</div>` : null}
      ${busy ? html`<p class="muted small" role="status">${t("chat.writing")}</p>` : null}
      ${error && sending
        ? html`<p class="notice bad" role="alert"><${Icon} name="alert" size="20" /><span>${problemText(error)}</span></p>
            <button class="button quiet" onClick=${() => run(sending)}>${t("chat.again")}</button>`
        : null}
      ${!busy && last?.buttons?.length
        ? html`<div class="replies">${last.buttons.map((/** @type {any} */ button) => html`<button onClick=${() => say(button.label, button.payload)}>${button.label}</button>`)}</div>`
        : null}
      ${thread.messages && !messages.length && !sending
        ? html`<div class="replies">${STARTERS.map((key) => html`<button onClick=${() => say(t(key))}>${t(key)}</button>`)}</div>`
        : null}
      ${thread.error && !messages.length ? html`<p class="notice bad" role="alert"><${Icon} name="alert" size="20" /><span>${problemText(thread.error)}</span></p>` : null}
      <span ref=${end}></span>
    </div>
    <div class="composer">
      <form onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); say(text); }}>
        <label class="visually-hidden" for="message">${t("chat.placeholder")}</label>
        <input id="message" autocomplete="off" enterkeyhint="send" maxlength="2000" placeholder=${t("chat.placeholder")} value=${text}
          onInput=${(/** @type {any} */ event) => setText(event.target.value)} />
        <button aria-label=${t("chat.send")} disabled=${busy || !text.trim()}><${Icon} name="send" /></button>
      </form>
    </div>`;
}

function Bubble({ message }) {
  const own = message.direction === "in";
  const elsewhere = message.channel && message.channel !== "app" ? `${t(`channel.${message.channel}`)} · ` : "";
  return html`<div class=${own ? "bubble own" : "bubble"}>
    ${message.author === "agent" ? html`<strong class="small block">${t("chat.agent")}</strong>` : null}${message.text}
    ${(message.media || []).map((/** @type {any} */ item) =>
      item.card_member_id ? html`<a class="block" href="#/card">${t("home.show_card")}</a>` : html`<span class="small block">${t("chat.photo")}</span>`,
    )}
    <span class="at">${elsewhere}${time(message.at, language())}</span>
  </div>`;
}
