/** What all pages for staff begin with: who is signed in, at which client, in which language. */
import * as api from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { speak } from "../shared/words.js";
import { SignIn } from "./pages/sign_in.js";

/**
 * One set of pages. `slug` is the name under which its sign-in is kept; `loadMe` reads who is signed in, `withoutMe` says
 * what to do when that fails at the start; `switched` goes on at another client.
 * @typedef {{
 *   slug: string, words: Record<string, any>, match: (hash: string) => any, Frame: any, keyOf?: (me: any, language: string) => string,
 *   loadMe?: () => Promise<any>, withoutMe?: (error: any) => any, switched: (setMe: (me: any) => void) => void | Promise<void>
 * }} Pages
 */

const mount = /** @type {HTMLElement} */ (document.getElementById("app"));

/** @param {{pages: Pages, startLanguage: string, startMe: any}} properties */
function App({ pages, startLanguage, startMe }) {
  const { words, match, Frame, keyOf = ofPerson, loadMe = whoIsSignedIn } = pages;
  const [me, setMe] = useState(startMe);
  const [language, setLanguage] = useState(startLanguage);
  const [route, setRoute] = useState(match(location.hash));
  const [expired, setExpired] = useState(false);

  speak(language, words[language]);
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
  /** @param {string} slug */
  const switchTo = async (slug) => {
    await api.switchClient(slug);
    await pages.switched(setMe);
  };

  if (!me) return html`<${SignIn} language=${language} expired=${expired} onLanguage=${choose} onSignedIn=${enter} />`;
  const context = { me, language, setLanguage: choose, switchTo };
  return html`<${Frame} key=${keyOf(me, language)} context=${context} route=${route} />`;
}

/** Everything on the screen is another at another client or for another person. @param {any} me */
export function ofPerson(me) {
  return `${me.client.slug}:${me.id}`;
}

async function whoIsSignedIn() {
  const me = await api.call("GET", "/me");
  await wearColours(me.client.slug);
  return me;
}

/** The colours of the client one works for; the pages keep their own shape. @param {string} slug */
export function wearColours(slug) {
  return new Promise((resolve) => {
    document.querySelector("link[data-theme]")?.remove();
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: `/c/${encodeURIComponent(slug)}/theme.css`, onload: resolve, onerror: resolve });
    link.dataset.theme = slug;
    document.head.append(link);
  });
}

/** A refused session ends at the sign-in; any other failure is said. @param {any} error */
function signedOut(error) {
  if (error.code === 401) return null;
  throw error;
}

/** @param {Pages} pages */
async function start(pages) {
  const { slug, words, loadMe = whoIsSignedIn, withoutMe = signedOut } = pages;
  const known = [await kept("language"), ...navigator.languages.map((name) => name.slice(0, 2))];
  const language = known.find((name) => name && name in words) || "en";
  api.configure({ slug, language });
  const me = (await api.remembered()) ? await loadMe().catch(withoutMe) : null;
  mount.removeAttribute("aria-busy");
  render(html`<${App} pages=${pages} startLanguage=${language} startMe=${me} />`, mount);
}

/** Shows the pages, or that they cannot be shown, and tells which. @param {Pages} pages @returns {Promise<boolean>} */
export function open(pages) {
  const shown = () => true;
  return start(pages).then(shown, () => {
    mount.removeAttribute("aria-busy");
    const words = pages.words[navigator.language.slice(0, 2)] || pages.words.en;
    const notice = document.createElement("p");
    notice.className = "way-in";
    notice.textContent = words["error.start"];
    mount.replaceChildren(notice);
    return false;
  });
}

/**
 * Other windows of the same pages follow to the other client, each from its first page.
 * @param {string} channel
 * @returns {() => void}
 */
export function inEveryWindow(channel) {
  const others = new BroadcastChannel(channel);
  others.onmessage = startOver;
  return () => {
    others.postMessage("switched");
    startOver();
  };
}

function startOver() {
  location.hash = "#/";
  location.reload();
}
