/** What surrounds every page: the client, and the pages that the role may see. */
import { Account } from "../desk/account.js";
import { ClientChoice } from "../desk/client_choice.js";
import { Elsewhere, Skip, Tabs } from "../desk/frame_parts.js";
import { html, useEffect } from "../shared/view.js";
import { t } from "../shared/words.js";
import { match } from "./routes.js";

const TABS = [
  { tab: "fund", href: "#/", icon: "chart", roles: ["finance", "hr", "admin"] },
  { tab: "month", href: "#/month", icon: "note", roles: ["finance", "hr", "admin"] },
  { tab: "payables", href: "#/payables", icon: "receipt", roles: ["finance", "admin"] },
  { tab: "runs", href: "#/runs", icon: "send", roles: ["finance", "admin"] },
  { tab: "bank", href: "#/bank", icon: "swap", roles: ["finance"] },
  { tab: "excess", href: "#/excess", icon: "flag", roles: ["finance", "hr", "claims"] },
];

export function Frame({ context, route }) {
  const { me } = context;
  const tabs = TABS.filter(({ roles }) => roles.includes(me.role));
  if (!tabs.length) return html`<${Elsewhere} context=${context} words="nopages" room="page" />`;
  const open = tabs.some(({ tab }) => tab === route.tab) ? route : match(tabs[0].href);
  return html`<${Pages} context=${context} route=${open} tabs=${tabs} />`;
}

function Pages({ context, route, tabs }) {
  const { me } = context;
  useEffect(() => {
    document.title = `${t(`tab.${route.tab}`)} · ${me.client.name}`;
  }, [route.tab, context.language]);
  return html`<div class="frame">
    <${Skip} />
    <header class="bar">
      <${ClientChoice} me=${me} onSwitch=${context.switchTo} />
      <${Tabs} tabs=${tabs} open=${route.tab} />
      <div class="bar-end"><${Account} context=${context} /></div>
    </header>
    <main id="content" tabindex="-1"><div class="page stack loose"><${route.page} key=${route.path} context=${context} ...${route.values} /></div></main>
  </div>`;
}
