/** A telephone: plays the TwiML that comes back, sends keys, speech and silence; waits, records and rings like Twilio. */
import { startTelephones } from './telephones.js';
import { keepPhoto, newSid, send } from './webhooks.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const ROUND_MS = 20_000;
const SECONDS_RECORDED = 4;
const find = (id) => document.getElementById(id);

/**
 * A call. `queue` is the queue it waits in, `joined` is told when a talk in it is over, `keyed` takes a key instead of
 * the address `action`.
 * @typedef {{sid: string, action: string, keys: number, speech: boolean, queue: string, waits: string, left: string,
 *   joined: (() => void) | null, keyed: ((key: string) => void) | null}} Call
 */
/** @type {Call | null} */
let call = null;
let pressed = '';
let round = 0;
let line;

function say(text, who, language = '') {
  const item = document.createElement('li');
  item.className = who;
  item.textContent = text;
  if (language) item.lang = language;
  find('heard').append(item);
  item.scrollIntoView({ block: 'nearest' });
  if (who === 'helpline' && find('aloud').checked && window.speechSynthesis) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = language;
    window.speechSynthesis.speak(spoken);
  }
}

function show(status) {
  find('line').textContent = status;
  const live = call !== null;
  find('call').disabled = live;
  find('hang').disabled = find('silent').disabled = !live;
  for (const field of find('speak').elements) field.disabled = !live || !call.speech;
  find('keyed').textContent = pressed;
}

function pathOf(address) {
  const there = new URL(address, location.href);
  return there.pathname + there.search;
}

async function deliver(path, extra) {
  window.speechSynthesis?.cancel();
  clearTimeout(round);
  const form = { CallSid: call.sid, From: line.from, To: line.client.voice, Direction: 'inbound', ...extra };
  const answer = await send(path, { CallStatus: 'in-progress', ...form });
  if (!call) return;
  if (answer.status !== 200) return end(`webhook answered ${answer.status}`);
  return play(new DOMParser().parseFromString(answer.body, 'text/xml').documentElement);
}

async function play(response) {
  for (const verb of response.children) {
    if (verb.tagName === 'Say') say(verb.textContent, 'helpline', verb.getAttribute('language'));
    if (verb.tagName === 'Gather') return listen(verb);
    if (verb.tagName === 'Enqueue') return enqueue(verb);
    if (verb.tagName === 'Leave') return leave('leave');
    if (verb.tagName === 'Record') return record(verb);
    if (verb.tagName === 'Dial') return ring(verb);
    if (verb.tagName === 'Redirect') return deliver(pathOf(verb.textContent), {});
    if (verb.tagName === 'Pause') await new Promise((done) => setTimeout(done, 1000));
    if (verb.tagName === 'Hangup') return end('the helpline hung up');
  }
  if (call?.queue) return wait();
  return end('the call ended');
}

function listen(gather) {
  for (const prompt of gather.querySelectorAll('Say')) say(prompt.textContent, 'helpline', prompt.getAttribute('language'));
  call.action = pathOf(gather.getAttribute('action'));
  call.keys = Number(gather.getAttribute('numDigits') ?? 0);
  call.speech = gather.getAttribute('input').includes('speech');
  pressed = '';
  if (call.queue) return wait();
  show(call.speech ? 'listening' : 'waiting for keys');
}

function enqueue(verb) {
  call.queue = verb.textContent;
  call.waits = pathOf(verb.getAttribute('waitUrl'));
  call.left = pathOf(verb.getAttribute('action'));
  return hold();
}

const ofQueue = () => ({ QueueSid: `QU${call.sid.slice(2)}` });
const hold = () => deliver(call.waits, ofQueue());

function wait() {
  show('waiting for a person');
  clearTimeout(round);
  round = setTimeout(hold, ROUND_MS);
}

function leave(result) {
  call.queue = '';
  call.joined = null;
  return deliver(call.left, { ...ofQueue(), QueueResult: result });
}

/** What Twilio would do with a message: keep it, tell us it is there, go on with the key that ended it. */
function record(verb) {
  const stored = pathOf(verb.getAttribute('recordingStatusCallback'));
  const onward = pathOf(verb.getAttribute('action'));
  show('recording: any key ends it');
  call.keyed = async (key) => {
    const recording = await recorded(stored);
    return deliver(onward, { ...recording, Digits: key });
  };
}

/** Some seconds of silence as a recording at the vendor's; the backend is told where. */
export async function recorded(stored) {
  const url = await keepPhoto(new Blob([silence()], { type: 'audio/wav' }));
  const recording = { RecordingSid: newSid('RE'), RecordingUrl: url, RecordingDuration: String(SECONDS_RECORDED) };
  await send(stored, { CallSid: call?.sid ?? '', RecordingStatus: 'completed', ...recording });
  return recording;
}

function silence() {
  const samples = 8000 * SECONDS_RECORDED;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const letters = (at, word) => [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  const numbers = [[4, 36 + samples], [16, 16], [24, 8000], [28, 8000], [40, samples]];
  for (const [at, word] of /** @type {[number, string][]} */ ([[0, 'RIFF'], [8, 'WAVEfmt '], [36, 'data']])) letters(at, word);
  for (const [at, value] of numbers) view.setUint32(at, value, true);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) view.setUint16(at, value, true);
  new Uint8Array(view.buffer).fill(128, 44);
  return view.buffer;
}

function ring(verb) {
  const onward = verb.getAttribute('action');
  show(`ringing ${verb.textContent.trim()}: 1 picks up, 2 does not`);
  call.keyed = (key) => {
    if (!onward) return end('the other telephone is on its own now');
    return deliver(pathOf(onward), { DialCallStatus: key === '1' ? 'completed' : 'no-answer' });
  };
}

function press(key) {
  if (!call) return;
  if (call.keyed) {
    const take = call.keyed;
    call.keyed = null;
    say(key, 'caller');
    return take(key);
  }
  if (!call.action || call.joined) return;
  if (key !== '#') pressed += key;
  show('keying');
  const alone = pressed.length === 1 && '09*'.includes(pressed) && call.keys === 0;
  if (key === '#' || (call.keys && pressed.length === call.keys)) sendKeys();
  else if (alone) show('press # to send a single key');
}

function sendKeys() {
  const digits = pressed;
  say(digits || '(hash)', 'caller');
  pressed = '';
  deliver(call.action, digits ? { Digits: digits } : {});
}

function begin() {
  find('heard').replaceChildren();
  call = {
    sid: newSid('CA'), action: '', keys: 1, speech: false, queue: '', waits: '', left: '', joined: null, keyed: null,
  };
  show('ringing');
  deliver('/twilio/voice', { CallStatus: 'ringing' });
}

async function end(why) {
  const over = call;
  call = null;
  pressed = '';
  clearTimeout(round);
  show(why);
  if (!over) return;
  const form = { CallSid: over.sid, From: line.from, To: line.client.voice };
  if (over.queue) await send(over.left, { ...form, QueueResult: over.joined ? 'bridged' : 'hangup' });
  over.joined?.();
  await send('/twilio/voice/status', { ...form, CallStatus: 'completed' });
}

/** Somebody takes the caller out of a queue; false when nobody waits in it. `over` is called when the caller hangs up. */
function join(queue, over) {
  if (!call || !queue || call.queue !== queue) return false;
  clearTimeout(round);
  call.joined = over;
  show('speaking with a person');
  return true;
}

/** The person has hung up. */
function part() {
  if (call?.joined) leave('bridged');
}

/** Make the telephone work for a line (client and number). */
export function startPhone(chosen) {
  line = chosen;
  find('keys').replaceChildren(
    ...KEYS.map((key) => {
      const button = Object.assign(document.createElement('button'), { textContent: key, type: 'button' });
      button.addEventListener('click', () => press(key));
      return button;
    }),
  );
  find('call').addEventListener('click', begin);
  find('hang').addEventListener('click', () => end('you hung up'));
  find('silent').addEventListener('click', () => call?.action && deliver(call.action, {}));
  find('speak').addEventListener('submit', (event) => {
    event.preventDefault();
    const words = find('words').value.trim();
    if (!words || !call?.action || call.joined) return;
    say(words, 'caller');
    find('words').value = '';
    deliver(call.action, { SpeechResult: words, Confidence: '0.93' });
  });
  startTelephones({ line, join, part, recorded });
  show('idle');
}
