/** What surrounds every page of the studio: the client, the pages, and whether everything is saved. */
import { Account } from "../desk/account.js";
import { ClientChoice } from "../desk/client_choice.js";
import { Elsewhere, Skip, Tabs } from "../desk/frame_parts.js";
import { Loaded } from "../shared/loading.js";
import { html, useEffect } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Conflict } from "./conflict.js";
import { Saved } from "./saved.js";
import { useStudio } from "./store.js";

const TABS = [
  { tab: "design", href: "#/", icon: "picture", roles: ["hr", "admin"] },
  { tab: "publish", href: "#/publish", icon: "check", roles: ["hr", "admin"] },
  { tab: "versions", href: "#/versions", icon: "clock", roles: ["hr", "admin"] },
  { tab: "links", href: "#/links", icon: "eye", roles: ["hr", "admin"] },
  { tab: "new_client", href: "#/clients/new", icon: "plus", roles: ["admin"] },
];

export function Frame({ context, route }) {
  const tabs = TABS.filter(({ roles }) => roles.includes(context.me.role));
  if (!tabs.length) return html`<${Elsewhere} context=${context} words="nopages" room="page" />`;
  return html`<${Pages} context=${context} route=${route} tabs=${tabs} />`;
}

function Pages({ context, route, tabs }) {
  const { me } = context;
  const state = useStudio(me.client.slug);
  const shown = tabs.some((/** @type {any} */ { tab }) => tab === route.tab) ? route.page : null;
  useEffect(() => {
    document.title = `${t(`tab.${route.tab}`)} · ${me.client.name}`;
  }, [route.tab, context.language]);
  return html`<div class="frame">
    <${Skip} />
    <header class="bar">
      <${ClientChoice} me=${me} onSwitch=${context.switchTo} />
      <${Tabs} tabs=${tabs} open=${route.tab} />
      <div class="bar-end">${state.value ? html`<${Saved} studio=${state.value} />` : null}<${Account} context=${context} /></div>
    </header>
    <main id="content" tabindex="-1"><${Loaded} state=${state}>${(/** @type {any} */ studio) => html`
      ${shown ? html`<${shown} key=${route.tab} context=${context} studio=${studio} ...${route.values} />` : null}
      ${studio.conflict ? html`<${Conflict} studio=${studio} />` : null}`}<//></main>
  </div>`;
}
