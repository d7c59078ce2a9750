/** Photos and PDFs that go with what a member writes about a complaint. Each is sent at once, with one key for all its attempts. */
import { call, newKey } from "../shared/api.js";
import { Icon } from "../shared/icons.js";
import { problemText } from "../shared/loading.js";
import { html, useRef, useState } from "../shared/view.js";
import { t } from "../shared/words.js";
import { prepared } from "./photo_check.js";

const MOST = 10;

/** @typedef {{key: string, file: File, id: string | null, text: string}} Paper */

/** @returns {{all: Paper[], ids: string[], sending: boolean, add: (files: File[]) => void, retry: (paper: Paper) => void, discard: (paper: Paper) => void}} */
export function usePapers() {
  const [all, setAll] = useState(/** @type {Paper[]} */ ([]));
  const latest = useRef(all);
  const store = (/** @type {Paper[]} */ next) => setAll((latest.current = next));
  const change = (/** @type {Paper} */ paper, /** @type {Partial<Paper>} */ to) =>
    store(latest.current.map((other) => (other.key === paper.key ? { ...other, ...to } : other)));
  const send = async (/** @type {Paper} */ paper) => {
    change(paper, { text: "" });
    try {
      const form = new FormData();
      form.append("file", paper.file, paper.file.name);
      change(paper, { id: (await call("POST", "/documents", { form, key: paper.key })).id });
    } catch (error) {
      change(paper, { text: problemText(error) });
    }
  };
  return {
    all,
    ids: all.flatMap((paper) => (paper.id ? [paper.id] : [])),
    sending: all.some((paper) => !paper.id && !paper.text),
    add: async (files) => {
      const small = [];
      for (const file of files.slice(0, MOST - latest.current.length)) small.push((await prepared(file)).file);
      const fresh = small.map((file) => ({ key: newKey(), file, id: null, text: "" }));
      store([...latest.current, ...fresh]);
      fresh.forEach(send);
    },
    retry: send,
    discard: (paper) => store(latest.current.filter((other) => other.key !== paper.key)),
  };
}

/** @param {{papers: ReturnType<typeof usePapers>}} properties */
export function ComplaintPapers({ papers }) {
  return html`<div class="stack tight">
    <label class="button quiet wide">
      <${Icon} name="camera" size="20" />${t("complaint.papers")}
      <input class="visually-hidden" type="file" accept="image/*,application/pdf" multiple
        onChange=${(/** @type {any} */ event) => { papers.add([...event.target.files]); event.target.value = ""; }} />
    </label>
    ${papers.all.length
      ? html`<ul class="stack tight">${papers.all.map(
          (paper) => html`<li class="row" key=${paper.key}>
            <span class="grow small">${paper.file.name}<span class="muted block">${paper.text || t(paper.id ? "complaint.paper_there" : "complaint.paper_going")}</span></span>
            ${paper.text ? html`<button type="button" class="button plain" onClick=${() => papers.retry(paper)}>${t("complaint.paper_again")}</button>` : null}
            <button type="button" class="button plain" aria-label=${t("complaint.paper_off", { name: paper.file.name })} onClick=${() => papers.discard(paper)}>×</button>
          </li>`,
        )}</ul>`
      : null}
  </div>`;
}
