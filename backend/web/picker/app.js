/** The start of the app that serves many companies: somebody's code leads to their company's app. It lists nobody. */
import { LanguageChoice } from "../shared/language_choice.js";
import { Scanner } from "../provider/scanner.js";
import { useAction } from "../shared/action.js";
import * as api from "../shared/api.js";
import { choose, chosen } from "../shared/chosen.js";
import { Field } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { speak, t } from "../shared/words.js";
import { WORDS } from "./languages.js";

const mount = /** @type {HTMLElement} */ (document.getElementById("app"));

/** The code in an address as a company's QR holds it, or in what somebody scanned or typed. @param {string} text */
function codeIn(text) {
  const found = /#code=([0-9A-Za-z -]{8,})$/.exec(text) || /^\s*([0-9A-Za-z]{4}[ -]?[0-9A-Za-z]{4})\s*$/.exec(text);
  return found ? found[1] : "";
}

const homeOf = (/** @type {{slug: string}} */ client) => `/c/${client.slug}/`;

function Picker({ start, before }) {
  const [language, setLanguage] = useState(navigator.languages.map((name) => name.slice(0, 2)).find((name) => name in WORDS) || "en");
  const [code, setCode] = useState(start);
  const [scanning, setScanning] = useState(false);
  const [unread, setUnread] = useState(false);
  speak(language, WORDS[language]);
  api.configure({ language });
  document.title = t("picker.title");
  const { busy, error, run } = useAction(async (written) => {
    const found = await api.call("POST", "/client-codes/look-up", { body: { code: written }, anonymous: true });
    choose({ slug: found.slug, name: found.name });
    location.assign(found.home);
  });
  useEffect(() => void (start && run(start)), []);
  const read = (/** @type {string} */ text) => {
    const scanned = codeIn(text);
    setScanning(false);
    setUnread(!scanned);
    if (scanned) {
      setCode(scanned);
      run(scanned);
    }
  };
  return html`<main class="picker">
    <div class="stack tight"><h1>${t("picker.title")}</h1><p class="muted">${t("picker.text")}</p></div>
    ${scanning
      ? html`<${Scanner} onRead=${read} onClose=${() => setScanning(false)} />`
      : html`<form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(code); }}>
          <${Field} id="code" label=${t("picker.code")} problem=${unread ? t("picker.not_code") : error && problemText(error)}>
            <input autocomplete="off" autocapitalize="characters" spellcheck=${false} required maxlength="12" placeholder=${t("picker.example")} value=${code}
              onInput=${(/** @type {any} */ event) => setCode(event.target.value)} />
          <//>
          <button class="button wide" disabled=${busy || code.replace(/[ -]/g, "").length < 8}>${t("picker.open")}</button>
          <button type="button" class="button quiet wide" onClick=${() => setScanning(true)}><${Icon} name="camera" size="20" />${t("picker.scan")}</button>
        </form>`}
    ${before ? html`<a class="button plain wide" href=${homeOf(before)}>${t("picker.again", { name: before.name })}</a>` : null}
    <${LanguageChoice} label=${t("language")} languages=${Object.keys(WORDS)} language=${language} onChoose=${setLanguage} />
  </main>`;
}

const start = codeIn(location.hash);
const before = chosen();
if (before && !start && location.hash !== "#change") {
  location.replace(homeOf(before));
} else {
  mount.removeAttribute("aria-busy");
  render(html`<${Picker} start=${start} before=${before} />`, mount);
}
