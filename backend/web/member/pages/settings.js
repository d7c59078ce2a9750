/** How the member is told things, and the phones and browsers that are signed in. */
import { useAction } from "../../shared/action.js";
import { call, signOutEverywhere } from "../../shared/api.js";
import { dateTime } from "../../shared/format.js";
import { Field, FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { Loaded, useLoaded } from "../../shared/loading.js";
import { html, useRef, useState } from "../../shared/view.js";
import { language, t } from "../../shared/words.js";
import { PushHere } from "../push.js";

const CHANNELS = ["push", "whatsapp", "sms", "mail"];
const TOPICS = ["card", "plan", "claims", "complaints", "helpline"];

export function Settings({ context }) {
  const address = `/members/${context.me.member_id}/notification-preferences`;
  const preference = useLoaded(address);
  const devices = useLoaded("/me/devices");
  return html`<div class="stack loose">
    <${Loaded} state=${preference}>${(/** @type {any} */ value) => html`<${Telling} start=${value} address=${address} />`}<//>
    <${PushHere} context=${context} />
    <${Loaded} state=${devices}>${(/** @type {any} */ value) => html`<${Devices} start=${value.items} />`}<//>
  </div>`;
}

/** @param {string[]} list @param {string} item @param {boolean} holds */
function changed(list, item, holds) {
  const others = list.filter((other) => other !== item);
  return holds ? [...others, item] : others;
}

/**
 * What is changed shows at once and is kept one change after the other: two quick taps lose nothing.
 * @param {any} start @param {string} address
 */
function useKept(start, address) {
  const wanted = useRef(start);
  const last = useRef(Promise.resolve());
  const [value, setValue] = useState(start);
  const [error, setError] = useState(/** @type {any} */ (null));
  const show = (/** @type {any} */ next) => setValue((wanted.current = next));
  const run = (/** @type {any} */ change) => {
    show({ ...wanted.current, ...change });
    last.current = last.current.then(async () => {
      try {
        await call("PUT", address, { body: wanted.current });
        setError(null);
      } catch (refusal) {
        setError(refusal);
        await call("GET", address).then(show, () => {});
      }
    });
  };
  return { value, error, run };
}

function Telling({ start, address }) {
  const { value, error, run } = useKept(start, address);
  const quiet = (/** @type {string} */ name) => (/** @type {any} */ event) => run({ [name]: event.target.value || null });
  return html`<section class="panel stack" aria-labelledby="telling">
    <h2 id="telling">${t("settings.telling")}</h2>
    <p class="muted small">${t("settings.inbox_always")}</p>
    <fieldset class="choices"><legend>${t("settings.channels")}</legend>
      ${CHANNELS.map(
        (name) => html`<label class="choice" key=${name}><input type="checkbox" checked=${value.channels.includes(name)}
          onChange=${(/** @type {any} */ event) => run({ channels: changed(value.channels, name, event.target.checked) })} /><span>${t(`settings.channel.${name}`)}</span></label>`,
      )}</fieldset>
    <fieldset class="choices"><legend>${t("settings.topics")}</legend>
      <label class="choice"><input type="checkbox" checked disabled /><span>${t("settings.topic.security")}</span></label>
      <p class="muted small">${t("settings.security_always")}</p>
      ${TOPICS.map(
        (name) => html`<label class="choice" key=${name}><input type="checkbox" checked=${!value.muted.includes(name)}
          onChange=${(/** @type {any} */ event) => run({ muted: changed(value.muted, name, !event.target.checked) })} /><span>${t(`settings.topic.${name}`)}</span></label>
          ${value.muted.includes(name) ? null : html`<${Ways} key=${`ways-${name}`} name=${name} unwanted=${value.unwanted} run=${run} />`}`,
      )}</fieldset>
    <div class="pair">
      <${Field} id="quiet_from" label=${t("settings.quiet_from")}><input type="time" value=${value.quiet_from || ""} onChange=${quiet("quiet_from")} /><//>
      <${Field} id="quiet_until" label=${t("settings.quiet_until")}><input type="time" value=${value.quiet_until || ""} onChange=${quiet("quiet_until")} /><//>
    </div>
    <${FormProblem} error=${error} />
  </section>`;
}

/** One topic by some ways only; drawn when somebody opens it. */
function Ways({ name, unwanted, run }) {
  const [open, setOpen] = useState(false);
  const silent = unwanted[name] || [];
  const change = (/** @type {string} */ channel, /** @type {boolean} */ wanted) => run({ unwanted: { ...unwanted, [name]: changed(silent, channel, !wanted) } });
  return html`<details onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
    <summary class="small">${t("settings.by_topic", { topic: t(`settings.topic.${name}`) })}</summary>
    ${open
      ? html`<fieldset class="choices"><legend class="visually-hidden">${t(`settings.topic.${name}`)}</legend>${CHANNELS.map(
          (channel) => html`<label class="choice" key=${channel}><input type="checkbox" checked=${!silent.includes(channel)}
            onChange=${(/** @type {any} */ event) => change(channel, event.target.checked)} /><span>${t(`settings.channel.${channel}`)}</span></label>`,
        )}</fieldset>`
      : null}
  </details>`;
}

function Devices({ start }) {
  const [items, setItems] = useState(start);
  const { busy, error, run } = useAction(async (/** @type {any[]} */ gone) => {
    for (const device of gone) await call("DELETE", `/me/devices/${device.id}`);
    setItems((await call("GET", "/me/devices")).items);
  });
  const everywhere = useAction(signOutEverywhere);
  const others = items.filter((/** @type {any} */ device) => device.signed_in && !device.current);
  return html`<section class="stack tight" aria-labelledby="devices">
    <h2 id="devices">${t("settings.devices")}</h2>
    <div class="panel flush">${items.map(
      (/** @type {any} */ device) => html`<div class="list-row" key=${device.id}><${Icon} name="phone" />
        <span class="grow"><strong>${device.label}</strong><span class="muted small block">${device.current ? t("settings.this_device") : t("settings.last_seen", { at: dateTime(device.last_seen_at, language()) })}</span></span>
        ${device.signed_in && !device.current
          ? html`<button class="button plain" disabled=${busy} onClick=${() => run([device])}>${t("profile.sign_out")}<span class="visually-hidden"> ${device.label}</span></button>`
          : null}</div>`,
    )}</div>
    <${FormProblem} error=${error} />
    ${others.length ? html`<button class="button danger wide" disabled=${busy} onClick=${() => run(others)}>${t("settings.sign_out_others")}</button>` : null}
    <p class="muted small">${t("settings.unknown_device")}</p>
    <${FormProblem} error=${everywhere.error} />
    <button class="button danger wide" disabled=${everywhere.busy} onClick=${() => everywhere.run()}>${t("settings.sign_out_everywhere")}</button>
    <p class="muted small">${t("settings.sign_out_everywhere_text")}</p>
  </section>`;
}
