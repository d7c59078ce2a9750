/** What surrounds every page of the front desk: the facility, the pages, whether the network is there. */
import { Account } from "../desk/account.js";
import { ClientChoice } from "../desk/client_choice.js";
import { Elsewhere, Skip, Tabs } from "../desk/frame_parts.js";
import { Icon } from "../shared/icons.js";
import { html, useEffect } from "../shared/view.js";
import { t } from "../shared/words.js";
import { useFreshCodes } from "./offline.js";

const TABS = [
  { tab: "check", href: "#/", icon: "card" },
  { tab: "visits", href: "#/visits", icon: "person" },
  { tab: "letters", href: "#/letters", icon: "shield" },
  { tab: "referrals", href: "#/referrals", icon: "note" },
  { tab: "bills", href: "#/bills", icon: "receipt" },
];

export function Frame({ context, route }) {
  const { me } = context;
  const fresh = useFreshCodes();
  useEffect(() => {
    document.title = `${t(`tab.${route.tab}`)} · ${me.place?.name || me.client.name}`;
  }, [route.tab, context.language]);
  if (!me.place?.id) return html`<${Elsewhere} context=${context} words="noplace" room="sheet" />`;
  const tools = { ...context, online: fresh.reached, setOnline: fresh.setReached };
  return html`<div class="frame">
    <${Skip} />
    <header class="bar">
      <${ClientChoice} me=${me} onSwitch=${context.switchTo} />
      <${Tabs} tabs=${TABS} open=${route.tab} />
      <div class="bar-end"><${Account} context=${context} /></div>
    </header>
    <main id="content" tabindex="-1"><div class="sheet stack">
      <p class="muted small place-line"><${Icon} name="home" size="16" /><span>${me.place.name}</span></p>
      <div role="status">${fresh.reached ? null : html`<p class="notice warn"><${Icon} name="alert" size="20" /><span>${t("offline.now")}</span></p>`}</div>
      <${route.page} key=${route.path} context=${tools} ...${route.values} />
    </div></main>
  </div>`;
}
