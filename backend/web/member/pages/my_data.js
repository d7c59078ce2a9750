/** One's rights over one's data: a copy of everything, being erased, and what became of what was asked. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { date, dateTime } from "../../shared/format.js";
import { FormProblem } from "../../shared/form.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { CodeStep } from "../code_step.js";
import { Erasure, KeptByLaw } from "../erasure.js";

const WAITING = ["asked", "making", "approved"];

/** @typedef {{id: string, number: string, kind: string, state: string, asked_at: string, due_at: string, hours_left: number | null, refusal: string | null, kept: any[], available_until: string | null, history: {kind: string, at: string}[]}} Asked */

export function MyData({ context }) {
  const address = `/members/${context.memberId}/privacy-requests`;
  const state = useLoaded(address);
  return html`<${Loaded} state=${state}>${(/** @type {any} */ value) => html`<${Rights} start=${value} address=${address} />`}<//>`;
}

function Rights({ start, address }) {
  const [value, setValue] = useState(start);
  const reload = async () => setValue(await call("GET", address));
  const waits = (/** @type {string} */ kind) => value.items.some((/** @type {Asked} */ one) => one.kind === kind && WAITING.includes(one.state));
  const ask = async (/** @type {string} */ code) => {
    await call("POST", address, { body: { kind: "export", code } });
    await reload();
  };
  return html`<div class="stack">
    <p class="muted">${t("mydata.intro")}</p>
    ${value.items.length
      ? html`<section class="stack" aria-labelledby="asked-title"><h2 id="asked-title">${t("mydata.asked")}</h2>
          ${value.items.map((/** @type {Asked} */ one) => html`<${OneRequest} key=${one.id} one=${one} address=${address} reload=${reload} />`)}</section>`
      : null}
    <section class="panel stack" aria-labelledby="copy-title">
      <h2 id="copy-title">${t("mydata.copy")}</h2><p class="small">${t("mydata.copy_text")}</p>
      ${waits("export") ? html`<button class="button quiet wide" onClick=${reload}>${t("mydata.look_again")}</button>` : html`<${CodeStep} id="copy" address=${`${address}/code`} send=${t("mydata.copy_ask")} go=${t("mydata.copy_confirm")} onCode=${ask} />`}
    </section>
    <${Erasure} outlook=${value.erasure} address=${address} waits=${waits("erasure")} reload=${reload} />
  </div>`;
}

/** @param {{one: Asked, address: string, reload: () => Promise<void>}} properties */
function OneRequest({ one, address, reload }) {
  const withdraw = useAction(async () => {
    await call("DELETE", `${address}/${one.id}`);
    await reload();
  });
  const fetched = async (/** @type {string} */ code) => {
    save(await call("POST", `${address}/${one.id}/copy`, { body: { code } }), `${one.number}.zip`);
    await reload();
  };
  return html`<article class="panel stack snug" aria-labelledby=${one.id}>
    <div class="row wrap"><h3 class="grow" id=${one.id}>${t(`mydata.kind.${one.kind}`)} ${one.number}</h3>
      <span class=${`badge ${one.state === "ready" || one.state === "done" ? "good" : one.state === "refused" ? "bad" : ""}`} role="status">${t(`mydata.state.${one.state}`)}</span></div>
    ${one.hours_left === null ? null : html`<${Clock} one=${one} />`}
    ${one.refusal ? html`<p class="small">${t(`mydata.ground.${one.refusal}`)}</p>` : null}
    <${KeptByLaw} kept=${one.kept} />
    ${one.state === "ready" && one.available_until
      ? html`<p class="small">${t("mydata.available", { until: date(one.available_until, language()) })}</p>
          <${CodeStep} id=${`fetch-${one.id}`} address=${`${address}/code`} send=${t("mydata.fetch")} go=${t("mydata.fetch_confirm")} onCode=${fetched} />`
      : null}
    <${FormProblem} error=${withdraw.error} />
    ${one.state === "asked" ? html`<button class="button plain" disabled=${withdraw.busy} onClick=${() => withdraw.run()}>${t("mydata.withdraw")}</button>` : null}
    <details><summary>${t("mydata.history")}</summary><ol class="small">${one.history.map(
      (step) => html`<li>${t(`mydata.step.${step.kind}`)} <span class="muted">${dateTime(step.at, language())}</span></li>`,
    )}</ol></details>
  </article>`;
}

/** @param {{one: Asked}} properties */
function Clock({ one }) {
  const left = one.hours_left || 0;
  const key = left < 0 ? "mydata.late" : "mydata.hours_left";
  return html`<p class="small">${t(key, { hours: left, at: dateTime(one.due_at, language()) })}</p>`;
}
