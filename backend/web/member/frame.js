/** What surrounds every page: the client's logo or the page's title, the way back, the five tabs. */
import { Icon } from "../shared/icons.js";
import { useLoaded } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const TABS = [
  { tab: "home", href: "#/", icon: "home" },
  { tab: "benefits", href: "#/benefits", icon: "shield" },
  { tab: "claims", href: "#/claims", icon: "receipt" },
  { tab: "chat", href: "#/chat", icon: "chat" },
  { tab: "profile", href: "#/profile", icon: "person" },
];
const ROOTS = new Set(["/", "/benefits", "/claims", "/chat", "/profile"]);

export function Logo({ brand }) {
  return html`<img class="logo light" src=${brand.logo.light} alt=${brand.name} />
    <img class="logo dark" src=${brand.logo.dark || brand.logo.light} alt="" />`;
}

/** Whether the browser believes it is connected. */
function useOnline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    addEventListener("online", update);
    addEventListener("offline", update);
    return () => {
      removeEventListener("online", update);
      removeEventListener("offline", update);
    };
  }, []);
  return online;
}

export function Frame({ context, route, children }) {
  const online = useOnline();
  const inbox = useLoaded(`/members/${context.memberId}/notifications?unread=true&limit=1`, [route.path]);
  const unread = Boolean(inbox.value?.items?.length);
  return html`<div class="app">
    <header class=${route.path === "/" ? "top home" : "top"}>
      ${route.path === "/"
        ? html`<span style="flex:1"><${Logo} brand=${context.brand} /></span>`
        : html`${ROOTS.has(route.path)
              ? null
              : html`<button class="round" aria-label=${t("back")} onClick=${() => history.back()}><${Icon} name="back" /></button>`}
            <h1>${t(route.title)}</h1>`}
      <a class="round" href="#/inbox" aria-label=${unread ? t("inbox.unread") : t("inbox.title")}>
        <${Icon} name="bell" />${unread ? html`<span class="dot"></span>` : null}
      </a>
    </header>
    <main>
      ${online ? null : html`<p class="notice warn" role="status"><${Icon} name="alert" size="20" />${t("offline")}</p>`}
      ${children}
    </main>
    <nav class="tabs" aria-label=${t("navigation")}>
      <ul>
        ${TABS.map(
          ({ tab, href, icon }) => html`<li>
            <a href=${href} aria-current=${route.tab === tab ? "page" : undefined}><${Icon} name=${icon} />${t(`tab.${tab}`)}</a>
          </li>`,
        )}
      </ul>
    </nav>
  </div>`;
}
