/** Photos and papers of a message: fetched with the sign-in, shown from memory, never from a public address. */
import { call } from "../shared/api.js";
import { problemText } from "../shared/loading.js";
import { Icon } from "../shared/icons.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Dialog } from "./dialog.js";

const AGAIN_AFTER_MS = 3000;
const TRIES = 10;

/** @param {{media: any[]}} properties */
export function Pictures({ media }) {
  const papers = media.filter((item) => item.document_id);
  const cards = media.filter((item) => item.card_member_id);
  if (!papers.length && !cards.length) return null;
  return html`<div class="pictures">
    ${papers.map((item, index) => html`<${Thumbnail} key=${item.document_id} id=${item.document_id} number=${index + 1} />`)}
    ${cards.length ? html`<p class="small row"><${Icon} name="card" size="18" />${t("message.card")}</p>` : null}
  </div>`;
}

/**
 * The picture of a page as an address inside this window; tried again while it is being made.
 * @param {string} id of the document
 * @param {number} page from 1
 */
export function usePage(id, page) {
  const [state, setState] = useState(/** @type {{url?: string, error?: any, waiting?: boolean}} */ ({}));
  useEffect(() => {
    let url = "";
    let timer = 0;
    let gone = false;
    const load = async (/** @type {number} */ left) => {
      try {
        const picture = await call("GET", `/documents/${id}/pages/${page}.jpg`);
        if (gone) return;
        url = URL.createObjectURL(picture);
        setState({ url });
      } catch (error) {
        if (gone) return;
        const making = error.reason === "documents.not_ready" && left > 0;
        setState(making ? { waiting: true } : { error });
        if (making) timer = setTimeout(load, AGAIN_AFTER_MS, left - 1);
      }
    };
    load(TRIES);
    return () => {
      gone = true;
      clearTimeout(timer);
      if (url) URL.revokeObjectURL(url);
    };
  }, [id, page]);
  return state;
}

function Thumbnail({ id, number }) {
  const { url, error, waiting } = usePage(id, 1);
  const [open, setOpen] = useState(false);
  if (error) return html`<p class="picture small" role="note">${problemText(error)}</p>`;
  return html`<button class="picture" disabled=${!url} aria-label=${t("message.photo", { number })} onClick=${() => setOpen(true)}>
      ${url ? html`<img src=${url} alt="" />` : html`<span class="small">${t(waiting ? "message.photo_waiting" : "loading")}</span>`}</button>
    ${open ? html`<${Large} id=${id} number=${number} onClose=${() => setOpen(false)} />` : null}`;
}

function Large({ id, number, onClose }) {
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  const { url, error } = usePage(id, page);
  useEffect(() => void call("GET", `/documents/${id}`).then((paper) => setPages(paper.pages || 1)).catch(() => {}), [id]);
  return html`<${Dialog} wide title=${t("message.photo", { number })} onClose=${onClose}>
    ${error ? html`<p class="notice bad" role="alert">${problemText(error)}</p>` : null}
    ${url ? html`<img class="large-picture" src=${url} alt=${t("message.page", { page, pages })} />` : html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`}
    ${pages > 1
      ? html`<div class="row between"><button class="button quiet" disabled=${page < 2} onClick=${() => setPage(page - 1)}>${t("previous")}</button>
          <span class="muted small">${t("message.page", { page, pages })}</span>
          <button class="button quiet" disabled=${page >= pages} onClick=${() => setPage(page + 1)}>${t("next")}</button></div>`
      : null}
  <//>`;
}
