/**
 * The only place of the pages that speaks HTTP. Adds the token and the language, renews an ended access
 * token once, and turns every failure into an ApiError with the API's stable reason.
 */
import { forget, keep, kept, UNSENT } from "./keep.js";
import { sent } from "./transport.js";

const PATIENCE_MS = 30_000;
const UPLOAD_PATIENCE_MS = 180_000;

/** A refusal of the API, or `network.offline` when nothing answered. */
export class ApiError extends Error {
  /** @param {{code: number, reason: string, message: string, errors?: any}} body */
  constructor(body) {
    super(body.message);
    this.code = body.code;
    this.reason = body.reason;
    this.errors = body.errors || {};
  }

  /** The names of the fields that the API could not read. */
  get fields() {
    return Object.values(this.errors).flatMap((part) => (part && typeof part === "object" ? Object.keys(part) : []));
  }

  /** Nothing answered: the same request may be tried again. */
  get offline() {
    return this.reason === "network.offline";
  }
}

const state = {
  base: "/api/v1",
  /** A preview: nobody is signed in, and whoever has the link may ask. */
  preview: false,
  slug: "",
  language: "en",
  accessToken: /** @type {string | null} */ (null),
  renewal: /** @type {Promise<boolean> | null} */ (null),
  onSignedOut: (/** @type {boolean} */ _expired) => {},
};

/** @param {{base?: string, preview?: boolean, slug?: string, language?: string, onSignedOut?: (expired: boolean) => void}} options */
export function configure(options) {
  Object.assign(state, options);
}

/** A key that makes the retry of a creating request safe. */
export const newKey = () => crypto.randomUUID();

/**
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {{body?: any, form?: FormData, key?: string, anonymous?: boolean, signal?: AbortSignal,
 *   onProgress?: (share: number) => void}} [options]
 */
export async function call(method, path, options = {}) {
  const anonymous = options.anonymous || state.preview;
  if (!anonymous && !state.accessToken) await renew();
  let answer = await send(method, path, options);
  if (answer.status === 401 && !anonymous && (await renew())) {
    answer = await send(method, path, options);
  }
  if (answer.status === 401 && !anonymous) await signedOut(true);
  return read(answer);
}

/** @param {string} method @param {string} path @param {any} options @returns {Promise<Response>} */
async function send(method, path, options) {
  /** @type {Record<string, string>} */
  const headers = { "Accept-Language": state.language };
  if (state.accessToken && !options.anonymous) headers.Authorization = `Bearer ${state.accessToken}`;
  if (options.key) headers["Idempotency-Key"] = options.key;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), options.form ? UPLOAD_PATIENCE_MS : PATIENCE_MS);
  options.signal?.addEventListener("abort", () => control.abort(), { once: true });
  try {
    const body = options.form || (options.body === undefined ? undefined : JSON.stringify(options.body));
    return await sent(state.base + path, { method, headers, body, signal: control.signal, cache: "no-store" }, options.onProgress);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError({ code: 0, reason: "network.offline", message: "" });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Something published at an address of its own; null when it is what `tag` names already.
 * @param {string} address @param {string | null | undefined} tag
 * @returns {Promise<{tag: string | null, value: any} | null>}
 */
export async function published(address, tag) {
  const answer = await fetch(address, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
  if (answer.status === 304) return null;
  return { tag: answer.headers.get("ETag"), value: await read(answer) };
}

/** @param {Response} answer */
async function read(answer) {
  if (answer.status === 204) return null;
  const type = answer.headers.get("Content-Type") || "";
  if (answer.ok) return type.includes("json") ? answer.json() : answer.blob();
  const body = type.includes("json") ? await answer.json() : {};
  throw new ApiError({ code: answer.status, reason: "internal", message: "", ...body });
}

/** Renew the access token with the kept refresh token; all callers, in all tabs, share one renewal at a time. */
function renew() {
  state.renewal ||= Promise.resolve(navigator.locks.request(`careline:${state.slug}:renewal`, renewOnce)).finally(() => {
    state.renewal = null;
  });
  return state.renewal;
}

/** @returns {Promise<boolean>} false when nobody is signed in; throws when the server cannot say */
async function renewOnce() {
  const access = await kept("access");
  if (access && access.token !== state.accessToken && access.until > Date.now()) {
    state.accessToken = access.token; // another tab, or this one before a reload
    return true;
  }
  const refresh = await kept("refresh_token");
  if (!refresh) return false;
  // The key stays with its token: who asks again because the answer was lost gets the same one.
  const key = await kept("renewal_key");
  const answer = await send("POST", "/sign-in/refresh", { body: { refresh_token: refresh }, key, anonymous: true });
  if (answer.status === 401) return false;
  await accept(await read(answer));
  return true;
}

/** @param {{access_token: string, refresh_token: string, expires_in: number, device_key?: string}} tokens */
async function accept(tokens) {
  state.accessToken = tokens.access_token;
  await keep("refresh_token", tokens.refresh_token);
  await keep("renewal_key", newKey());
  await keep("access", { token: tokens.access_token, until: Date.now() + (tokens.expires_in - 30) * 1000 });
  if (tokens.device_key) await keep("device_key", tokens.device_key);
}

/** @param {boolean} expired the session ended on its own */
async function signedOut(expired) {
  state.accessToken = null;
  await forget(expired ? UNSENT : undefined);
  state.onSignedOut(expired);
}

/** @param {any} body */
async function asThisDevice(body) {
  const key = await kept("device_key");
  return { client: state.slug, ...body, ...(key ? { device_key: key } : {}) };
}

/** @param {string} phone @param {"sms" | "whatsapp"} channel */
export async function requestCode(phone, channel) {
  await call("POST", "/sign-in/code", { body: await asThisDevice({ phone, channel }), anonymous: true });
}

/** @param {string} phone @param {string} code */
export async function signIn(phone, code) {
  await accept(await call("POST", "/sign-in", { body: await asThisDevice({ phone, code }), anonymous: true }));
}

/**
 * Staff: e-mail, password, and what else the API asks for (one_time_code, new_password).
 * @param {{email: string, password: string, one_time_code?: string, new_password?: string}} proof
 */
export async function signInStaff(proof) {
  await accept(await call("POST", "/staff/sign-in", { body: proof, anonymous: true }));
}

/** Staff: goes on at another client; the session at the present one ends. @param {string} slug */
export async function switchClient(slug) {
  await accept(await call("POST", "/staff/client", { body: { client: slug } }));
}

/** Ends the session on the server when it can be reached, and on this device in any case. */
export async function signOut() {
  try {
    await call("POST", "/sign-out", { body: {} });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  } finally {
    await signedOut(false);
  }
}

/** Ends every session of the member; this device forgets only when the server has ended them. */
export const signOutEverywhere = () => call("POST", "/sign-out/everywhere").then(() => signedOut(false));

/** Whether somebody signed in on this device before. */
export async function remembered() {
  return state.preview || Boolean(await kept("refresh_token"));
}
