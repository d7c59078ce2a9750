/**
 * The only place of the pages that speaks HTTP. Adds the token and the language, renews an ended access
 * token once, and turns every failure into an ApiError with the API's stable reason.
 */
import { forget, keep, kept } from "./keep.js";

const BASE = "/api/v1";

/** A refusal of the API, or `network.offline` when nothing answered. */
export class ApiError extends Error {
  /** @param {{code: number, reason: string, message: string, errors?: any}} body */
  constructor(body) {
    super(body.message);
    this.code = body.code;
    this.reason = body.reason;
    this.errors = body.errors || {};
  }

  /** Nothing answered: the same request may be tried again. */
  get offline() {
    return this.reason === "network.offline";
  }
}

const state = {
  slug: "",
  language: "en",
  accessToken: /** @type {string | null} */ (null),
  renewal: /** @type {Promise<boolean> | null} */ (null),
  onSignedOut: () => {},
};

/** @param {{slug?: string, language?: string, onSignedOut?: () => void}} options */
export function configure(options) {
  Object.assign(state, options);
}

/** A key that makes the retry of a creating request safe. */
export function newKey() {
  return crypto.randomUUID();
}

/**
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {{body?: any, form?: FormData, key?: string, anonymous?: boolean, signal?: AbortSignal}} [options]
 */
export async function call(method, path, options = {}) {
  if (!options.anonymous && !state.accessToken) await renew();
  let answer = await send(method, path, options);
  if (answer.status === 401 && !options.anonymous && (await renew())) {
    answer = await send(method, path, options);
  }
  if (answer.status === 401 && !options.anonymous) await signedOut();
  return read(answer);
}

/** @param {string} method @param {string} path @param {any} options @returns {Promise<Response>} */
async function send(method, path, options) {
  /** @type {Record<string, string>} */
  const headers = { "Accept-Language": state.language };
  if (state.accessToken && !options.anonymous) headers.Authorization = `Bearer ${state.accessToken}`;
  if (options.key) headers["Idempotency-Key"] = options.key;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(path.startsWith("/c/") ? path : BASE + path, {
      method,
      headers,
      body: options.form || (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
      cache: "no-store",
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError({ code: 0, reason: "network.offline", message: "" });
  }
}

/** @param {Response} answer */
async function read(answer) {
  if (answer.status === 204) return null;
  const type = answer.headers.get("Content-Type") || "";
  if (answer.ok) return type.includes("json") ? answer.json() : answer.blob();
  const body = type.includes("json") ? await answer.json() : {};
  throw new ApiError({ code: answer.status, reason: "internal", message: "", ...body });
}

/** Renew the access token with the kept refresh token; several callers share one renewal. */
function renew() {
  state.renewal ||= (async () => {
    const refresh = await kept("refresh_token");
    if (!refresh) return false;
    const answer = await send("POST", "/sign-in/refresh", { body: { refresh_token: refresh }, anonymous: true });
    if (!answer.ok) {
      if (answer.status === 401) await signedOut();
      return false;
    }
    await accept(await answer.json());
    return true;
  })().finally(() => {
    state.renewal = null;
  });
  return state.renewal;
}

/** @param {{access_token: string, refresh_token: string}} tokens */
async function accept(tokens) {
  state.accessToken = tokens.access_token;
  await keep("refresh_token", tokens.refresh_token);
}

async function signedOut() {
  state.accessToken = null;
  await forget();
  state.onSignedOut();
}

/** @param {string} phone @param {"sms" | "whatsapp"} channel */
export function requestCode(phone, channel) {
  return call("POST", "/sign-in/code", { body: { client: state.slug, phone, channel }, anonymous: true });
}

/** @param {string} phone @param {string} code */
export async function signIn(phone, code) {
  await accept(await call("POST", "/sign-in", { body: { client: state.slug, phone, code }, anonymous: true }));
}

/** Ends the session on the server when it can be reached, and on this device in any case. */
export async function signOut() {
  try {
    await call("POST", "/sign-out", { body: {} });
  } finally {
    await signedOut();
  }
}

/** Whether somebody signed in on this device before. */
export async function remembered() {
  return Boolean(await kept("refresh_token"));
}
