/** The thread over all channels with the steps of the case between its messages. */
import { date } from "../shared/format.js";
import { Problem } from "../shared/loading.js";
import { useAction } from "../shared/action.js";
import { html, useLayoutEffect, useRef } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { Message, Note, Sending, Step } from "./bubble.js";
import { days, timeline } from "./timeline.js";

const NEAR_THE_END_PX = 120;
const SHOWN = { message: Message, note: Note, step: Step, sending: Sending };

export function Thread({ detail, thread, me }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const older = useAction(thread.loadOlder);
  const entries = thread.items ? timeline(thread.items, detail.events, !thread.older) : [];
  const starts = days(entries, (at) => date(at, language()));
  const last = entries[entries.length - 1];
  useKeepingPlace(box, entries[0]?.id, last?.id);
  return html`<div class="thread" ref=${box} tabindex="0" role="region" aria-label=${t("thread.title")}>
    ${thread.error && !thread.items ? html`<${Problem} error=${thread.error} retry=${thread.refresh} />` : null}
    ${thread.older ? html`<button class="button plain" disabled=${older.busy} onClick=${() => older.run()}>${t("thread.older")}</button>` : null}
    ${detail.summary ? html`<p class="summary"><strong>${t("case.summary")}</strong> <span class="said">${detail.summary}</span></p>` : null}
    <ol>
      ${entries.map(
        (entry, index) => html`<li key=${entry.id} class=${entry.kind}>
          ${starts[index] ? html`<p class="day"><span>${starts[index]}</span></p>` : null}
          <${SHOWN[entry.kind]} value=${entry.value} detail=${detail} me=${me} />
        </li>`,
      )}
    </ol>
    ${thread.items && !thread.items.length ? html`<p class="muted centred quiet-place">${t("thread.empty")}</p>` : null}
  </div>`;
}

/** Stays at the end while somebody reads the end, and at the same message when older ones come in above. */
function useKeepingPlace(/** @type {{current: HTMLElement | null}} */ box, /** @type {string | undefined} */ first, /** @type {string | undefined} */ last) {
  const before = useRef({ first: /** @type {string | undefined} */ (""), height: 0, atEnd: true });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const was = before.current;
    if (was.first && was.first !== first && !was.atEnd) element.scrollTop += element.scrollHeight - was.height;
    else if (was.atEnd) element.scrollTop = element.scrollHeight;
    before.current = { ...was, first, height: element.scrollHeight };
  }, [first, last]);
  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const note = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
      before.current.atEnd = rest < NEAR_THE_END_PX;
    };
    const grown = new ResizeObserver(() => before.current.atEnd && (element.scrollTop = element.scrollHeight));
    grown.observe(element);
    element.addEventListener("scroll", note, { passive: true });
    return () => {
      grown.disconnect();
      element.removeEventListener("scroll", note);
    };
  }, []);
}
