/** Weeks and instants as the fields of a form write them, in the time of this device. Pure. */

const pad = (/** @type {number} */ number) => String(number).padStart(2, "0");

/** @param {Date} day */
function isoDay(day) {
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

/** The Monday of the week of a day. @param {Date} day */
export function mondayOf(day) {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return isoDay(monday);
}

/** An instant as a field for day and time shows it. @param {string} iso */
export function toInput(iso) {
  const at = new Date(iso);
  return `${isoDay(at)}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** Back from a field; the API reads it in every zone. @param {string} local */
export function fromInput(local) {
  return new Date(local).toISOString();
}

/** The same wall time a week later, whatever the clocks do in between. @param {string} iso */
export function weekAfter(iso) {
  const at = new Date(iso);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 7, at.getHours(), at.getMinutes()).toISOString();
}
