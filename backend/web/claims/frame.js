/** What surrounds every page of the workbench: the client, the queue, the person, the keys. */
import { Account } from "../desk/account.js";
import { ClientChoice } from "../desk/client_choice.js";
import { Skip, Tabs } from "../desk/frame_parts.js";
import { useShortcutChoice } from "../desk/keys.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Keys } from "./keys_help.js";

const TABS = [
  { tab: "queue", href: "#/", icon: "queue" },
  { tab: "providers", href: "#/providers", icon: "flag" },
];

export function Frame({ context, route }) {
  const { me } = context;
  const open = route.path === "/providers" ? "providers" : "queue";
  const [help, setHelp] = useState(false);
  const [shortcuts, setShortcuts] = useShortcutChoice();
  useEffect(() => {
    document.title = `${t(`tab.${open}`)} · ${me.client.name}`;
  }, [me.client.name, context.language, route.path]);
  const allowed = ["claims", "admin"].includes(me.role);
  const tools = { ...context, shortcuts, openHelp: () => setHelp(true) };
  return html`<div class="frame">
    <${Skip} />
    <header class="bar">
      <${ClientChoice} me=${me} onSwitch=${context.switchTo} />
      ${allowed ? html`<${Tabs} tabs=${TABS} open=${open} />` : null}
      <div class="bar-end"><${Account} context=${context} onHelp=${() => setHelp(true)} /></div>
    </header>
    <main id="content" tabindex="-1">${allowed
      ? html`<${route.page} key=${route.path} context=${tools} ...${route.values} />`
      : html`<div class="panel empty"><h1>${t("nodesk.title")}</h1><p class="muted">${t("nodesk.text")}</p></div>`}</main>
    ${help ? html`<${Keys} shortcuts=${shortcuts} onShortcuts=${setShortcuts} onClose=${() => setHelp(false)} />` : null}
  </div>`;
}
