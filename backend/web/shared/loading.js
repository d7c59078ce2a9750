/** Loading a page's data: the value, or a spinner, or what went wrong with a way to try again. */
import { ApiError, call } from "./api.js";
import { Icon } from "./icons.js";
import { html, useCallback, useEffect, useState } from "./view.js";
import { t } from "./words.js";

/**
 * @param {string} path below /api/v1; an empty one loads nothing
 * @param {any[]} [watch] load again when one of these changes
 */
export function useLoaded(path, watch = []) {
  const [state, setState] = useState(/** @type {{value?: any, error?: any}} */ ({}));
  const load = useCallback(() => {
    if (!path) return;
    const control = new AbortController();
    call("GET", path, { signal: control.signal })
      .then((value) => setState({ value }))
      .catch((error) => control.signal.aborted || setState((before) => ({ ...before, error })));
    return () => control.abort();
  }, [path]);
  useEffect(load, [load, ...watch]);
  const reload = () => {
    setState(({ value }) => ({ value }));
    load();
  };
  return { ...state, reload };
}

/** The sentence for a failure, from the API in the reader's language or our own when nothing answered. */
export function problemText(error) {
  if (error instanceof ApiError && error.offline) return t("error.offline");
  return error?.message || t("error.unknown");
}

export function Problem({ error, retry }) {
  return html`<div class="panel stack" role="alert">
    <p class="row"><${Icon} name="alert" /><span>${problemText(error)}</span></p>
    ${retry ? html`<button class="button quiet wide" onClick=${retry}>${t("retry")}</button>` : null}
  </div>`;
}

/** Shows `children(value)` once loaded. */
export function Loaded({ state, children }) {
  if (state.value !== undefined) return children(state.value);
  if (state.error) return html`<${Problem} error=${state.error} retry=${state.reload} />`;
  return html`<div class="spinner" role="status"><span class="visually-hidden">${t("loading")}</span></div>`;
}

export function Empty({ icon, text, action }) {
  return html`<div class="panel empty stack">
    <span class="disc large"><${Icon} name=${icon} size="32" /></span>
    <p class="muted">${text}</p>
    ${action}
  </div>`;
}
