/** The chat: the same helpline, the same thread as on WhatsApp and on the phone. */
import { call, newKey } from "../../shared/api.js";
import { time } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { problemText } from "../../shared/loading.js";
import { html, useEffect, useRef, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";

const LOOK_AGAIN_MS = 4000;
const STARTERS = ["chat.starter.claim", "chat.starter.covered", "chat.starter.near", "chat.starter.person"];

export function Chat() {
  const [messages, setMessages] = useState(/** @type {any[]} */ ([]));
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const end = useRef(/** @type {HTMLElement | null} */ (null));
  const cursor = useRef("");

  const take = (/** @type {any[]} */ fresh) =>
    setMessages((all) => {
      const known = new Set(all.map((message) => message.id));
      return [...all, ...fresh.filter((message) => !known.has(message.id))];
    });
  const look = async () => {
    const page = await call("GET", `/conversations/messages${cursor.current ? `?after=${encodeURIComponent(cursor.current)}` : ""}`);
    if (page.next_cursor) cursor.current = page.next_cursor;
    take(page.items);
  };
  useEffect(() => {
    look().catch((error) => setProblem(problemText(error)));
    const timer = setInterval(() => document.hidden || look().catch(() => {}), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => end.current?.scrollIntoView({ block: "end" }), [messages.length, busy]);

  const send = async (/** @type {string} */ words, payload = "") => {
    if (!words.trim()) return;
    setBusy(true);
    setProblem("");
    try {
      const answer = await call("POST", "/conversations/messages", {
        body: payload ? { text: words, payload } : { text: words },
        key: newKey(),
      });
      setText("");
      take(answer.messages);
      await look();
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  };

  const last = messages[messages.length - 1];
  return html`<div class="thread" role="log" aria-live="polite">
      <p class="muted small" style="text-align:center">${t("chat.intro")}</p>
      ${messages.map((message) => html`<${Bubble} message=${message} />`)}
      ${last?.buttons?.length
        ? html`<div class="replies">${last.buttons.map((button) => html`<button onClick=${() => send(button.label, button.payload)}>${button.label}</button>`)}</div>`
        : null}
      ${messages.length ? null : html`<div class="replies">${STARTERS.map((key) => html`<button onClick=${() => send(t(key))}>${t(key)}</button>`)}</div>`}
      ${busy ? html`<p class="muted small" role="status">${t("chat.writing")}</p>` : null}
      ${problem ? html`<p class="notice bad" role="alert">${problem}</p>` : null}
      <span ref=${end}></span>
    </div>
    <div class="composer">
      <form onSubmit=${(event) => { event.preventDefault(); send(text); }}>
        <label class="visually-hidden" for="message">${t("chat.placeholder")}</label>
        <input id="message" autocomplete="off" maxlength="2000" placeholder=${t("chat.placeholder")} value=${text} onInput=${(event) => setText(event.target.value)} />
        <button aria-label=${t("chat.send")} disabled=${busy || !text.trim()}><${Icon} name="send" /></button>
      </form>
    </div>`;
}

function Bubble({ message }) {
  const own = message.direction === "in";
  return html`<div class=${own ? "bubble own" : "bubble"}>
    ${message.author === "agent" ? html`<strong class="small">${t("chat.agent")}</strong><br />` : null}${message.text}
    ${message.media?.map((item) => (item.card_member_id ? html`<a href="#/card" style="color:inherit;display:block">${t("home.show_card")}</a>` : html`<span class="small">${t("chat.photo")}</span>`))}
    <span class="at">${message.channel && message.channel !== "app" ? `${t(`channel.${message.channel}`)} · ` : ""}${time(message.at, language())}</span>
  </div>`;
}
