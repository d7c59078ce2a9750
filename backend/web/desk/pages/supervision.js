/** The helpline for who answers for it: what waits now and who is there, and the figures of a span of days. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { Field } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, problemText, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { useNow } from "../clockwork.js";
import { Days, Figures } from "../figures.js";
import { useKeys } from "../keys.js";
import { useNews } from "../live.js";
import { LoadNow } from "../load_now.js";

const LOOK_AGAIN_MS = 30_000;

export function Supervision({ context }) {
  useKeys({ "?": context.openHelp }, context.shortcuts);
  return html`<${Report} />`;
}

function Report() {
  const [span, setSpan] = useState({ from: "", to: "" });
  const now = useNow(LOOK_AGAIN_MS);
  const query = new URLSearchParams(Object.entries(span).filter(([, day]) => day)).toString();
  const state = useLoaded(`/reports/helpline${query && `?${query}`}`, [now]);
  useNews((news) => news.resync && state.reload());
  const shown = state.value || span;
  const choose = (/** @type {"from" | "to"} */ name) => (/** @type {any} */ event) =>
    event.target.value && setSpan({ from: shown.from, to: shown.to, [name]: event.target.value });
  return html`<div class="page wide-page stack loose">
    <h1>${t("tab.supervision")}</h1>
    <${Loaded} state=${state}>${(/** @type {any} */ report) => html`
      <${LoadNow} load=${report.now} />
      <section class="stack" aria-labelledby="period">
        <div class="row between wrap"><h2 id="period">${t("supervision.period")}</h2>
          <div class="row wrap span-choice">
            <${Field} id="from" label=${t("supervision.from")}><input type="date" value=${report.from} max=${report.to} onChange=${choose("from")} /><//>
            <${Field} id="to" label=${t("supervision.to")}><input type="date" value=${report.to} min=${report.from} onChange=${choose("to")} /><//>
            <${Csv} from=${report.from} to=${report.to} />
          </div></div>
        ${state.error ? html`<p class="notice bad" role="alert">${problemText(state.error)}</p>` : null}
        <${Figures} total=${report.total} />
        <${Days} days=${report.days} />
        <p class="small muted">${t("supervision.timezone", { zone: report.timezone })}</p>
      </section>`}<//>
  </div>`;
}

function Csv({ from, to }) {
  const { busy, error, run } = useAction(async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await call("GET", `/reports/helpline.csv?from=${from}&to=${to}`));
    link.download = `helpline_${from}_${to}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  return html`<button class="button quiet" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="18" />${t("supervision.csv")}</button>
    ${error ? html`<p class="notice bad" role="alert">${problemText(error)}</p>` : null}`;
}
