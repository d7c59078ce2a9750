/** A page that is fetched when it is opened. */
import { Problem } from "../shared/loading.js";
import { ApiError } from "../shared/api.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @type {typeof import("./pages.js") | null} */
let pages = null;

const NO_NETWORK = new ApiError({ code: 0, reason: "network.offline", message: "" });

/** @param {keyof typeof import("./pages.js")} name */
export function later(name) {
  return function Later(/** @type {any} */ properties) {
    const [there, setThere] = useState(pages);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (there) return;
      import("./pages.js").then(
        (found) => setThere((pages = found)),
        () => setFailed(true),
      );
    }, []);
    if (there) {
      const Page = /** @type {any} */ (there[name]);
      return html`<${Page} ...${properties} />`;
    }
    // A browser may remember that a module could not be fetched; a new start asks again, for the pages of today.
    if (failed) return html`<${Problem} error=${NO_NETWORK} retry=${() => location.reload()} />`;
    return html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`;
  };
}
