/** What surrounds every page of the workbench: the client, the queue, the person, the keys. */
import { Account } from "../desk/account.js";
import { ClientChoice } from "../desk/client_choice.js";
import { useShortcutChoice } from "../desk/keys.js";
import { Icon } from "../shared/icons.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Keys } from "./keys_help.js";

export function Frame({ context, route }) {
  const { me } = context;
  const [help, setHelp] = useState(false);
  const [shortcuts, setShortcuts] = useShortcutChoice();
  useEffect(() => {
    document.title = `${t(route.path === "/providers" ? "tab.providers" : "tab.queue")} · ${me.client.name}`;
  }, [me.client.name, context.language, route.path]);
  const allowed = ["claims", "admin"].includes(me.role);
  const tools = { ...context, shortcuts, openHelp: () => setHelp(true) };
  return html`<div class="frame">
    <a class="skip" href=${location.hash} onClick=${skip}>${t("skip")}</a>
    <header class="bar">
      <${ClientChoice} me=${me} onSwitch=${context.switchTo} />
      ${allowed ? html`<nav class="tabs" aria-label=${t("navigation")}><a href="#/" aria-current=${route.path === "/" ? "page" : undefined}><${Icon} name="queue" size="20" /><span>${t("tab.queue")}</span></a><a href="#/providers" aria-current=${route.path === "/providers" ? "page" : undefined}><${Icon} name="flag" size="20" /><span>${t("tab.providers")}</span></a></nav>` : null}
      <div class="bar-end"><${Account} context=${context} onHelp=${() => setHelp(true)} /></div>
    </header>
    <main id="content" tabindex="-1">${allowed
      ? html`<${route.page} key=${route.path} context=${tools} ...${route.values} />`
      : html`<div class="panel empty"><h1>${t("nodesk.title")}</h1><p class="muted">${t("nodesk.text")}</p></div>`}</main>
    ${help ? html`<${Keys} shortcuts=${shortcuts} onShortcuts=${setShortcuts} onClose=${() => setHelp(false)} />` : null}
  </div>`;
}

function skip(/** @type {Event} */ event) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
