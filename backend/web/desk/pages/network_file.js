/** One file: how far it is, what becomes of its lines and why, and the word that makes it true. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { FormProblem } from "../../shared/form.js";
import { date, dateTime } from "../../shared/format.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { State, useWhileUnderWay } from "./network_files.js";

const OUTCOMES = ["new", "changed", "unchanged", "refused", "held"];

export function NetworkFile({ importId }) {
  const state = useLoaded(`/provider-imports/${importId}`, [importId]);
  useWhileUnderWay(state.value && [state.value], state.reload);
  return html`<div class="page stack loose"><a href="#/network/files">${t("network.back_to_files")}</a>
    <${Loaded} state=${state}>${(/** @type {any} */ one) => html`<${Shown} one=${one} onChanged=${state.reload} />`}<//></div>`;
}

function Shown({ one, onChanged }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/provider-imports/${one.id}/application`, { body: {} });
    onChanged();
  });
  const ignored = one.columns.ignored || [];
  return html`<section class="panel stack snug">
      <div class="row between wrap"><h1>${one.filename}</h1><${State} one=${one} /></div>
      <p class="muted">${t(`network.file.${one.kind}`)} · ${t("network.since", { from: date(one.valid_from, language(), "short") })}${one.network ? ` · ${one.network}` : ""} · ${dateTime(one.uploaded_at, language())}</p>
      <${Progress} one=${one} />
      ${one.refusal ? html`<p class="notice bad" role="alert">${one.refusal.message}</p>` : null}
      ${ignored.length ? html`<p class="notice warn">${t("network.ignored", { columns: ignored.join(", ") })}</p>` : null}
      ${one.total_rows ? html`<dl class="tiles">${OUTCOMES.map((name) => html`<div class="tile"><dt class="muted small">${t(`network.outcome.${name}`)}</dt><dd class="figure">${(one.counts[name] || 0).toLocaleString(language())}</dd></div>`)}</dl>` : null}
      <${FormProblem} error=${error} />
      ${one.state === "checked" ? html`<div class="row end-row"><button class="button" disabled=${busy} onClick=${() => run()}>${t("network.apply")}</button></div>` : null}
    </section>
    ${one.lines_purged_at ? html`<p class="muted">${t("network.lines_gone", { date: date(one.lines_purged_at, language()) })}</p>` : null}
    ${one.total_rows && !one.lines_purged_at ? html`<${Lines} key=${one.state} importId=${one.id} />` : null}`;
}

function Progress({ one }) {
  if (one.state !== "uploaded" && one.state !== "applying") return null;
  const told = t(`network.doing.${one.state}`, { done: one.done_rows.toLocaleString(language()) });
  return html`<div role="status"><p>${told}</p>
    ${one.total_rows ? html`<progress max=${one.total_rows} value=${one.done_rows} aria-label=${told}></progress>` : html`<progress aria-label=${told}></progress>`}</div>`;
}

function Lines({ importId }) {
  const [only, setOnly] = useState("problems");
  const [after, setAfter] = useState(0);
  const query = new URLSearchParams({ after: String(after), limit: "50", ...(only === "problems" ? { problems: "true" } : only === "all" ? {} : { outcome: only }) });
  const state = useLoaded(`/provider-imports/${importId}/rows?${query}`);
  const show = (/** @type {string} */ name) => { setAfter(0); setOnly(name); };
  return html`<section class="stack snug" aria-labelledby="lines"><h2 id="lines">${t("network.lines")}</h2>
    <div class="filters" role="group" aria-label=${t("network.which_lines")}>${["problems", "all", ...OUTCOMES].map(
      (name) => html`<button aria-pressed=${name === only ? "true" : "false"} onClick=${() => show(name)}>${t(`network.outcome.${name}`)}</button>`,
    )}</div>
    <${Loaded} state=${state}>${(/** @type {any} */ page) =>
      page.items.length
        ? html`<div class="panel flush table-box" tabindex="0" role="region" aria-label=${t("network.lines")}><table>
            <thead><tr><th scope="col" class="number">${t("network.line")}</th><th scope="col">${t("network.code")}</th><th scope="col">${t("network.result")}</th><th scope="col">${t("network.why")}</th></tr></thead>
            <tbody>${page.items.map((/** @type {any} */ line) => html`<tr key=${line.line}><th scope="row" class="number">${line.line}</th>
              <td>${[line.code, line.service_code, line.room_class].filter(Boolean).join(" · ")}</td><td>${t(`network.outcome.${line.outcome}`)}</td>
              <td>${line.problems.map((/** @type {any} */ one) => one.message).join(" ")}</td></tr>`)}</tbody></table></div>
          ${page.next_after === null ? null : html`<button class="button quiet" onClick=${() => setAfter(page.next_after)}>${t("network.next_lines")}</button>`}`
        : html`<p class="muted">${t(only === "problems" ? "network.all_well" : "network.no_lines")}</p>`}<//>
  </section>`;
}
