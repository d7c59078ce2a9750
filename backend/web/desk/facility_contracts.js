/** What is agreed with a facility: contracts with their price lists, and the client's networks it is in. */
import { money } from "../shared/format.js";
import { Loaded, useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";
import { AskDialog } from "./ask_dialog.js";
import { Dialog } from "./dialog.js";
import { Period } from "./pages/facility.js";

export function Contracts({ provider }) {
  const contracts = useLoaded(`/providers/${provider.id}/contracts`, [provider.id]);
  const networks = useLoaded(`/providers/${provider.id}/networks`, [provider.id]);
  const [asking, setAsking] = useState(false);
  return html`<section class="stack snug" aria-labelledby="contracts"><div class="row between wrap"><h2 id="contracts">${t("network.contracts")}</h2>
      <button class="button quiet" onClick=${() => setAsking(true)}>${t("network.sign")}</button></div>
    <${Loaded} state=${contracts}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="stack snug">${items.map((/** @type {any} */ one) => html`<li key=${one.id}><${Contract} one=${one} onChanged=${contracts.reload} onJoined=${networks.reload} /></li>`)}</ul>`
        : html`<p class="muted">${t("network.no_contracts")}</p>`}<//>
    <h2>${t("network.networks")}</h2>
    <${Loaded} state=${networks}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush" aria-label=${t("network.networks")}>${items.map((/** @type {any} */ one) => html`<li class="list-row" key=${one.id}><strong class="grow">${one.network}</strong><${Period} from=${one.valid_from} until=${one.valid_until} /></li>`)}</ul>`
        : html`<p class="muted">${t("network.no_networks")}</p>`}<//>
    ${asking ? html`<${AskDialog} title=${t("network.sign")} purpose=${`contract:${provider.id}`} path=${`/providers/${provider.id}/contracts`} fields=${newContract()} onClose=${() => setAsking(false)} onDone=${contracts.reload} />` : null}
  </section>`;
}

function newContract() {
  return [
    { name: "number", label: t("network.number"), longest: 60 },
    { name: "valid_from", label: t("network.from"), kind: "day" },
    { name: "valid_until", label: t("network.until"), kind: "day", optional: true },
    { name: "cashless", label: t("network.cashless"), kind: "yes", start: true },
    { name: "edc_available", label: t("network.terminal"), kind: "yes", start: true },
    { name: "common", label: t("network.common"), kind: "yes", start: true },
  ];
}

function Contract({ one, onChanged, onJoined }) {
  const [asking, setAsking] = useState(/** @type {"end" | "suspend" | "join" | null} */ (null));
  const at = `/provider-contracts/${one.id}`;
  const asked = {
    end: { title: t("network.end"), path: at, method: "PATCH", done: onChanged, fields: [{ name: "valid_until", label: t("network.until"), kind: "day", optional: true, start: one.valid_until || "" }, { name: "end_reason", label: t("network.end_reason"), optional: true, longest: 500, start: one.end_reason || "" }] },
    suspend: { title: t("network.suspend"), path: at, method: "PATCH", done: onChanged, fields: [{ name: "suspended_from", label: t("network.suspended_from"), hint: t("network.suspend_hint"), kind: "day", optional: true, start: one.suspended_from || "" }] },
    join: { title: t("network.join"), path: `${at}/networks`, method: "POST", done: onJoined, fields: [{ name: "network", label: t("network.network"), longest: 60 }, { name: "valid_from", label: t("network.from"), kind: "day", start: one.valid_from }, { name: "valid_until", label: t("network.until"), kind: "day", optional: true }] },
  };
  const question = asking && asked[asking];
  return html`<div class="panel stack snug">
    <p class="row between wrap"><strong>${one.number}</strong><${Period} from=${one.valid_from} until=${one.valid_until} /></p>
    <p class="row wrap"><span class="badge">${t(one.common ? "network.of_all" : "network.of_client")}</span>
      <span class=${`badge ${one.cashless ? "good" : "warn"}`}>${t(one.cashless ? "network.pays_cashless" : "network.pays_first")}</span>
      ${one.cashless && !one.edc_available ? html`<span class="badge warn">${t("network.no_terminal")}</span>` : null}
      ${one.suspended_from ? html`<span class="badge bad">${t("network.is_suspended")}</span>` : null}</p>
    ${one.end_reason ? html`<p class="muted small">${one.end_reason}</p>` : null}
    <${PriceLists} contract=${one} />
    <div class="row wrap">${Object.entries(asked).map(([name, { title }]) => html`<button class="button quiet" onClick=${() => setAsking(/** @type {any} */ (name))}>${title}</button>`)}</div>
    ${question ? html`<${AskDialog} title=${question.title} purpose=${`${asking}:${one.id}`} path=${question.path} method=${question.method} fields=${question.fields} onClose=${() => setAsking(null)} onDone=${question.done} />` : null}
  </div>`;
}

function PriceLists({ contract }) {
  const state = useLoaded(`/provider-contracts/${contract.id}/tariffs`, [contract.id]);
  const [open, setOpen] = useState(/** @type {any} */ (null));
  return html`<${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
    items.length
      ? html`<ul class="row wrap" aria-label=${t("network.price_lists")}>${items.map((/** @type {any} */ list) => html`<li key=${list.id}><button class="button plain" onClick=${() => setOpen(list)}>${t("network.price_list", { number: list.number, count: list.lines })}</button> <${Period} from=${list.valid_from} until=${null} /></li>`)}</ul>`
      : html`<p class="muted small">${t("network.no_prices")}</p>`}<//>
    ${open ? html`<${Prices} contract=${contract} list=${open} onClose=${() => setOpen(null)} />` : null}`;
}

function Prices({ contract, list, onClose }) {
  const [after, setAfter] = useState({ after: "", after_room: "" });
  const state = useLoaded(`/provider-contracts/${contract.id}/tariffs/${list.number}?${new URLSearchParams({ ...after, limit: "50" })}`);
  return html`<${Dialog} title=${t("network.price_list", { number: list.number, count: list.lines })} wide onClose=${onClose}>
    <${Loaded} state=${state}>${(/** @type {any} */ page) => html`
      <div class="panel flush table-box" tabindex="0" role="region" aria-label=${t("network.prices")}><table>
        <thead><tr><th scope="col">${t("network.service")}</th><th scope="col">${t("network.name")}</th><th scope="col">${t("network.room_code")}</th><th scope="col" class="number">${t("network.price")}</th></tr></thead>
        <tbody>${page.items.map((/** @type {any} */ line) => html`<tr key=${`${line.service_code}/${line.room_class}`}><th scope="row">${line.service_code}</th><td>${line.name}${line.contents ? html`<span class="block small muted">${Object.entries(line.contents).map(([code, count]) => `${count} × ${code}`).join(", ")}</span>` : null}</td><td>${line.room_class || "–"}</td><td class="number">${money(line.amount, language())}</td></tr>`)}</tbody></table></div>
      ${page.next_after === null ? null : html`<button class="button quiet" onClick=${() => setAfter({ after: page.next_after, after_room: page.next_after_room })}>${t("network.next_prices")}</button>`}`}<//>
  <//>`;
}
