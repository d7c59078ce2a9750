/** A WhatsApp chat: sends messages, photos and places; shows what the helpline sent to this number. */
import { keepPhoto, newSid, outbox, send } from './webhooks.js';

const POLL_MS = 1200;
const JAKARTA = { Latitude: '-6.2252', Longitude: '106.8025' };
const PLACES = { ID: JAKARTA, MZ: { Latitude: '-25.9692', Longitude: '32.5732' } };
const find = (id) => document.getElementById(id);

const mine = [];
let line;
let shown = '';

/** Buttons as WhatsApp shows them; a list opens behind its own button. */
function choicesOf(choices) {
  const row = Object.assign(document.createElement('div'), { className: 'choices' });
  const buttons = choices.items.map((choice) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: choice.label });
    button.addEventListener('click', () => tap(choice, Boolean(choices.opener)));
    return button;
  });
  if (!choices.opener) {
    row.append(...buttons);
    return row;
  }
  const list = document.createElement('details');
  list.append(Object.assign(document.createElement('summary'), { textContent: choices.opener }), ...buttons);
  row.append(list);
  return row;
}

function tap(choice, listed) {
  const chosen = listed
    ? { ListId: choice.id, ListTitle: choice.label }
    : { ButtonPayload: choice.id, ButtonText: choice.label };
  deliver(choice.label, { MessageType: 'interactive', ...chosen }, []);
}

function bubble(entry) {
  const item = document.createElement('li');
  item.className = entry.who;
  for (const address of entry.pictures) {
    item.append(Object.assign(document.createElement('img'), { src: address, alt: 'picture' }));
  }
  if (entry.text) item.append(Object.assign(document.createElement('p'), { textContent: entry.text }));
  if (entry.choices) item.append(choicesOf(entry.choices));
  const time = document.createElement('time');
  time.dateTime = entry.at.toISOString();
  time.textContent = entry.at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  item.append(time);
  return item;
}

/** A link of ours works on this origin whatever public address the backend has. */
const here = (address) => new URL(address, location.href).pathname;

async function refresh() {
  if (!line.from) return;
  const sent = (await outbox()).filter((one) => one.channel === 'whatsapp' && one.to === line.from);
  const theirs = sent.map((one) => ({
    who: 'helpline',
    text: one.text,
    choices: one.choices,
    pictures: (one.media ?? []).map(here),
    at: new Date(one.created_at),
  }));
  const all = [...theirs, ...mine.filter((one) => one.from === line.from)].sort((a, b) => a.at - b.at);
  const state = `${line.from} ${all.length}`;
  if (state === shown) return;
  shown = state;
  find('thread').replaceChildren(...all.map(bubble));
  find('thread').lastElementChild?.scrollIntoView({ block: 'nearest' });
}

async function deliver(text, extra, pictures) {
  mine.push({ who: 'caller', from: line.from, text, pictures, at: new Date() });
  await refresh();
  await send('/twilio/messages', {
    MessageSid: newSid('SM'),
    From: `whatsapp:${line.from}`,
    To: `whatsapp:${line.client.whatsapp}`,
    WaId: line.from.slice(1),
    Body: text,
    NumMedia: '0',
    ...extra,
  });
}

async function write(event) {
  event.preventDefault();
  const text = find('text').value.trim();
  const files = [...find('photos').files];
  if (!text && !files.length) return;
  find('text').value = '';
  find('photos').value = '';
  showTray();
  const media = { NumMedia: String(files.length) };
  for (const [position, file] of files.entries()) {
    media[`MediaUrl${position}`] = await keepPhoto(file);
    media[`MediaContentType${position}`] = file.type;
  }
  await deliver(text, media, files.filter((file) => file.type.startsWith('image/')).map((file) => URL.createObjectURL(file)));
}

function showTray() {
  find('tray').replaceChildren(
    ...[...find('photos').files].map((file) => Object.assign(document.createElement('li'), { textContent: file.name })),
  );
}

function sharePlace() {
  const place = line.from.startsWith('+258') ? PLACES.MZ : PLACES.ID;
  deliver('', { ...place, MessageType: 'location' }, []);
  mine.at(-1).text = `Location ${place.Latitude}, ${place.Longitude}`;
}

/** Make the chat work for a line (client and number). */
export function startChat(chosen) {
  line = chosen;
  find('write').addEventListener('submit', write);
  find('photos').addEventListener('change', showTray);
  find('place').addEventListener('click', sharePlace);
  refresh();
  setInterval(() => document.hidden || refresh(), POLL_MS);
}
