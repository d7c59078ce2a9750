/**
 * Inside an app of the stores: what a tap on a push or a link opens. The shell that holds the page tells it here; in a browser
 * there is nothing to hear. A push of another client and a link to another client's app are answered by the app itself.
 */

/** The page behind `#` that a push opens: it names its client and whose message it is. @param {any} data */
export function pageOfPush(data) {
  const place = data?.notification ? `/told/${data.notification}` : data?.link;
  return data?.client && place ? `#/open/${data.client}${place}` : "#/inbox";
}

/** @param {string} home the path of this app */
export function listen(home) {
  const plugins = /** @type {any} */ (globalThis).Capacitor?.Plugins;
  plugins?.PushNotifications?.addListener("pushNotificationActionPerformed", (/** @type {any} */ tapped) => {
    location.hash = pageOfPush(tapped.notification?.data);
  });
  plugins?.App?.addListener("appUrlOpen", (/** @type {{url: string}} */ { url }) => {
    const address = new URL(url, location.href);
    if (address.origin !== location.origin) return;
    if (address.pathname === home) location.hash = address.hash || "#/";
    else location.assign(address.href);
  });
}
