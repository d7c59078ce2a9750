/**
 * Which setting of a brand is asked for in which step, and how. What may stand in it says the schema of the API, so that
 * a limit is written once. `*` stands for each language of the brand.
 */
import { leaves } from "./settings.js";

/** @typedef {{step: string, path: string[], kind: string, optional?: boolean, long?: boolean}} FieldOf */

export const STEPS = ["name", "look", "shape", "languages", "legal", "helpline", "features", "addresses", "glossary"];

/** @type {Record<string, string>} */
export const ICON_OF = {
  name: "note", look: "picture", shape: "card", languages: "chat", legal: "shield", helpline: "phone", features: "check",
  addresses: "pin", glossary: "lines",
};

/** @type {FieldOf[]} */
export const FIELDS = [
  { step: "name", path: ["name"], kind: "line" },
  { step: "name", path: ["short_name"], kind: "line", optional: true },
  { step: "name", path: ["texts", "*", "tagline"], kind: "line" },
  { step: "shape", path: ["shape", "font"], kind: "choice" },
  { step: "shape", path: ["shape", "radius"], kind: "range" },
  { step: "shape", path: ["shape", "card_pattern"], kind: "choice" },
  { step: "languages", path: ["texts", "*", "card_note"], kind: "text" },
  { step: "legal", path: ["texts", "*", "privacy"], kind: "text", long: true },
  { step: "legal", path: ["texts", "*", "terms"], kind: "text", long: true },
  { step: "legal", path: ["legal_versions", "privacy"], kind: "number" },
  { step: "legal", path: ["legal_versions", "terms"], kind: "number" },
  { step: "helpline", path: ["hotline", "voice"], kind: "phone" },
  { step: "helpline", path: ["hotline", "whatsapp"], kind: "phone" },
  { step: "helpline", path: ["hotline", "shown"], kind: "line", optional: true },
  { step: "helpline", path: ["hotline", "hours"], kind: "hours" },
  { step: "helpline", path: ["hotline", "fallback"], kind: "phone", optional: true },
  { step: "helpline", path: ["greetings", "*", "text"], kind: "text" },
  { step: "helpline", path: ["greetings", "*", "voice"], kind: "text" },
  { step: "helpline", path: ["menu", "*", "text"], kind: "text", optional: true },
  { step: "helpline", path: ["menu", "*", "voice"], kind: "text", optional: true },
  { step: "helpline", path: ["card_desk", "phone"], kind: "line", optional: true },
  { step: "helpline", path: ["card_desk", "hours"], kind: "hours", optional: true },
  { step: "helpline", path: ["emergency_number"], kind: "phone" },
  { step: "helpline", path: ["emergency_numbers"], kind: "emergency" },
  { step: "helpline", path: ["crisis_line", "number"], kind: "phone", optional: true },
  { step: "helpline", path: ["crisis_line", "press"], kind: "line", optional: true },
  { step: "addresses", path: ["support", "mail"], kind: "mail", optional: true },
  { step: "addresses", path: ["support", "page"], kind: "address", optional: true },
  { step: "addresses", path: ["support", "post"], kind: "line", optional: true },
  { step: "addresses", path: ["mail", "sender"], kind: "mail", optional: true },
  { step: "addresses", path: ["hosts"], kind: "list" },
  { step: "addresses", path: ["video_link"], kind: "line" },
  { step: "addresses", path: ["stores", "android", "package"], kind: "line", optional: true },
  { step: "addresses", path: ["stores", "android", "fingerprints"], kind: "fingerprints", optional: true },
  { step: "addresses", path: ["stores", "ios", "team"], kind: "line", optional: true },
  { step: "addresses", path: ["stores", "ios", "bundle"], kind: "line", optional: true },
  { step: "addresses", path: ["stores", "ios", "store_id"], kind: "line", optional: true },
];

/** Trees that a step shows as a whole, with an editor of its own: colours, switches, words. @type {Record<string, string>} */
export const WHOLE = {
  logo: "look",
  colours: "look",
  languages: "languages",
  features: "features",
  replies: "helpline",
  texts: "languages",
  glossary: "glossary",
};

/** The fields of a step that a brand can have, one language's where a field is written in each. @param {any} schema @param {string} step @param {string} language */
export function fieldsOf(schema, step, language) {
  const spoken = FIELDS.filter((one) => one.step === step).map((one) => ({ ...one, path: one.path.map((part) => (part === "*" ? language : part)) }));
  return spoken.filter(({ path }) => Object.keys(shapeOf(schema, path) || {}).length);
}

/** A field's name without its language, as its words are called. @param {string[]} path @param {string[]} languages */
export const nameOf = (path, languages) => path.filter((part) => !languages.includes(part)).join(".");

/** Where a place of the gate is mended; what belongs to no setting begins at the name. @param {string | null | undefined} place */
export function stepOf(place) {
  const parts = (place || "").split(".");
  const fits = (/** @type {FieldOf} */ { path }) => path.every((part, index) => part === "*" || index >= parts.length || part === parts[index]);
  const found = parts[0] && FIELDS.find((one) => fits(one) && parts.length >= Math.min(one.path.length, 2));
  return found ? found.step : WHOLE[parts[0]] || FIELDS.find(({ path }) => path[0] === parts[0])?.step || "name";
}

/** The schema of one value. @param {any} schema @param {string[]} path @returns {any} */
export function shapeOf(schema, path) {
  let here = schema;
  for (const part of path) {
    here = referred(schema, here);
    const pattern = Object.keys(here?.patternProperties || {}).find((one) => new RegExp(one).test(part));
    here = here?.properties?.[part] || (pattern && here.patternProperties[pattern]) || here?.additionalProperties || {};
  }
  return referred(schema, here);
}

/** @param {any} schema @param {any} here */
function referred(schema, here) {
  if (!here?.$ref) return here;
  return here.$ref.replace("#/", "").split("/").reduce((/** @type {any} */ inner, /** @type {string} */ part) => inner[part], schema);
}

/** Whether the schema takes the value; what is empty is missing, not wrong. @param {any} schema @param {any} shape @param {any} value @returns {boolean} */
export function fits(schema, shape, value) {
  const kind = referred(schema, shape) || {};
  if (value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.every((one) => fits(schema, kind.items, one));
  if (typeof value === "object") return Object.entries(value).every(([name, inner]) => fits(schema, kind.properties?.[name], inner));
  if (typeof value !== "string") return true;
  const length = [...value].length;
  const allowed = !kind.enum || kind.enum.includes(value);
  return allowed && (!kind.pattern || new RegExp(kind.pattern, "u").test(value)) && length >= (kind.minLength || 0) && length <= (kind.maxLength ?? Infinity);
}

/** Places whose value the schema would not take: they are kept here while somebody is typing. @param {any} schema @param {any} settings */
export function malformedIn(schema, settings) {
  return leaves(settings).filter(({ path, value }) => !fits(schema, shapeOf(schema, path), value)).map(({ path }) => path);
}
