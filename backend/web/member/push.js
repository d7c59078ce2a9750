/** Push in the browser: asked for when there is something to wait for, registered while signed in, silent afterwards. */
import { useAction } from "../shared/action.js";
import { call, newKey } from "../shared/api.js";
import { FormProblem } from "../shared/form.js";
import { Icon } from "../shared/icons.js";
import { drop, keep, kept } from "../shared/keep.js";
import { html, useEffect, useState } from "../shared/view.js";
import { t } from "../shared/words.js";

const POSSIBLE = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** @typedef {"none" | "off" | "on" | "denied"} Push */

async function subscription() {
  const registration = POSSIBLE ? await navigator.serviceWorker.getRegistration() : undefined;
  return (await registration?.pushManager.getSubscription()) || null;
}

/** Whether this browser rings, could, may not, or cannot. @returns {Promise<{push: Push, key: string | null}>} */
async function found() {
  if (!POSSIBLE) return { push: "none", key: null };
  const key = (await call("GET", "/me/push")).public_key;
  if (!key) return { push: "none", key };
  if (Notification.permission === "denied") return { push: "denied", key };
  return { push: (await subscription()) && (await kept("push")) ? "on" : "off", key };
}

/** The browser forgets that it was subscribed: called whenever nobody is signed in any more. */
export async function fallSilent() {
  await (await subscription())?.unsubscribe().catch(() => false);
}

/** A tap on a notification while the app is open. @param {(address: string) => void} go */
export function onTapped(go) {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.open && go(data.open.split("#")[1]));
}

/** @param {string} own the member's id */
function usePush(own) {
  const [state, setState] = useState(/** @type {{push: Push, key: string | null}} */ ({ push: "none", key: null }));
  const look = () => found().then(setState, () => {}); // who cannot be asked offers nothing
  useEffect(() => void look(), []);
  const on = useAction(async () => {
    if ((await Notification.requestPermission()) === "granted") {
      const { pushManager } = await navigator.serviceWorker.ready;
      const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: state.key });
      const { endpoint, keys } = made.toJSON();
      const device = await call("POST", `/members/${own}/devices/web`, { body: { endpoint, p256dh: keys?.p256dh, auth: keys?.auth }, key: newKey() });
      await keep("push", device.id);
    }
    await look();
  });
  const off = useAction(async () => {
    await call("DELETE", `/members/${own}/devices/${await kept("push")}`);
    await drop("push");
    await fallSilent();
    await look();
  });
  return { push: state.push, on, off };
}

/** Where one decides about it at any time. */
export function PushHere({ context }) {
  const { push, on, off } = usePush(context.me.member_id);
  if (push === "none") return null;
  return html`<section class="panel stack snug" aria-labelledby="push"><h2 id="push">${t("push.title")}</h2>
    <p class="small" role="status">${t(push === "on" ? "push.on" : push === "denied" ? "push.denied" : "push.offer")}</p>
    <${FormProblem} error=${on.error || off.error} />
    ${push === "off" ? html`<button class="button wide" disabled=${on.busy} onClick=${() => on.run()}>${t("push.switch_on")}</button>` : null}
    ${push === "on" ? html`<button class="button quiet wide" disabled=${off.busy} onClick=${() => off.run()}>${t("push.switch_off")}</button>` : null}
  </section>`;
}

/** The same question once, where one has begun to wait for news; "not now" is the answer for good on this device. */
export function PushOffer({ context }) {
  const { push, on } = usePush(context.me.member_id);
  const [declined, setDeclined] = useState(true);
  useEffect(() => void kept("push_declined").then((before) => setDeclined(Boolean(before))), []);
  if (push !== "off" || declined) return null;
  const later = () => {
    setDeclined(true);
    keep("push_declined", true);
  };
  return html`<section class="panel stack snug" aria-label=${t("push.title")}>
    <p class="row top"><${Icon} name="bell" /><span>${t("push.offer")}</span></p>
    <${FormProblem} error=${on.error} />
    <div class="pair"><button class="button" disabled=${on.busy} onClick=${() => on.run()}>${t("push.switch_on")}</button>
      <button class="button plain" onClick=${later}>${t("push.later")}</button></div>
  </section>`;
}
