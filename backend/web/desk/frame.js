/** What surrounds every page of the desk: the client, the pages, presence, and what holds for all of them. */
import { Icon } from "../shared/icons.js";
import { html, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Account } from "./account.js";
import { Announcer, useSound, useTitle } from "./alerts.js";
import { ClientChoice } from "./client_choice.js";
import { Elsewhere, Skip, Tabs } from "./frame_parts.js";
import { Help } from "./help.js";
import { useShortcutChoice } from "./keys.js";
import { useLive } from "./live.js";
import { Presence } from "./presence.js";
import { useInbox } from "./inbox.js";
import { match } from "./routes.js";

const TABS = [
  { tab: "cases", href: "#/", icon: "queue", roles: ["agent", "doctor", "admin"] },
  { tab: "calls", href: "#/calls", icon: "phone", roles: ["agent", "doctor", "admin"] },
  { tab: "doctors", href: "#/doctors", icon: "cross", roles: ["doctor"] },
  { tab: "complaints", href: "#/complaints", icon: "flag", roles: ["agent", "claims", "admin"] },
  { tab: "guarantees", href: "#/guarantees", icon: "shield", roles: ["agent", "doctor", "claims", "admin"] },
  { tab: "referrals", href: "#/referrals", icon: "swap", roles: ["doctor", "claims"] },
  { tab: "supervision", href: "#/supervision", icon: "chart", roles: ["admin"] },
  { tab: "network", href: "#/network", icon: "pin", roles: ["admin"] },
  { tab: "plans", href: "#/plans", icon: "lines", roles: ["claims", "admin"] },
  { tab: "privacy", href: "#/privacy", icon: "person", roles: ["admin"] },
  { tab: "launch", href: "#/launch", icon: "send", roles: ["admin", "hr"] },
  { tab: "staffing", href: "#/staffing", icon: "clock", roles: ["admin"] },
];

export function Frame({ context, route }) {
  const { me } = context;
  const tabs = TABS.filter(({ roles }) => roles.includes(me.role));
  if (!tabs.length) return html`<${Elsewhere} context=${context} words="nodesk" room="" />`;
  const open = tabs.some(({ tab }) => tab === route.tab) ? route : match(tabs[0].href);
  return html`<${Desk} context=${context} route=${open} tabs=${tabs} />`;
}

function Desk({ context, route, tabs }) {
  const { me } = context;
  const onCases = tabs.some((/** @type {any} */ { tab }) => tab === "cases");
  const live = useLive(onCases);
  const inbox = useInbox(me, onCases);
  const callers = inbox.calls.value?.items.length || 0;
  const [sound, setSound] = useSound();
  const [help, setHelp] = useState(false);
  const [shortcuts, setShortcuts] = useShortcutChoice();
  const tools = { ...context, inbox, shortcuts, openHelp: () => setHelp(true) };
  useTitle(`${t(`tab.${route.tab}`)} · ${me.client.name}`, inbox.waiting);
  return html`<div class="frame">
    <${Skip} />
    <header class="bar">
      <${ClientChoice} me=${me} onSwitch=${context.switchTo} />
      <${Tabs} tabs=${tabs} open=${route.tab} counts=${{ calls: callers }} />
      <div class="bar-end">
        ${live === "lost" ? html`<span class="badge warn" role="status"><${Icon} name="alert" size="14" /><span class="badge-text">${t("live.lost")}</span></span>` : null}
        ${me.role === "admin" || !onCases ? null : html`<${Presence} />`}
        ${onCases ? html`<button class="icon-button" aria-pressed=${sound ? "true" : "false"} aria-label=${t("sound")} title=${t("sound")} onClick=${() => setSound(!sound)}>
          <${Icon} name=${sound ? "sound" : "silent"} size="20" /></button>` : null}
        <${Account} context=${context} onHelp=${onCases ? () => setHelp(true) : undefined} />
      </div>
    </header>
    <main id="content" tabindex="-1"><${route.page} context=${tools} ...${route.values} /></main>
    <${Announcer} />
    ${help ? html`<${Help} shortcuts=${shortcuts} onShortcuts=${setShortcuts} onClose=${() => setHelp(false)} />` : null}
  </div>`;
}
