/** What the bank says: statements are taken in, and a person explains every movement that is not clear by itself. */
import { newKey } from "../../shared/api.js";
import { Icon } from "../../shared/icons.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { Facts, day, written } from "../figures.js";
import { Filter } from "../filter.js";
import { Listed, useListed } from "../listed.js";
import { Placing } from "../placing.js";
import { Upload } from "../uploads.js";

const minus = (/** @type {any} */ amount) => amount.amount_minor < 0;

export function Bank() {
  const [chosen, setChosen] = useState("review");
  const [placing, setPlacing] = useState(/** @type {any} */ (null));
  const [brought, setBrought] = useState(/** @type {any} */ (null));
  const state = useListed(`/bank-lines?state=${chosen}`);
  const taken = (/** @type {any} */ statement) => {
    setBrought(statement);
    state.reload();
  };
  return html`<h1>${t("bank.title")}</h1>
    <section class="panel stack"><${Upload} id="statement" path="/bank-statements" label=${t("bank.take_in")} hint=${t("bank.take_in_hint")} keyed=${async () => newKey()} onDone=${taken} />
      <div role="status">${brought ? html`<p class="notice good"><${Icon} name="check" size="20" /><span>${t("bank.brought", { lines: brought.lines - brought.known_lines, known: brought.known_lines })}</span></p>` : null}</div></section>
    ${state.value ? html`<${Agreement} agreement=${state.value.agreement} />` : null}
    <section class="stack" aria-labelledby="queue"><h2 id="queue">${t("bank.queue")}</h2>
      <${Filter} label=${t("bank.filter")} names=${["review", "matched"]} chosen=${chosen} word=${(/** @type {string} */ name) => t(`bank.state.${name}`)} onChoose=${setChosen} />
      <${Listed} key=${chosen} state=${state} label=${t("bank.queue")} icon="check" none=${t(`bank.none.${chosen}`)} row=${(/** @type {any} */ line) => html`<${Row} line=${line} onPlace=${() => setPlacing(line)} />`} /></section>
    ${placing ? html`<${Placing} line=${placing} onDone=${state.reload} onClose=${() => setPlacing(null)} />` : null}`;
}

/** The ledger against the bank: whoever explains every debit makes them equal. */
function Agreement({ agreement }) {
  const { ledger, statement, unexplained } = agreement;
  const left = statement ? ledger.amount_minor - unexplained.amount_minor - statement.amount_minor : 0;
  return html`<section class="panel stack" aria-labelledby="agreement"><h2 id="agreement">${t("bank.agreement")}</h2>
    <${Facts} facts=${[[t("bank.ledger"), written(ledger)], [t("bank.statement"), written(statement)], [t("bank.unexplained"), written(unexplained)]]} />
    ${statement ? html`<p class=${`notice ${left || unexplained.amount_minor ? "warn" : "good"}`}><${Icon} name=${left || unexplained.amount_minor ? "alert" : "check"} size="20" /><span>${said(left, ledger, unexplained)}</span></p>` : null}</section>`;
}

/** @param {number} left @param {any} ledger @param {any} unexplained */
function said(left, ledger, unexplained) {
  if (left) return t("bank.differs", { amount: written({ ...ledger, amount_minor: left }) });
  return unexplained.amount_minor ? t("bank.explain", { amount: written(unexplained) }) : t("bank.agrees");
}

function Row({ line, onPlace }) {
  return html`<div class="list-row">
    <span class="grow"><span class="said">${line.text || t("bank.no_text")}</span><span class="muted small block">${day(line.booked_on)}${line.reference ? ` · ${line.reference}` : ""}</span></span>
    <span class="end"><span class=${`amount block ${minus(line.amount) ? "urgent" : ""}`}>${written(line.amount)}</span>
      <span class="marks">${line.state === "matched" ? html`<span class="badge good">${t(`became.${line.became}`)}</span>` : line.proposals.length ? html`<span class="badge warn">${t("bank.proposed", { count: line.proposals.length })}</span>` : null}</span></span>
    ${line.state === "review" ? html`<button class="button" aria-label=${t("bank.place_one", { amount: written(line.amount) })} onClick=${onPlace}>${t("bank.place")}</button>` : null}
  </div>`;
}
