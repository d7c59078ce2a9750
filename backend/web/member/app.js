/** The member app: who is signed in, which brand and language, which page. */
import * as api from "../shared/api.js";
import { choose, chosen } from "../shared/chosen.js";
import { keep, kept } from "../shared/keep.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { speak } from "../shared/words.js";
import { COULD_NOT_START, knownWords, wordsOf } from "./languages.js";
import { dress } from "./letters.js";
import { fallSilent, onTapped } from "./push.js";
import { OpenHotline } from "./pages/hotline.js";
import { SignIn } from "./pages/sign_in.js";
import { listen, takePushes } from "./native.js";
import { opened, WrongClient } from "./wrong_client.js";

const mount = /** @type {HTMLElement} */ (document.getElementById("app"));
const slug = mount.dataset.slug || "";
const home = mount.dataset.home || `/c/${slug}/`;
const preview = Boolean(mount.dataset.preview);
if (preview) {
  api.configure({ base: `${home}api/v1`, preview });
  keep("language", new URLSearchParams(location.search).get("language") || undefined);
}
/** What the shell brings along, so that nothing is asked for before the first screen. @type {{brand: any, letters: any[]}} */
const known = JSON.parse(document.getElementById("known")?.textContent || "{}");

/** @param {any} brand @param {string | undefined} chosen */
function languageFor(brand, chosen) {
  const wanted = [chosen, ...navigator.languages.map((name) => name.slice(0, 2))];
  return wanted.find((name) => name && brand.languages.includes(name)) || brand.languages[0];
}

/** What only those who have signed in need: the frame and the pages. */
const inside = () => import("./signed_in.js");

/** @param {{brand: any, startLanguage: string, startMe: any, startElsewhere: any, startInside: any, refreshed: Promise<any> | null}} start */
function App({ brand, startLanguage, startMe, startElsewhere, startInside, refreshed }) {
  const [foreign, setForeign] = useState(() => opened(slug));
  const [me, setMe] = useState(startMe);
  const [language, setLanguage] = useState(startLanguage);
  const [pages, setPages] = useState(startInside);
  const [hash, setHash] = useState(location.hash);
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

  speak(language, knownWords(language), brand.texts?.[language] || {}, brand.wording?.[language]);
  api.configure({ slug, language, onSignedOut: signedOut });

  useEffect(() => {
    const follow = () => {
      setForeign(opened(slug));
      setHash(location.hash);
      scrollTo(0, 0);
    };
    addEventListener("hashchange", follow);
    onTapped((address) => (location.hash = `#${address}`));
    const refused = (/** @type {any} */ error) => error.reason === "branding.other_client" && setMe(null);
    refreshed?.then((now) => {
      setMe((/** @type {any} */ before) => before && now);
      if (now.member_id !== startMe?.member_id) startInside?.begin(now);
    }, refused);
    return () => removeEventListener("hashchange", follow);
  }, []);

  /** @param {string} name */
  const choose = async (name) => {
    if (!(await wordsOf(name).catch(() => null))) return;
    setLanguage(name);
    keep("language", name);
  };
  const enter = async () => {
    const [signedIn, found] = await Promise.all([loadMe(), inside()]);
    await found.begin(signedIn);
    setPages(found);
    setMemberId(signedIn.member_id);
    setExpired(false);
    settle(brand, true);
    takePushes(signedIn.member_id);
    setMe(signedIn);
  };
  const here = () => setElsewhere(null);

  if (me && me.client.slug !== slug) return html`<${WrongClient} brand=${brand} there=${me.client} signedIn=${true} />`;
  if (foreign) return html`<${WrongClient} brand=${brand} message=${foreign} />`;
  if (!me && hash === "#/hotline") return html`<${OpenHotline} brand=${brand} />`;
  if (!me && elsewhere) return html`<${WrongClient} brand=${brand} there=${elsewhere} onHere=${here} />`;
  if (!me || !pages) {
    return html`<${SignIn} brand=${brand} language=${language} expired=${expired} onLanguage=${choose} onSignedIn=${enter} mayChange=${home !== "/" && chosen()} />`;
  }
  const { Frame, match } = pages;
  const route = match(hash);
  const firstName = me.members.find((/** @type {any} */ { id }) => id === memberId)?.name.split(" ")[0] || "";
  const context = { brand, me, language, memberId, firstName, setMemberId, setLanguage: choose };
  return html`<${Frame} context=${context} route=${route}>
    <${route.page} context=${context} ...${route.values} key=${`${memberId}:${language}:${hash}`} />
  <//>`;
}

async function loadMe() {
  const me = await api.call("GET", "/me");
  await keep("me", me);
  return me;
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

/**
 * Who was signed in here last is shown at once, and asked about behind; a refused sign-in ends it (api.js). Without
 * anything kept, the answer is waited for.
 * @returns {Promise<{me: any, refreshed: Promise<any> | null}>}
 */
async function whoIsHere() {
  const before = await kept("me");
  const refreshed = loadMe();
  refreshed.catch(() => {});
  if (before) return { me: before, refreshed };
  return { me: await refreshed.catch(() => null), refreshed: null };
}

async function start() {
  api.configure({ slug });
  const { brand, letters } = known;
  const [spoken, remembered] = await Promise.all([kept("language"), api.remembered()]);
  const language = languageFor(brand, mount.dataset.language || spoken);
  api.configure({ language });
  const [pages, { me, refreshed }] = await Promise.all([
    remembered ? inside() : null,
    remembered ? whoIsHere() : { me: null, refreshed: null },
    wordsOf(language),
  ]);
  if (me?.client.slug === slug) {
    settle(brand, true);
    takePushes(me.member_id);
    pages?.begin(me);
  }
  mount.removeAttribute("aria-busy");
  listen(home);
  render(html`<${App} brand=${brand} startLanguage=${language} startMe=${me} startElsewhere=${signedInElsewhere()} startInside=${pages} refreshed=${refreshed} />`, mount);
  performance.mark("usable");
  dress(letters);
  keepTheApp();
}

/** The app is kept on the phone, once the first screen has had the network to itself. */
function keepTheApp() {
  if (preview || !("serviceWorker" in navigator)) return;
  const now = () => navigator.serviceWorker.register(`${home}sw.js`, { scope: home }).catch(() => {});
  if (document.readyState === "complete") now();
  else addEventListener("load", now, { once: true });
}

start().catch(() => {
  mount.removeAttribute("aria-busy");
  mount.innerHTML = "";
  const notice = document.createElement("p");
  notice.className = "sign-in";
  notice.textContent = COULD_NOT_START[navigator.language.slice(0, 2)] || COULD_NOT_START.en;
  mount.append(notice);
});
