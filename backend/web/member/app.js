/** The member app: who is signed in, which brand and language, which page. */
import * as api from "../shared/api.js";
import { choose, chosen } from "../shared/chosen.js";
import { keep, kept } from "../shared/keep.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { speak } from "../shared/words.js";
import { Frame } from "./frame.js";
import { fallSilent, onTapped } from "./push.js";
import { match } from "./routes.js";
import { OpenHotline } from "./pages/hotline.js";
import { SignIn } from "./pages/sign_in.js";
import { WORDS } from "./languages.js";
import { listen } from "./native.js";
import { opened, WrongClient } from "./wrong_client.js";

const mount = /** @type {HTMLElement} */ (document.getElementById("app"));
const slug = mount.dataset.slug || "";
const home = mount.dataset.home || `/c/${slug}/`;
const preview = Boolean(mount.dataset.preview);
if (preview) {
  api.configure({ base: `${home}api/v1`, preview });
  keep("language", new URLSearchParams(location.search).get("language") || undefined);
}

/** @param {any} brand @param {string | undefined} chosen */
function languageFor(brand, chosen) {
  const wanted = [chosen, ...navigator.languages.map((name) => name.slice(0, 2))];
  return wanted.find((name) => name && brand.languages.includes(name)) || brand.languages[0];
}

function App({ brand, startLanguage, startMe, startElsewhere }) {
  const [foreign, setForeign] = useState(() => opened(slug));
  const [me, setMe] = useState(startMe);
  const [language, setLanguage] = useState(startLanguage);
  const [route, setRoute] = useState(match(location.hash));
  const [memberId, setMemberId] = useState(startMe?.member_id);
  const [expired, setExpired] = useState(false);
  const [elsewhere, setElsewhere] = useState(startElsewhere);
  const signedOut = (/** @type {boolean} */ byItself) => {
    setMe(null);
    setExpired(byItself);
    settle(brand, false);
    fallSilent();
    if (!byItself) location.hash = "#/";
  };

  speak(language, WORDS[language], brand.texts?.[language] || {}, brand.wording?.[language]);
  api.configure({ slug, language, onSignedOut: signedOut });

  useEffect(() => {
    const follow = () => {
      setForeign(opened(slug));
      setRoute(match(location.hash));
      scrollTo(0, 0);
    };
    addEventListener("hashchange", follow);
    onTapped((address) => (location.hash = `#${address}`));
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
    settle(brand, true);
    setMe(signedIn);
  };
  const here = () => setElsewhere(null);

  if (me && me.client.slug !== slug) return html`<${WrongClient} brand=${brand} there=${me.client} signedIn=${true} />`;
  if (foreign) return html`<${WrongClient} brand=${brand} message=${foreign} />`;
  if (!me && route.path === "/hotline") return html`<${OpenHotline} brand=${brand} />`;
  if (!me && elsewhere) return html`<${WrongClient} brand=${brand} there=${elsewhere} onHere=${here} />`;
  if (!me) {
    return html`<${SignIn} brand=${brand} language=${language} expired=${expired} onLanguage=${choose} onSignedIn=${enter} mayChange=${home !== "/" && chosen()} />`;
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
  return error.code === 401 || error.reason === "branding.other_client" ? null : kept("me");
}

/** On the shared host the device remembers whose app it uses. @param {any} brand @param {boolean} signedIn */
function settle(brand, signedIn) {
  if (home !== "/" && !preview) choose({ slug, name: brand.name, signed_in: signedIn });
}

/** The other company's app where somebody is signed in on this device, as far as the shared host knows. */
function signedInElsewhere() {
  const other = home === "/" || preview ? null : chosen();
  return other?.signed_in && other.slug !== slug ? other : null;
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
  if (me?.client.slug === slug) settle(brand, true);
  mount.removeAttribute("aria-busy");
  listen(home);
  render(html`<${App} brand=${brand} startLanguage=${language} startMe=${me} startElsewhere=${signedInElsewhere()} />`, mount);
  if (!preview && "serviceWorker" in navigator) {
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
