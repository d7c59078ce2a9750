/** A link, a message or a person of another client: said in words, with the way on, and nothing of it is shown. */
import { useAction } from "../shared/action.js";
import { signOut } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Logo } from "./frame.js";

/**
 * What a push or a message opens: `#/open/<client>/<page>`. One of this client leads to its page at once; the slug of another
 * one comes back, and its page is not looked at.
 * @param {string} slug
 */
export function opened(slug) {
  const found = /^#\/open\/([a-z][a-z0-9-]*)(\/.*)?$/.exec(location.hash);
  if (!found) return null;
  if (found[1] !== slug) return found[1];
  location.replace(`#${found[2] || "/"}`);
  return null;
}

/**
 * @param {{brand: any, there?: {slug: string, name: string}, signedIn?: boolean, message?: string, onHere?: () => void}} properties
 * `there` is where somebody is signed in, `message` the client whose message was opened here
 */
export function WrongClient({ brand, there, signedIn, message, onHere }) {
  const { busy, run } = useAction(signOut);
  const names = { here: brand.name, there: there?.name || "" };
  const text = message ? t("wrong.message", names) : signedIn ? t("wrong.person", names) : t("wrong.link", names);
  return html`<main class="sign-in stack loose">
    <div><${Logo} brand=${brand} /></div>
    <div class="stack tight" role="alert">
      <h1 class="row top"><${Icon} name="swap" /><span>${t("wrong.title")}</span></h1>
      <p>${text}</p>
    </div>
    ${message ? html`<a class="button wide" href="#/">${t("wrong.stay", names)}</a>` : null}
    ${signedIn ? html`<button class="button wide" disabled=${busy} onClick=${run}>${t("wrong.sign_out")}</button>` : null}
    ${there && !signedIn ? html`<a class="button wide" href=${`/c/${there.slug}/`}>${t("wrong.back", names)}</a>` : null}
    ${onHere ? html`<button class="button quiet wide" onClick=${onHere}>${t("wrong.sign_in", names)}</button>` : null}
  </main>`;
}
