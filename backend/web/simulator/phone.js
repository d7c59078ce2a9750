/** A telephone: plays the TwiML that comes back, sends keys, speech and silence. */
import { newSid, send } from './webhooks.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const find = (id) => document.getElementById(id);

/** @type {{sid: string, action: string, keys: number, speech: boolean} | null} */
let call = null;
let pressed = '';
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
  const form = { CallSid: call.sid, From: line.from, To: line.client.voice, Direction: 'inbound', ...extra };
  const answer = await send(path, { CallStatus: 'in-progress', ...form });
  if (answer.status !== 200) return end(`webhook answered ${answer.status}`);
  return play(new DOMParser().parseFromString(answer.body, 'text/xml').documentElement);
}

async function play(response) {
  for (const verb of response.children) {
    if (verb.tagName === 'Say') say(verb.textContent, 'helpline', verb.getAttribute('language'));
    if (verb.tagName === 'Gather') return listen(verb);
    if (verb.tagName === 'Enqueue') return show(`waiting for a person in “${verb.textContent}”`);
    if (verb.tagName === 'Redirect') return deliver(pathOf(verb.textContent), {});
    if (verb.tagName === 'Pause') await new Promise((done) => setTimeout(done, 1000));
    if (verb.tagName === 'Hangup') return end('the helpline hung up');
  }
  return end('the call ended');
}

function listen(gather) {
  for (const prompt of gather.querySelectorAll('Say')) say(prompt.textContent, 'helpline', prompt.getAttribute('language'));
  call.action = pathOf(gather.getAttribute('action'));
  call.keys = Number(gather.getAttribute('numDigits') ?? 0);
  call.speech = gather.getAttribute('input').includes('speech');
  pressed = '';
  show(call.speech ? 'listening' : 'waiting for keys');
}

function press(key) {
  if (!call?.action) return;
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
  call = { sid: newSid('CA'), action: '', keys: 1, speech: false };
  show('ringing');
  deliver('/twilio/voice', { CallStatus: 'ringing' });
}

async function end(why) {
  const over = call;
  call = null;
  pressed = '';
  show(why);
  if (over) await send('/twilio/voice/status', { CallSid: over.sid, To: line.client.voice, CallStatus: 'completed' });
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
    if (!words || !call?.action) return;
    say(words, 'caller');
    find('words').value = '';
    deliver(call.action, { SpeechResult: words, Confidence: '0.93' });
  });
  show('idle');
}
