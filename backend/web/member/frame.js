/** What surrounds every page: the client's logo or the page's title, the way back, the five tabs. */
import { Icon } from "../shared/icons.js";
import { useLoaded } from "../shared/loading.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { counted, t } from "../shared/words.js";

const TABS = [
  { tab: "home", href: "#/", icon: "home" },
  { tab: "benefits", href: "#/benefits", icon: "shield" },
  { tab: "claims", href: "#/claims", icon: "receipt" },
  { tab: "chat", href: "#/chat", icon: "chat" },
  { tab: "profile", href: "#/profile", icon: "person" },
];
const ROOTS = new Set(["/", "/benefits", "/claims", "/chat", "/profile"]);

export function Logo({ brand }) {
  return html`<picture>
    <source media="(prefers-color-scheme: dark)" srcset=${brand.logo.dark || brand.logo.light} />
    <img class="logo" src=${brand.logo.light} alt=${brand.name} />
  </picture>`;
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

/** How many messages nobody has opened, of the member and of those they act for. @param {string} own @param {string} path */
function useUnread(own, path) {
  const inbox = useLoaded(`/members/${own}/notifications?limit=1`, [path]);
  useEffect(() => {
    addEventListener("careline:read", inbox.reload);
    return () => removeEventListener("careline:read", inbox.reload);
  }, [inbox.reload]);
  const counts = /** @type {number[]} */ (Object.values(inbox.value?.unread_by_member || {}));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Names the window after the page and moves the reader to its heading, except on the first page of a visit. */
function useArrival(/** @type {string} */ path, /** @type {string} */ title) {
  const first = useRef(true);
  useEffect(() => {
    document.title = title;
    if (!first.current) /** @type {HTMLElement | null} */ (document.querySelector("h1"))?.focus({ preventScroll: true });
    first.current = false;
  }, [path, title]);
}

export function Frame({ context, route, children }) {
  const { brand, me } = context;
  const home = route.path === "/";
  const online = useOnline();
  const unread = useUnread(me.member_id, route.path);
  useArrival(route.path, home ? brand.name : `${t(route.title)} · ${brand.name}`);
  return html`<div class="app">
    <a class="skip" href=${location.hash} onClick=${skip}>${t("skip")}</a>
    <header class="top">
      ${home ? html`<span class="grow only-narrow"><${Logo} brand=${brand} /></span>` : null}
      ${home || ROOTS.has(route.path)
        ? null
        : html`<button class="round" aria-label=${t("back")} onClick=${() => history.back()}><${Icon} name="back" /></button>`}
      <h1 tabindex="-1" class=${home ? "greeting" : ""}>${home ? t("home.hello", { name: context.firstName }) : t(route.title)}</h1>
      <a class="round" href="#/inbox" aria-label=${unread ? counted("inbox.unread", unread) : t("inbox.title")}>
        <${Icon} name="bell" />${unread ? html`<span class="dot"></span>` : null}
      </a>
    </header>
    <main id="content" tabindex="-1">
      ${online ? null : html`<p class="notice warn offline" role="status"><${Icon} name="alert" size="20" /><span>${t("offline")}</span></p>`}
      ${children}
    </main>
    <nav class="tabs" aria-label=${t("navigation")}>
      <div class="only-wide side-logo"><${Logo} brand=${brand} /></div>
      <ul>
        ${TABS.map(
          ({ tab, href, icon }) => html`<li>
            <a href=${href} aria-current=${route.tab === tab ? "page" : undefined}><${Icon} name=${icon} /><span>${t(`tab.${tab}`)}</span></a>
          </li>`,
        )}
      </ul>
    </nav>
  </div>`;
}

function skip(/** @type {Event} */ event) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
