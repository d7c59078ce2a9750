/** The fund's pages: who is signed in, at which client, in which language; everything else lies in the pages. */
import * as api from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { speak } from "../shared/words.js";
import { SignIn } from "../desk/pages/sign_in.js";
import { Frame } from "./frame.js";
import { WORDS } from "./languages.js";
import { match } from "./routes.js";

const mount = /** @type {HTMLElement} */ (document.getElementById("app"));
const others = new BroadcastChannel("careline:finance");

function App({ startLanguage, startMe }) {
  const [me, setMe] = useState(startMe);
  const [language, setLanguage] = useState(startLanguage);
  const [route, setRoute] = useState(match(location.hash));
  const [expired, setExpired] = useState(false);

  speak(language, WORDS[language]);
  api.configure({
    language,
    onSignedOut: (byItself) => {
      setMe(null);
      setExpired(byItself);
    },
  });

  useEffect(() => {
    const follow = () => setRoute(match(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);

  /** @param {string} name */
  const choose = (name) => {
    setLanguage(name);
    keep("language", name);
  };
  const enter = async () => {
    const signedIn = await loadMe();
    setExpired(false);
    setMe(signedIn);
  };
  /** At another client everything on the screen is another; other windows of these pages follow. @param {string} slug */
  const switchTo = async (slug) => {
    await api.switchClient(slug);
    others.postMessage("switched");
    startOver();
  };

  if (!me) return html`<${SignIn} language=${language} expired=${expired} onLanguage=${choose} onSignedIn=${enter} />`;
  const context = { me, language, setLanguage: choose, switchTo };
  return html`<${Frame} key=${`${me.client.slug}:${me.id}`} context=${context} route=${route} />`;
}

function startOver() {
  location.hash = "#/";
  location.reload();
}

async function loadMe() {
  const me = await api.call("GET", "/me");
  await wearColours(me.client.slug);
  return me;
}

/** The colours of the client one works for; the pages keep their own shape. @param {string} slug */
function wearColours(slug) {
  return new Promise((resolve) => {
    document.querySelector("link[data-theme]")?.remove();
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: `/c/${encodeURIComponent(slug)}/theme.css`, onload: resolve, onerror: resolve });
    link.dataset.theme = slug;
    document.head.append(link);
  });
}

async function start() {
  const known = [await kept("language"), ...navigator.languages.map((name) => name.slice(0, 2))];
  const language = known.find((name) => name && name in WORDS) || "en";
  api.configure({ slug: "finance", language });
  others.onmessage = startOver;
  const me = (await api.remembered()) ? await loadMe().catch(signedOut) : null;
  mount.removeAttribute("aria-busy");
  render(html`<${App} startLanguage=${language} startMe=${me} />`, mount);
}

/** A refused session ends at the sign-in; any other failure is said. @param {any} error */
function signedOut(error) {
  if (error.code === 401) return null;
  throw error;
}

start().catch(() => {
  mount.removeAttribute("aria-busy");
  const words = WORDS[navigator.language.slice(0, 2)] || WORDS.en;
  const notice = document.createElement("p");
  notice.className = "way-in";
  notice.textContent = words["error.start"];
  mount.replaceChildren(notice);
});
