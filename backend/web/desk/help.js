/** The keys of the desk, and the switch that turns them off. */
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { Dialog } from "./dialog.js";

const KEYS = [
  ["j", "k", "help.move"],
  ["Enter", "help.open_case"],
  ["t", "help.take"],
  ["r", "help.reply"],
  ["n", "help.note"],
  ["/", "help.canned"],
  ["s", "help.search"],
  ["Ctrl+Enter", "help.send"],
  ["Esc", "help.back"],
  ["?", "help.this"],
];

export function Help({ shortcuts, onShortcuts, onClose }) {
  return html`<${Dialog} title=${t("help.title")} onClose=${onClose}>
    <dl class="keys">
      ${KEYS.map((line) => html`<div><dt>${line.slice(0, -1).map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(line[line.length - 1])}</dd></div>`)}
    </dl>
    <label class="check"><input type="checkbox" checked=${shortcuts} onChange=${(/** @type {any} */ event) => onShortcuts(event.target.checked)} />${t("help.shortcuts")}</label>
  <//>`;
}
