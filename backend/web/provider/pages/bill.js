/** Writing the bill of a visit: positions, invoice, papers. What is written is kept until it was sent. */
import { retryKey, settled, useAction, useDraft } from "../../shared/action.js";
import { minorUnits } from "../../shared/amount.js";
import { call, newKey } from "../../shared/api.js";
import { DiagnosisSearch } from "../../desk/diagnosis_search.js";
import { Field, FormProblem } from "../../shared/form.js";
import { money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html } from "../../shared/view.js";
import { t } from "../../shared/words.js";

const LARGEST = 10_000_000;

export function Bill({ context, visitId }) {
  const state = useLoaded(`/visits/${visitId}`);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ visit) => html`<${Form} visit=${visit} context=${context} />`}<//>`;
}

function Form({ visit, context }) {
  const { currency } = context.me;
  const empty = { description: "", service_code: "", quantity: "1", unit: "", service_on: visit.first_day };
  const [draft, change] = useDraft(`bill:${visit.id}`, { invoice: "", lines: [empty], papers: /** @type {any[]} */ ([]), diagnoses: "" });
  const total = draft.lines.reduce((sum, line) => sum + (minorUnits(line.unit, currency) || 0) * (Number(line.quantity) || 0), 0);
  const { busy, error, run } = useAction(async () => {
    const body = bodyOf(draft, total, currency);
    await call("POST", `/visits/${visit.id}/bill`, { body, key: await retryKey(`bill:${visit.id}`, body) });
    await settled(`bill:${visit.id}`);
    location.hash = `#/visits/${visit.id}`;
  });
  const set = (/** @type {number} */ place, /** @type {string} */ name) => (/** @type {any} */ event) =>
    change({ lines: draft.lines.map((line, at) => (at === place ? { ...line, [name]: event.target.value } : line)) });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<h1>${t("bill.title")}: ${visit.member.name}</h1>
    <form class="stack" onSubmit=${submit}>
      <section class="panel stack">
        <div class="pair wide">
          <${Field} id="invoice" label=${t("bill.invoice")}><input required maxlength="60" autocomplete="off" value=${draft.invoice} onInput=${(/** @type {any} */ event) => change({ invoice: event.target.value })} /><//>
          <${Field} id="diagnoses" label=${t("bill.diagnoses")} hint=${t("bill.diagnoses_hint")}><input autocomplete="off" value=${draft.diagnoses} onInput=${(/** @type {any} */ event) => change({ diagnoses: event.target.value })} /><//>
        </div>
        <div class="stack tight"><${DiagnosisSearch} onChoose=${(/** @type {any} */ { code }) => change({ diagnoses: [...draft.diagnoses.split(/[\s,;]+/).filter(Boolean), code].join(", ") })} /></div>
        ${draft.lines.map((line, place) => html`<${Line} line=${line} place=${place} set=${set} currency=${currency} onRemove=${draft.lines.length > 1 ? () => change({ lines: draft.lines.filter((_, at) => at !== place) }) : null} />`)}
        <button type="button" class="button plain" onClick=${() => change({ lines: [...draft.lines, empty] })}><${Icon} name="plus" size="18" />${t("bill.add")}</button>
        <p class="row between"><span>${t("bill.total")}</span><strong class="figure" aria-live="polite">${money({ amount_minor: total, currency }, context.language)}</strong></p>
      </section>
      <${Papers} papers=${draft.papers} onChange=${(/** @type {any[]} */ papers) => change({ papers })} />
      <${FormProblem} error=${error} />
      <button class="button wide" disabled=${busy}>${t("bill.send")}</button>
    </form>`;
}

function Line({ line, place, set, currency, onRemove }) {
  return html`<div class="line">
    <${Field} id=${`what-${place}`} label=${t("bill.description")}><input required minlength="2" maxlength="300" value=${line.description} onInput=${set(place, "description")} /><//>
    <${Field} id=${`code-${place}`} label=${t("bill.code")}><input maxlength="40" autocomplete="off" value=${line.service_code} onInput=${set(place, "service_code")} /><//>
    <${Field} id=${`many-${place}`} label=${t("bill.quantity")}><input type="number" min="1" max="10000" required value=${line.quantity} onInput=${set(place, "quantity")} /><//>
    <${Field} id=${`unit-${place}`} label=${t("bill.unit", { currency })}><input required inputmode="decimal" autocomplete="off" value=${line.unit} onInput=${set(place, "unit")} /><//>
    ${onRemove ? html`<button type="button" class="icon-button" aria-label=${t("bill.remove", { number: place + 1 })} onClick=${onRemove}><${Icon} name="close" size="20" /></button>` : html`<span></span>`}
  </div>`;
}

function Papers({ papers, onChange }) {
  const { busy, error, run } = useAction(async (/** @type {File} */ file) => {
    const form = new FormData();
    form.append("file", file);
    const paper = await call("POST", "/documents", { form, key: newKey() });
    onChange([...papers, { id: paper.id, name: file.name }]);
  });
  const chosen = (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file && file.size <= LARGEST) run(file);
  };
  return html`<section class="panel stack"><h2>${t("bill.papers")}</h2>
    <ul class="stack tight">${papers.map((/** @type {any} */ paper) => html`<li class="row between"><span class="clip">${paper.name}</span>
      <button type="button" class="icon-button" aria-label=${t("bill.remove_paper", { name: paper.name })} onClick=${() => onChange(papers.filter((/** @type {any} */ one) => one !== paper))}><${Icon} name="close" size="20" /></button></li>`)}</ul>
    <${Field} id="paper" label=${t("bill.add_paper")}><input type="file" accept="image/*,application/pdf" disabled=${busy} onChange=${chosen} /><//>
    <${FormProblem} error=${error} /></section>`;
}

/** @param {any} draft @param {number} total @param {string} currency */
function bodyOf(draft, total, currency) {
  return {
    invoice_number: draft.invoice.trim(), total: { amount_minor: total, currency },
    lines: draft.lines.map((/** @type {any} */ line) => ({
      description: line.description.trim(), service_code: line.service_code.trim() || null, quantity: Number(line.quantity), service_on: line.service_on,
      unit: { amount_minor: minorUnits(line.unit, currency) || 0, currency },
    })),
    document_ids: draft.papers.map((/** @type {any} */ paper) => paper.id),
    diagnoses: draft.diagnoses.split(/[\s,;]+/).filter(Boolean).map((/** @type {string} */ code) => code.toUpperCase()),
  };
}
