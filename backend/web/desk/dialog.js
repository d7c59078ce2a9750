/** A question in front of everything else: the browser's own dialog, which keeps the focus and hears Escape. */
import { Icon } from "../shared/icons.js";
import { html, useEffect, useRef } from "../shared/view.js";
import { t } from "../shared/words.js";

/** @param {{title: string, onClose: () => void, wide?: boolean, children?: any}} properties */
export function Dialog({ title, onClose, wide, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.current?.showModal();
    return () => before?.isConnected && before.focus();
  }, []);
  const outside = (/** @type {any} */ event) => event.target === dialog.current && onClose();
  return html`<dialog ref=${dialog} class=${wide ? "wide" : ""} aria-labelledby="dialog-title" onClose=${onClose} onClick=${outside}>
    <div class="dialog-body stack">
      <div class="row between"><h2 id="dialog-title">${title}</h2>
        <button class="icon-button" aria-label=${t("close")} onClick=${onClose}><${Icon} name="close" size="20" /></button></div>
      ${children}
    </div>
  </dialog>`;
}
