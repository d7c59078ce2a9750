/** The member app: who is signed in, which brand and language, which page. */
import * as api from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { speak } from "../shared/words.js";
import { Frame } from "./frame.js";
import { match } from "./routes.js";
import { OpenHotline } from "./pages/hotline.js";
import { SignIn } from "./pages/sign_in.js";
import { WORDS } from "./languages.js";

const mount = /** @type {HTMLElement} */ (document.getElementById("app"));
const slug = mount.dataset.slug || "";
const home = mount.dataset.home || `/c/${slug}/`;

/** @param {any} brand @param {string | undefined} chosen */
function languageFor(brand, chosen) {
  const wanted = [chosen, ...navigator.languages.map((name) => name.slice(0, 2))];
  return wanted.find((name) => name && brand.languages.includes(name)) || brand.languages[0];
}

function App({ brand, startLanguage, startMe }) {
  const [me, setMe] = useState(startMe);
  const [language, setLanguage] = useState(startLanguage);
  const [route, setRoute] = useState(match(location.hash));
  const [memberId, setMemberId] = useState(startMe?.member_id);
  const [expired, setExpired] = useState(false);
  const signedOut = (/** @type {boolean} */ byItself) => {
    setMe(null);
    setExpired(byItself);
    if (!byItself) location.hash = "#/";
  };

  speak(language, WORDS[language], brand.texts?.[language] || {}, brand.wording?.[language]);
  api.configure({ slug, language, onSignedOut: signedOut });

  useEffect(() => {
    const follow = () => {
      setRoute(match(location.hash));
      scrollTo(0, 0);
    };
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
    setMemberId(signedIn.member_id);
    setExpired(false);
    setMe(signedIn);
  };

  if (!me && route.path === "/hotline") return html`<${OpenHotline} brand=${brand} />`;
  if (!me) {
    return html`<${SignIn} brand=${brand} language=${language} expired=${expired} onLanguage=${choose} onSignedIn=${enter} />`;
  }
  const firstName = me.members.find((/** @type {any} */ { id }) => id === memberId)?.name.split(" ")[0] || "";
  const context = { brand, me, language, memberId, firstName, setMemberId, setLanguage: choose };
  return html`<${Frame} context=${context} route=${route}>
    <${route.page} context=${context} ...${route.values} key=${`${memberId}:${language}:${location.hash}`} />
  <//>`;
}

async function loadMe() {
  const me = await api.call("GET", "/me");
  await keep("me", me);
  return me;
}

/** Without an answer the app opens for whoever was signed in last; a refused sign-in ends it. @param {any} error */
async function whoWasHere(error) {
  return error.code === 401 ? null : kept("me");
}

async function loadBrand() {
  try {
    const brand = await api.call("GET", `/clients/${slug}/branding`, { anonymous: true });
    await keep("brand", brand);
    return brand;
  } catch (error) {
    const before = await kept("brand");
    if (before) return before;
    throw error;
  }
}

async function start() {
  api.configure({ slug });
  const brand = await loadBrand();
  const language = languageFor(brand, await kept("language"));
  api.configure({ language });
  const me = (await api.remembered()) ? await loadMe().catch(whoWasHere) : null;
  mount.removeAttribute("aria-busy");
  render(html`<${App} brand=${brand} startLanguage=${language} startMe=${me} />`, mount);
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(`${home}sw.js`, { scope: home }).catch(() => {});
  }
}

start().catch(() => {
  mount.removeAttribute("aria-busy");
  const words = WORDS[navigator.language.slice(0, 2)] || WORDS.en;
  mount.innerHTML = "";
  const notice = document.createElement("p");
  notice.className = "sign-in";
  notice.textContent = words["error.start"];
  mount.append(notice);
});
