/** What can be done with a complaint: when it is offered, what is asked, and what the API is told. The API decides. */
import { t } from "../shared/words.js";

/**
 * @typedef {{name: string, kind: "words" | "line" | "choice" | "day" | "yes", optional?: boolean, shortest?: number, longest?: number,
 *   choices?: (complaint: any) => any[], word?: (choice: any) => string, start?: (complaint: any, me: any) => any}} Asked
 * @typedef {{verb: string, when: (complaint: any) => boolean, asked: Asked[], creates?: boolean}} Action
 */

const OPEN = new Set(["received", "acknowledged", "information_requested"]);
const RUNNING = new Set(["received", "acknowledged"]);
const PRIORITIES = ["urgent", "high", "normal"];
const OUTCOMES = ["upheld", "partly", "rejected"];
const BODIES = ["laps_sjk", "regulator", "court"];

const isOpen = (/** @type {any} */ { status }) => OPEN.has(status);
const isRunning = (/** @type {any} */ { status }) => RUNNING.has(status);

/** @param {string} name @param {string[]} codes @param {string} start @returns {Asked} */
function oneOf(name, codes, start) {
  return { name, kind: "choice", choices: () => codes.map((id) => ({ id, word: `complaints.${name}.${id}` })), start: () => start };
}

/** @type {Asked} */
const NOTE = { name: "note", kind: "words", optional: true, longest: 4000 };
/** @type {Asked} */
const ANSWER = { name: "note", kind: "words", shortest: 3, longest: 4000 };
/** @type {Asked} */
const WHY = { name: "reason", kind: "words", shortest: 3, longest: 1000 };
/** @type {Asked} */
const SAID = { name: "text", kind: "words", longest: 4000 };

/** The first one that is offered is what usually comes next. @type {Action[]} */
const ACTIONS = [
  { verb: "acknowledge", when: ({ status }) => status === "received", asked: [NOTE] },
  { verb: "resolve", when: isOpen, asked: [oneOf("outcome", OUTCOMES, "upheld"), ANSWER, { name: "redress", kind: "words", optional: true, longest: 2000 }] },
  { verb: "close", when: ({ status }) => status === "resolved", asked: [NOTE] },
  { verb: "assign", when: isOpen, asked: [{ name: "staff_id", kind: "choice", choices: ({ may_handle: people }) => people, start: firstHandler }] },
  { verb: "request-information", when: isRunning, asked: [ANSWER] },
  { verb: "information", when: ({ status }) => status === "information_requested", asked: [SAID] },
  { verb: "more-time", when: (complaint) => complaint.may_ask_for_time, asked: [NOTE] },
  { verb: "extend", when: (complaint) => isRunning(complaint) && !complaint.spoken && !complaint.extended, asked: [
    { name: "reason", kind: "choice", choices: ({ extension_reasons: codes }) => codes.map((/** @type {string} */ id) => ({ id, word: `complaints.extension.${id}` })), start: ({ extension_reasons: codes }) => codes[0] }, NOTE] },
  { verb: "convert", when: (complaint) => isRunning(complaint) && complaint.spoken, asked: [NOTE] },
  { verb: "priority", when: isOpen, asked: [{ ...oneOf("priority", PRIORITIES, "high"), start: ({ priority }) => (priority === "high" ? "urgent" : "high") }, WHY] },
  { verb: "escalate", when: isOpen, asked: [WHY] },
  { verb: "refer", when: () => true, asked: [oneOf("body", BODIES, "laps_sjk"), { name: "number", kind: "line", longest: 60 }, { name: "referred_on", kind: "day" }] },
  { verb: "reopen", when: (complaint) => !isOpen(complaint), asked: [SAID] },
  { verb: "notes", when: ({ status }) => status !== "closed", asked: [ANSWER, { name: "internal", kind: "yes", start: () => true }], creates: true },
];

/** Oneself, where one may have it. @param {any} complaint @param {any} me */
function firstHandler({ may_handle: people }, me) {
  return (people.find((/** @type {any} */ { id }) => id === me.id) || people[0])?.id || "";
}

/** The name of an action among the words. @param {Action} action */
export function wordOf({ verb }) {
  return verb.replaceAll("-", "_");
}

/** @param {Action} action */
export function actionName(action) {
  return t(`complaints.do.${wordOf(action)}`);
}

/** @param {any} complaint */
export function offered(complaint) {
  return ACTIONS.filter(({ when }) => when(complaint));
}

/** What stands in the form before anything is typed. @param {Action} action @param {any} complaint @param {any} me */
export function beginning({ asked }, complaint, me) {
  return Object.fromEntries(asked.map(({ name, start }) => [name, start ? start(complaint, me) : ""]));
}

/** What was left empty is not sent. @param {Action} action @param {any} typed */
export function bodyOf({ asked }, typed) {
  const filled = asked.map(({ name }) => [name, typeof typed[name] === "string" ? typed[name].trim() : typed[name]]);
  return Object.fromEntries(filled.filter(([, value]) => value !== ""));
}

/** @param {Action} action @param {any} typed */
export function isComplete({ asked }, typed) {
  return asked.every(({ name, kind, optional, shortest = 1 }) => kind === "yes" || optional || String(typed[name]).trim().length >= shortest);
}
