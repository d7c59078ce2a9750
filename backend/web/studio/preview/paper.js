/** What is printed or mailed: a picture of the page, and the page itself as a file. */
import { Icon } from "../../shared/icons.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";

/** @param {{what: "card" | "letter", live: any, language: string}} properties */
export function Sheet({ what, live, language }) {
  const address = (/** @type {string} */ kind) => `${live.path}${what}.${kind}?language=${language}&v=${live.version}`;
  return html`<figure class=${`sheet ${what}`}><img src=${address("png")} alt=${t(`preview.${what}_picture`)} />
    <figcaption><a class="button plain" href=${address("pdf")} download=${`${what}.pdf`}><${Icon} name="download" size="18" />PDF</a></figcaption></figure>`;
}

export function Mail({ live, language }) {
  return html`<iframe class="mail" key=${live.version + language} title=${t("preview.mail_frame")} sandbox="" src=${`${live.path}mail.html?language=${language}`}></iframe>`;
}
