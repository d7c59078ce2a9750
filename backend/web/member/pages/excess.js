/** One excess: how much, what for, until when, where to pay; in parts or not agreed to. */
import { settled, useAction, useDraft } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { save } from "../../shared/download.js";
import { Field, FormProblem } from "../../shared/form.js";
import { date, money } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { Until } from "../open_excess.js";

const written = (/** @type {any} */ amount) => money(amount, language());
const day = (/** @type {string} */ iso) => date(iso, language());

export function Excess({ excessId }) {
  const state = useLoaded(`/excess/${excessId}`);
  const [newer, setNewer] = useState(/** @type {any} */ (null));
  return html`<${Loaded} state=${state}>${(/** @type {any} */ loaded) => html`<${Shown} one=${newer || loaded} onChanged=${setNewer} />`}<//>`;
}

function Shown({ one, onChanged }) {
  const open = one.state === "open";
  return html`<div class="stack">
    <section class="panel stack tight">
      <div class="row"><span class="grow muted small">${one.number}</span><${Until} one=${one} /></div>
      <p class="muted small">${t("excess.open")}</p><p class="figure">${written(one.open)}</p>
      <p class="muted small">${t("excess.of", { amount: written(one.amount), paid: written(one.paid) })}</p>
    </section>
    ${one.stopped_card ? html`<p class="notice bad"><${Icon} name="card" size="20" /><span>${t("excess.card_stopped")}</span></p>` : null}
    <div role="status">${open ? null : html`<p class=${`notice ${one.state === "disputed" ? "warn" : "good"}`}>${t(`excess.state.${one.state}`)}</p>`}</div>
    ${one.instalments.length ? html`<section class="stack tight"><h2>${t("excess.parts")}</h2><ul class="panel flush">${one.instalments.map((/** @type {any} */ part) => html`<li class="list-row" key=${part.due_on}><span class="grow">${day(part.due_on)}</span><strong>${written(part.amount)}</strong></li>`)}</ul></section>` : null}
    <section class="stack tight"><h2>${t("excess.positions")}</h2><ul class="panel flush">${one.items.map((/** @type {any} */ item) => html`<li class="list-row"><span class="grow">${item.description}<span class="muted small block">${item.why}</span></span><strong>${written(item.amount)}</strong></li>`)}</ul></section>
    ${open && one.pay_to ? html`<${PayTo} one=${one} />` : null}
    ${one.dispute ? html`<section class="panel stack tight"><h2>${t("excess.your_words")}</h2><p class="said">${one.dispute}</p>${one.outcome ? html`<h2>${t("excess.our_answer")}</h2><p class="said">${one.outcome}</p>` : null}</section>` : null}
    <${Letter} one=${one} />
    ${open ? html`<${Objection} one=${one} onDone=${onChanged} />` : null}
    <div class="panel flush">
      ${open && !one.instalments.length ? html`<a class="list-row" href="#/chat"><${Icon} name="clock" /><span class="grow">${t("excess.parts_ask")}</span><${Icon} name="next" size="18" /></a>` : null}
      <a class="list-row" href="#/chat"><${Icon} name="chat" /><span class="grow">${t("excess.person")}</span><${Icon} name="next" size="18" /></a></div>
  </div>`;
}

function PayTo({ one }) {
  const { bank, account_number: number, holder_name: holder } = one.pay_to;
  return html`<section class="panel stack tight"><h2>${t("excess.pay_to")}</h2>
    <dl class="shares"><div><dt>${t("excess.account")}</dt><dd>${bank} ${number}<span class="block">${holder}</span></dd></div>
      <div class="own"><dt>${t("excess.write")}</dt><dd class="whole">${one.number}</dd></div></dl>
    <p class="muted small">${t("excess.write_hint")}</p></section>`;
}

function Letter({ one }) {
  const { busy, error, run } = useAction(async () => save(await call("GET", `/excess/${one.id}/letter.pdf`), `${one.number}.pdf`));
  return html`<div class="stack tight"><button class="button quiet wide" disabled=${busy} onClick=${() => run()}><${Icon} name="download" size="20" />${t("excess.letter")}</button><${FormProblem} error=${error} /></div>`;
}

function Objection({ one, onDone }) {
  const purpose = `excess:${one.id}`;
  const [asked, setAsked] = useState(false);
  const [draft, change] = useDraft(purpose, { words: "" });
  const { busy, error, run } = useAction(async () => {
    const answer = await call("POST", `/excess/${one.id}/dispute`, { body: { words: draft.words.trim() } });
    await settled(purpose);
    onDone(answer);
  });
  if (!asked) return html`<button class="button quiet wide" onClick=${() => setAsked(true)}>${t("excess.object")}</button>`;
  return html`<form class="panel stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
    <p>${t("excess.object_text")}</p>
    <${Field} id="words" label=${t("excess.object_words")}><textarea required maxlength="2000" value=${draft.words} onInput=${(/** @type {any} */ event) => change({ words: event.target.value })} /><//>
    <${FormProblem} error=${error} />
    <button class="button wide" disabled=${busy || !draft.words.trim()}>${t("excess.object_send")}</button></form>`;
}
