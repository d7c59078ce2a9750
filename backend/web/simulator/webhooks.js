/** Everything the simulator asks the backend; the backend signs what it sends on. */

async function asked(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

/** Hotlines and demo people. */
export const cast = () => asked('/simulator/cast');

/** Messages that went out, newest first. */
export const outbox = () => asked('/demo/outbox.json');

/** An id as Twilio makes them: two letters and 32 hexadecimal digits. */
export function newSid(kind) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return kind + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Send a webhook; returns its status and body. */
export function send(path, form) {
  return asked('/simulator/send', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ path, form }),
  });
}

/** Keep a photo where the backend will fetch it; returns its address. */
export async function keepPhoto(file) {
  const kept = await asked('/simulator/media', {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return kept.url;
}
