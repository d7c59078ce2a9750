/** The page: whose hotline, from which number, and the two channels. */
import { startChat } from './chat.js';
import { startPhone } from './phone.js';
import { cast } from './webhooks.js';

const find = (id) => document.getElementById(id);

/** What both channels need to know at the moment of sending. */
const line = {
  clients: [],
  get client() {
    return this.clients.find((one) => one.slug === find('client').value);
  },
  get from() {
    return find('number').value.replace(/[^+\d]/g, '');
  },
};

function showPeople(members) {
  const mine = members.filter((one) => one.client === line.client.slug);
  find('people').replaceChildren(
    ...mine.map((one) => Object.assign(document.createElement('option'), { value: one.phone, label: one.name })),
  );
  find('number').value = mine.length ? mine[0].phone : '+6281100000001';
  find('to').textContent = line.client.whatsapp;
}

function showTab(name) {
  for (const button of document.querySelectorAll('nav button')) {
    button.setAttribute('aria-pressed', String(button.dataset.tab === name));
  }
  for (const section of document.querySelectorAll('main section')) {
    section.classList.toggle('shown', section.id === name);
  }
}

async function start() {
  const known = await cast();
  line.clients = known.clients;
  find('client').replaceChildren(
    ...known.clients.map((one) => Object.assign(document.createElement('option'), { value: one.slug, textContent: one.name })),
  );
  showPeople(known.members);
  find('client').addEventListener('change', () => showPeople(known.members));
  find('who').addEventListener('submit', (event) => event.preventDefault());
  for (const button of document.querySelectorAll('nav button')) {
    button.addEventListener('click', () => showTab(button.dataset.tab));
  }
  startPhone(line);
  startChat(line);
}

start();
