/** The photos and papers of a claim, one large and the others a tap away; they stay in view while one works. */
import { usePage } from "../desk/pictures.js";
import { call } from "../shared/api.js";
import { problemText } from "../shared/loading.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

export function Papers({ documents }) {
  const papers = documents.filter((/** @type {any} */ one, /** @type {number} */ at) => documents.findIndex((/** @type {any} */ other) => other.document_id === one.document_id) === at);
  const [chosen, choose] = useState(0);
  if (!papers.length) return html`<section class="panel"><p class="muted">${t("papers.none")}</p></section>`;
  const open = papers[Math.min(chosen, papers.length - 1)];
  return html`<section class="panel stack snug" aria-label=${t("papers.title")}>
    <div class="filters" role="group" aria-label=${t("papers.title")}>${papers.map(
      (/** @type {any} */ paper, /** @type {number} */ at) => html`<button aria-pressed=${paper === open ? "true" : "false"} onClick=${() => choose(at)}>${paper.name}</button>`,
    )}</div>
    <${Paper} key=${open.document_id} paper=${open} />
  </section>`;
}

function Paper({ paper }) {
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  const [large, setLarge] = useState(false);
  const { url, error, waiting } = usePage(paper.document_id, page);
  useEffect(() => void call("GET", `/documents/${paper.document_id}`).then((known) => setPages(known.pages || 1), () => {}), [paper.document_id]);
  const said = t("papers.page", { name: paper.name, page, pages });
  return html`${error ? html`<p class="notice bad" role="alert">${problemText(error)}</p>` : null}
    <div class=${large ? "paper large" : "paper"} tabindex="0" role="group" aria-label=${said}>${url
      ? html`<img src=${url} alt=${said} />`
      : error ? null : html`<p class="muted">${t(waiting ? "papers.waiting" : "loading")}</p>`}</div>
    <div class="row wrap between"><button type="button" class="button plain" aria-pressed=${large ? "true" : "false"} onClick=${() => setLarge(!large)}>${t(large ? "papers.smaller" : "papers.larger")}</button>
      ${pages > 1
        ? html`<span class="row"><button type="button" class="button plain" disabled=${page < 2} onClick=${() => setPage(page - 1)}>${t("papers.previous")}</button>
            <button type="button" class="button plain" disabled=${page >= pages} onClick=${() => setPage(page + 1)}>${t("papers.next")}</button></span>`
        : null}</div>`;
}
