/** The keys of the workbench, and the switch that turns them off. */
import { Dialog } from "../desk/dialog.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";

const KEYS = [
  ["j", "k", "keys.move"],
  ["Enter", "keys.open"],
  ["s", "keys.save"],
  ["d", "keys.decide"],
  ["r", "keys.return"],
  ["Esc", "keys.back"],
  ["?", "keys.this"],
];

export function Keys({ shortcuts, onShortcuts, onClose }) {
  return html`<${Dialog} title=${t("keys.title")} onClose=${onClose}>
    <dl class="keys">
      ${KEYS.map((line) => html`<div><dt>${line.slice(0, -1).map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(line[line.length - 1])}</dd></div>`)}
    </dl>
    <label class="check"><input type="checkbox" checked=${shortcuts} onChange=${(/** @type {any} */ event) => onShortcuts(event.target.checked)} />${t("keys.switch")}</label>
  <//>`;
}
