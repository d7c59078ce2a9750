/** The telephones of the helpline's people: those the backend rings, as buttons to pick up. */
import { outbox, send } from './webhooks.js';

const POLL_MS = 1500;
const RINGS_MS = 60_000;
const find = (id) => document.getElementById(id);

const done = new Set();
let phone;
/** @type {{one: any, twiml: Element} | null} the telephone that is off the hook */
let held = null;

const pathOf = (address) => {
  const there = new URL(address, location.href);
  return there.pathname + there.search;
};

/** The recorder names a call by its row; a webhook of that call carries the same name. */
const formOf = (one) => ({ CallSid: `rehearsal-${one.id}`, From: phone.line.client.voice, To: one.to });

async function asked(one, path, extra = {}) {
  const answer = await send(path, { ...formOf(one), CallStatus: 'in-progress', ...extra });
  return new DOMParser().parseFromString(answer.body, 'text/xml').documentElement;
}

function show(text, ...buttons) {
  const made = buttons.map(([label, act]) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
    button.addEventListener('click', act);
    return button;
  });
  find('telephones').replaceChildren(...(text ? [Object.assign(document.createElement('span'), { textContent: text })] : []), ...made);
}

function rest() {
  held = null;
  show('');
}

async function pickUp(one) {
  done.add(one.id);
  const twiml = await asked(one, pathOf(one.text));
  held = { one, twiml };
  const said = [...twiml.querySelectorAll('Say')].map((verb) => verb.textContent).join(' ');
  const gather = twiml.querySelector('Gather');
  if (!gather) return show(said, ['Hang up', rest]);
  const accept = (digits) => follow(one, pathOf(gather.getAttribute('action')), digits);
  show(`${one.to}: ${said}`, ['1', () => accept('1')], ['Hang up', () => accept('')]);
}

async function follow(one, path, digits) {
  const twiml = await asked(one, path, digits ? { Digits: digits } : {});
  const dial = twiml.querySelector('Dial');
  const said = twiml.querySelector('Say')?.textContent;
  if (!dial) return said ? show(said, ['Hang up', rest]) : rest();
  const onward = pathOf(dial.getAttribute('action'));
  const finish = async (result) => {
    const last = await asked(one, onward, result);
    const words = last.querySelector('Say')?.textContent;
    return words ? show(words, ['Hang up', rest]) : rest();
  };
  const number = dial.querySelector('Number')?.textContent;
  if (number) {
    const ending = (status) => () => finish({ DialCallStatus: status });
    return show(`ringing ${number}`, ['They pick up', ending('completed')], ['Nobody does', ending('no-answer')]);
  }
  const over = async () => {
    const stored = dial.getAttribute('recordingStatusCallback');
    if (stored) await phone.recorded(pathOf(stored));
    await finish({ DialCallStatus: 'completed', DequeueResult: 'bridged' });
  };
  if (!phone.join(dial.querySelector('Queue')?.textContent, over)) {
    return finish({ DialCallStatus: 'no-answer', DequeueResult: 'queue-empty' });
  }
  show(`${one.to} speaks with the caller`, ['Hang up', () => { phone.part(); over(); }]);
}

async function look() {
  if (held || document.hidden) return;
  const since = Date.now() - RINGS_MS;
  const calls = (await outbox()).filter((one) => one.channel === 'call' && one.client === phone.line.client.slug);
  const rings = calls.find((one) => !done.has(one.id) && Date.parse(one.created_at) > since);
  if (!rings) return show('');
  show(`${rings.to} rings`, ['Pick up', () => pickUp(rings)], ['Let it ring', () => done.add(rings.id)]);
}

/** Show what rings; `join` and `part` connect it with the caller of this page. */
export function startTelephones(connection) {
  phone = connection;
  setInterval(look, POLL_MS);
}
