/** Who waits on the telephone, and who is to be called back. Answering rings the telephone of whoever answers. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Field } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { keep, kept } from "../../shared/keep.js";
import { Empty, Loaded, problemText, useLoaded } from "../../shared/loading.js";
import { html, useEffect, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { useNow, lasting } from "../clockwork.js";
import { useKeys } from "../keys.js";
import { isAboutCalls, useNews } from "../live.js";
import { worded } from "../naming.js";

const NO_TELEPHONE = "calls.no_telephone";

export function Calls({ context }) {
  const [phone, setPhone] = useState("");
  useEffect(() => void kept("telephone").then((before) => before && setPhone(before)), []);
  useKeys({ "?": context.openHelp }, context.shortcuts);
  const change = (/** @type {string} */ number) => {
    setPhone(number);
    keep("telephone", number);
  };
  const tools = { me: context.me, phone };
  return html`<div class="page stack loose">
    <div class="row between wrap"><h1>${t("tab.calls")}</h1>
      ${context.me.role === "admin"
        ? null
        : html`<${Field} id="telephone" label=${t("calls.telephone")} hint=${t("calls.telephone_hint")}>
            <input type="tel" inputmode="tel" autocomplete="tel" value=${phone} onInput=${(/** @type {any} */ event) => change(event.target.value)} /><//>`}</div>
    <div class="two-panels"><${Waiting} calls=${context.inbox.calls} tools=${tools} /><${CallBacks} tools=${tools} /></div>
  </div>`;
}

/** Rings my telephone for one caller; says what is missing when it cannot. @param {{phone: string}} tools @param {() => void} onRung */
function useRinging(tools, onRung) {
  const ringing = useAction(async (/** @type {string} */ path) => {
    const rung = await call("POST", path, { body: tools.phone.trim() ? { phone: tools.phone.trim() } : {} });
    onRung();
    if (rung.case_id) location.hash = `#/cases/${rung.case_id}`;
  });
  useEffect(() => {
    if (ringing.error?.reason === NO_TELEPHONE) document.getElementById("telephone")?.focus();
  }, [ringing.error]);
  return ringing;
}

/** What may be done with something of this desk. @param {{role: string}} me @param {{desk: string}} one */
function mayAnswer(me, one) {
  return me.role === "doctor" || (me.role === "agent" && one.desk === "helpline");
}

function Waiting({ calls, tools }) {
  const now = useNow(1000);
  return html`<section class="stack snug" aria-labelledby="waiting"><h2 id="waiting">${t("calls.waiting")}</h2>
    <${Loaded} state=${calls}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush">${items.map((/** @type {any} */ one) => html`<${WaitingCall} key=${one.id} one=${one} now=${now} tools=${tools} onRung=${calls.reload} />`)}</ul>`
        : html`<${Empty} icon="phone" text=${t("calls.none")} />`}<//>
  </section>`;
}

function WaitingCall({ one, now, tools, onRung }) {
  const { busy, error, run } = useRinging(tools, onRung);
  const waited = (now - new Date(one.entered_at).getTime()) / 1000;
  return html`<li class=${`list-row top ${one.emergency ? "urgent-row" : ""}`}>
    <span class="position figures"><span class="visually-hidden">${t("calls.position")} </span>${one.position}</span>
    <div class="grow"><${Caller} one=${one} /><${Trouble} error=${error} /></div>
    <div class="end stack tight"><span class="figures" role="timer" aria-label=${t("calls.waited")}>${lasting(waited)}</span>
      ${one.ringing ? html`<span class="badge">${t("calls.ringing")}</span>` : null}
      ${mayAnswer(tools.me, one) && !one.ringing
        ? html`<button class="button" disabled=${busy} onClick=${() => run(`/desk/calls/${one.id}/answer`)}><${Icon} name="phone" size="18" />${t("calls.answer")}</button>`
        : null}</div>
  </li>`;
}

function Caller({ one }) {
  return html`<strong class="block">${one.member?.name || one.phone_masked || t("calls.unknown")}</strong>
    <span class="marks">${one.emergency ? html`<span class="badge bad">${t("calls.emergency")}</span>` : null}
      <span class="badge">${t(`desk.${one.desk}`)}</span><span class="tag">${worded("language", one.language)}</span>
      ${one.case_id ? html`<a class="small" href=${`#/cases/${one.case_id}`}>${t("calls.open_case", { number: one.case_number || "" })}</a>` : null}</span>`;
}

function Trouble({ error }) {
  return error ? html`<span class="block small urgent" role="alert">${problemText(error)}</span>` : null;
}

function CallBacks({ tools }) {
  const state = useLoaded("/desk/callbacks");
  useNews((news) => isAboutCalls(news) && state.reload());
  return html`<section class="stack snug" aria-labelledby="callbacks"><h2 id="callbacks">${t("calls.callbacks")}</h2>
    <${Loaded} state=${state}>${(/** @type {any} */ { items }) =>
      items.length
        ? html`<ul class="panel flush">${items.map((/** @type {any} */ one) => html`<${CallBack} key=${one.id} one=${one} tools=${tools} onDone=${state.reload} />`)}</ul>`
        : html`<${Empty} icon="check" text=${t("calls.no_callbacks")} />`}<//>
  </section>`;
}

function CallBack({ one, tools, onDone }) {
  const ringing = useRinging(tools, onDone);
  const ending = useAction(async () => {
    await call("POST", `/desk/callbacks/${one.id}/done`, { body: {} });
    onDone();
  });
  const busy = ringing.busy || ending.busy;
  return html`<li class="list-row top"><div class="grow"><${Caller} one=${one} />
      <span class="block small muted">${t("calls.due", { at: dateTime(one.due_from, language()) })} · ${t("calls.attempts", { count: one.attempts })}</span>
      <${Trouble} error=${ringing.error || ending.error} /></div>
    ${mayAnswer(tools.me, one)
      ? html`<div class="end stack tight"><button class="button" disabled=${busy} onClick=${() => ringing.run(`/desk/callbacks/${one.id}/attempt`)}><${Icon} name="phone" size="18" />${t("calls.attempt")}</button>
          <button class="button quiet" disabled=${busy} onClick=${() => ending.run()}>${t("calls.done")}</button></div>`
      : null}
  </li>`;
}
