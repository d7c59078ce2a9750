/**
 * Codes read without a connection: base45 of a CBOR Web Token signed with Ed25519 (COSE). The twin of
 * backend/kit/signed_codes.py; tests/web/test_signed_code.py holds the two together.
 */

const PREFIX = "CL1:";
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const SIGN1 = 18;
const DEEPEST = 16;
const TYPE = -70000;

/** The private claims; a card has no type. @type {Record<number, string>} */
const FACTS = {
  [-70001]: "card_number", [-70002]: "name", [-70003]: "plan", [-70004]: "facility", [-70005]: "specialty",
  [-70006]: "service", [-70007]: "visits", [-70008]: "room_class", [-70009]: "from", [-70010]: "urgent", [-70020]: "until",
};

/** @typedef {{type: string, client: string, number: string, signedAt: number, expiresAt: number, facts: Record<string, any>}} SignedCode */
/** @typedef {{code: SignedCode | null, problem: null | "unreadable" | "foreign" | "tampered" | "expired"}} Reading */

/** @param {string} text */
export function isSignedCode(text) {
  return text.startsWith(PREFIX);
}

/**
 * What a code says at a moment; one that is genuine and too old comes with `expired`.
 * @param {string} text @param {{kid: string, x: string}[]} keys @param {number} now milliseconds
 * @returns {Promise<Reading>}
 */
export async function readCode(text, keys, now) {
  if (!isSignedCode(text)) return { code: null, problem: text.trim() ? "foreign" : "unreadable" };
  let parts;
  try {
    parts = signedParts(base45(text.slice(PREFIX.length)));
  } catch {
    return { code: null, problem: "unreadable" };
  }
  const key = keys.find((one) => one.kid === parts.kid);
  if (!key) return { code: null, problem: "foreign" };
  if (!(await isGenuine(parts, key))) return { code: null, problem: "tampered" };
  const code = claimsOf(parts.payload);
  if (!code) return { code: null, problem: "foreign" };
  return { code, problem: code.expiresAt <= now ? "expired" : null };
}

/** How a code stands in the list of those that were stopped. @param {SignedCode} code */
export async function revocationMark(code) {
  const number = code.type === "card" ? code.facts.card_number : code.number;
  const text = new TextEncoder().encode(`${code.type}:${code.client}:${number}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Uint8Array} token */
function signedParts(token) {
  const [message, end] = item(token, 0, 0);
  if (end !== token.length || !message || message.tag !== SIGN1) throw new Error("not a COSE_Sign1");
  const [protectedHead, open, payload, signature] = message.value;
  const head = protectedHead.length ? item(protectedHead, 0, 0)[0] : new Map();
  const kid = head.get(4) || open.get(4);
  return { kid: base64url(kid), head: protectedHead, payload, signature };
}

/** @param {{head: Uint8Array, payload: Uint8Array, signature: Uint8Array}} parts @param {{x: string}} key */
async function isGenuine({ head, payload, signature }, key) {
  const raw = Uint8Array.from(atob(key.x.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const verifier = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  const context = new TextEncoder().encode("Signature1");
  const signed = joined([0x84, 0x60 + context.length], context, bytesHead(head.length), head, [0x40], bytesHead(payload.length), payload);
  return crypto.subtle.verify({ name: "Ed25519" }, verifier, new Uint8Array(signature), signed);
}

/** @param {Uint8Array} payload @returns {SignedCode | null} */
function claimsOf(payload) {
  let claims;
  try {
    claims = item(payload, 0, 0)[0];
  } catch {
    return null;
  }
  if (!(claims instanceof Map) || ![1, 2, 4, 6].every((claim) => claims.has(claim))) return null;
  /** @type {Record<string, any>} */
  const facts = {};
  for (const [claim, fact] of claims) if (claim in FACTS) facts[FACTS[claim]] = fact;
  return {
    type: claims.get(TYPE) || "card", client: claims.get(1), number: claims.get(2),
    expiresAt: claims.get(4) * 1000, signedAt: claims.get(6) * 1000, facts,
  };
}

/** @param {string} text */
function base45(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((letter) => BASE45.indexOf(letter));
    if (group.includes(-1) || group.length === 1) throw new Error("not base45");
    const value = group.reduce((sum, digit, place) => sum + digit * 45 ** place, 0);
    if (value > (group.length === 3 ? 0xffff : 0xff)) throw new Error("not base45");
    bytes.push(...(group.length === 3 ? [value >> 8, value & 0xff] : [value]));
  }
  return Uint8Array.from(bytes);
}

/**
 * One item of CBOR and where the next begins: integers, bytes, text, arrays, maps, tags, true, false and null.
 * @param {Uint8Array} bytes @param {number} at @param {number} depth @returns {[any, number]}
 */
function item(bytes, at, depth) {
  if (at >= bytes.length || depth > DEEPEST) throw new Error("not CBOR");
  const kind = bytes[at] >> 5;
  if (kind === 7) return [simple(bytes[at] & 31), at + 1];
  const [count, start] = argument(bytes, at);
  if (kind === 0) return [count, start];
  if (kind === 1) return [-1 - count, start];
  if (kind === 2 || kind === 3) return [chunk(bytes, start, count, kind === 3), start + count];
  if (kind === 6) {
    const [value, end] = item(bytes, start, depth + 1);
    return [{ tag: count, value }, end];
  }
  return kind === 4 ? list(bytes, start, count, depth) : map(bytes, start, count, depth);
}

/** @param {Uint8Array} bytes @param {number} at @returns {[number, number]} */
function argument(bytes, at) {
  const short = bytes[at] & 31;
  if (short < 24) return [short, at + 1];
  const size = 2 ** (short - 24);
  if (short > 27 || at + 1 + size > bytes.length) throw new Error("not CBOR");
  let value = 0;
  for (let place = 1; place <= size; place += 1) value = value * 256 + bytes[at + place];
  if (!Number.isSafeInteger(value)) throw new Error("not CBOR");
  return [value, at + 1 + size];
}

/** @param {Uint8Array} bytes @param {number} start @param {number} count @param {boolean} asText */
function chunk(bytes, start, count, asText) {
  if (start + count > bytes.length) throw new Error("not CBOR");
  const part = bytes.slice(start, start + count);
  return asText ? new TextDecoder("utf-8", { fatal: true }).decode(part) : part;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} count @param {number} depth @returns {[any[], number]} */
function list(bytes, at, count, depth) {
  const items = [];
  for (let place = 0; place < count; place += 1) {
    const [value, end] = item(bytes, at, depth + 1);
    items.push(value);
    at = end;
  }
  return [items, at];
}

/** @param {Uint8Array} bytes @param {number} at @param {number} count @param {number} depth @returns {[Map<any, any>, number]} */
function map(bytes, at, count, depth) {
  const [items, end] = list(bytes, at, count * 2, depth);
  const pairs = new Map();
  for (let place = 0; place < items.length; place += 2) pairs.set(items[place], items[place + 1]);
  return [pairs, end];
}

/** @param {number} value */
function simple(value) {
  if (value < 20 || value > 22) throw new Error("not CBOR of ours");
  return [false, true, null][value - 20];
}

/** @param {number} length */
function bytesHead(length) {
  if (length < 24) return [0x40 + length];
  return length < 256 ? [0x58, length] : [0x59, length >> 8, length & 0xff];
}

/** @param {...(Uint8Array | number[])} parts */
function joined(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
