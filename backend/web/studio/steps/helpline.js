/** The helpline: numbers and hours, what it says first, and sentences in the client's own words. */
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Field } from "../../shared/form.js";
import { Plain } from "./plain.js";
import { Reply } from "../reply.js";
import { LanguageTabs } from "../language_tabs.js";

const AT_ONCE = 8;

export function Helpline({ studio }) {
  return html`<${Plain} studio=${studio} step="helpline"><${Replies} studio=${studio} /><//>`;
}

/** The sentences that the helpline says; an own wording lies over ours. */
function Replies({ studio }) {
  const { language } = studio;
  const [sought, setSought] = useState("");
  const all = studio.form.replies[language] || {};
  const own = studio.settings.replies?.[language] || {};
  const words = sought.trim().toLocaleLowerCase(language);
  const isOwn = (/** @type {string} */ name) => name in own || `${name}.voice` in own;
  const found = Object.keys(all).filter((name) => (words ? `${name} ${all[name].text} ${all[name].voice}`.toLocaleLowerCase(language).includes(words) : isOwn(name)));
  return html`<section class="panel stack" aria-labelledby="replies-title"><h2 id="replies-title">${t("replies.title")}</h2><p class="muted">${t("replies.text")}</p>
    <${LanguageTabs} studio=${studio} />
    <${Field} id="at-replies" label=${t("replies.search")} hint=${t("replies.hint", { count: Object.keys(all).length })}><input type="search" value=${sought} onInput=${(/** @type {any} */ event) => setSought(event.target.value)} /><//>
    ${words && !found.length ? html`<p class="muted" role="status">${t("replies.none")}</p>` : null}
    <ul class="stack">${found.slice(0, AT_ONCE).map((name) => html`<li key=${language + name}><${Reply} studio=${studio} name=${name} usual=${all[name]} /></li>`)}</ul>
    ${found.length > AT_ONCE ? html`<p class="muted small" role="status">${t("replies.more", { count: found.length - AT_ONCE })}</p>` : null}
  </section>`;
}
