/** What a caller hears: the words, read aloud by this device, and the TwiML for who works with it. */
import { call } from "../../shared/api.js";
import { Icon } from "../../shared/icons.js";
import { Loaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { useSample } from "./sample.js";

export function Voice({ studio, live, language }) {
  const state = useSample("voice.json", live, language);
  return html`<div class="stack"><${Loaded} state=${state}>${(/** @type {any} */ { greeting, menu }) => html`<div class="panel stack" lang=${language}>
      <p class="row"><span class="disc"><${Icon} name="phone" size="20" /></span><span><strong class="block">${studio.effective.name}</strong><span class="muted small figures">${studio.effective.hotline?.voice || ""}</span></span></p>
      <blockquote class="said">${greeting}</blockquote>
      <ol class="stack tight">${menu.map((/** @type {string} */ line) => html`<li key=${line} class="said">${line}</li>`)}</ol>
      <${Speech} key=${language + live.version} lines=${[greeting, ...menu]} language=${language} /></div>`}<//>
    <${Twiml} live=${live} language=${language} /></div>`;
}

/** Read by a voice of this device; the telephone's own voice is another. */
function Speech({ lines, language }) {
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), []);
  if (!globalThis.speechSynthesis) return html`<p class="muted small">${t("voice.none")}</p>`;
  const stop = () => {
    speechSynthesis.cancel();
    setSpeaking(false);
  };
  const speak = () => {
    speechSynthesis.cancel();
    const spoken = lines.map((/** @type {string} */ line) => Object.assign(new SpeechSynthesisUtterance(line), { lang: language }));
    spoken[spoken.length - 1].onend = () => setSpeaking(false);
    spoken.forEach((/** @type {SpeechSynthesisUtterance} */ one) => speechSynthesis.speak(one));
    setSpeaking(true);
  };
  return html`<div class="row wrap"><button type="button" class="button quiet" aria-pressed=${speaking ? "true" : "false"} onClick=${speaking ? stop : speak}><${Icon} name=${speaking ? "silent" : "sound"} size="18" />${t(speaking ? "voice.stop" : "voice.play")}</button>
    <span class="muted small">${t("voice.device")}</span></div>`;
}

function Twiml({ live, language }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  useEffect(() => {
    if (!open) return;
    call("GET", `/studio/draft/sample/voice.xml?language=${language}`).then((file) => file.text()).then(setText, () => setText(t("error.unknown")));
  }, [open, live.version, language]);
  return html`<details class="panel section" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}><summary><h2>TwiML</h2></summary>
    <pre class="twiml" tabindex="0" aria-label="TwiML">${text}</pre></details>`;
}
