/**
 * Inside an app of the stores: its pushes, and what a tap on one or on a link opens. The shell that holds the page tells it
 * here; in a browser there is nothing to hear. A push of another client and a link to another client's app are answered by
 * the app itself.
 */
import { call, newKey } from "../shared/api.js";

/** The shell's side of the page. @returns {any} */
const shell = () => /** @type {any} */ (globalThis).Capacitor;

/** The page behind `#` that a push opens: it names its client and whose message it is. @param {any} data */
export function pageOfPush(data) {
  const place = data?.notification ? `/told/${data.notification}` : data?.link;
  return data?.client && place ? `#/open/${data.client}${place}` : "#/inbox";
}

/** @param {string} home the path of this app */
export function listen(home) {
  const plugins = shell()?.Plugins;
  plugins?.FirebaseMessaging?.addListener("notificationActionPerformed", (/** @type {any} */ tapped) => {
    location.hash = pageOfPush(tapped.notification?.data);
  });
  plugins?.App?.addListener("appUrlOpen", (/** @type {{url: string}} */ { url }) => {
    const address = new URL(url, location.href);
    if (address.origin !== location.origin) return;
    if (address.pathname === home) location.hash = address.hash || "#/";
    else location.assign(address.href);
  });
}

/**
 * Whoever has signed in gets pushes on this device, once they have agreed: the person is asked one time by the system. Told
 * at every start, as both the device's token and the sign-in that it rings for may be new; without an answer the next start
 * tells it again. @param {string} memberId
 */
export async function takePushes(memberId) {
  const messaging = shell()?.Plugins?.FirebaseMessaging;
  if (!messaging) return;
  try {
    const known = await messaging.checkPermissions();
    const { receive } = known.receive.startsWith("prompt") ? await messaging.requestPermissions() : known;
    if (receive !== "granted") return;
    const { token } = await messaging.getToken();
    const body = { kind: "token", value: token, platform: shell().getPlatform() };
    await call("POST", `/members/${memberId}/devices`, { body, key: newKey() });
  } catch {
    // The inbox is the truth; a push is only its doorbell.
  }
}
