/** What the frames of all pages of staff share: the way past the bar, the tabs, and a page for whom none is. */
import { Icon } from "../shared/icons.js";
import { html, useEffect, useRef } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Account } from "./account.js";
import { ClientChoice } from "./client_choice.js";

export function Skip() {
  return html`<a class="skip" href=${location.hash} onClick=${skip}>${t("skip")}</a>`;
}

function skip(/** @type {Event} */ event) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

/**
 * @param {{tabs: {tab: string, href: string, icon: string}[], open: string, counts?: Record<string, number>}} props
 */
export function Tabs({ tabs, open, counts = {} }) {
  const bar = useOpenTabInView(open);
  return html`<nav class="tabs" ref=${bar} aria-label=${t("navigation")}>
    ${tabs.map(({ tab, href, icon }) => html`<a href=${href} aria-current=${open === tab ? "page" : undefined}>
      <${Icon} name=${icon} size="20" /><span>${t(`tab.${tab}`)}</span>${counts[tab] ? html`<span class="count">${counts[tab]}</span>` : null}</a>`)}
  </nav>`;
}

/** On a narrow window the bar scrolls: the tab that is open is moved into what can be seen of it. @param {string} tab */
function useOpenTabInView(tab) {
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const open = /** @type {HTMLElement | null} */ (bar.current?.querySelector("[aria-current]"));
    if (bar.current && open) bar.current.scrollLeft = open.offsetLeft - bar.current.offsetLeft - (bar.current.clientWidth - open.offsetWidth) / 2;
  }, [tab]);
  return bar;
}

/** For staff whose work is elsewhere; `words` begin the names of its title and text. @param {{context: any, words: string, room: string}} props */
export function Elsewhere({ context, words, room }) {
  return html`<div class="frame"><header class="bar"><${ClientChoice} me=${context.me} onSwitch=${context.switchTo} />
      <div class="bar-end"><${Account} context=${context} /></div></header>
    <main id="content"><div class=${room}><div class="panel empty"><h1>${t(`${words}.title`)}</h1><p class="muted">${t(`${words}.text`)}</p></div></div></main></div>`;
}
