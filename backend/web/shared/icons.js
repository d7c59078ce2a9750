/** Line icons drawn for this app: 24 px grid, one stroke, the colour of the text around them. */
import { html } from "./view.js";

/** @type {Record<string, string>} */
const PATHS = {
  card: "M3 6.5A1.5 1.5 0 0 1 4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5zM3 9.5h18M6.5 15H11",
  shield: "M12 3l7 2.5v5.6c0 4.4-2.9 7.9-7 9.9-4.1-2-7-5.5-7-9.9V5.5zM9 11.8l2.2 2.2 4-4.2",
  receipt: "M6 3.5v17l2-1.4 2 1.4 2-1.4 2 1.4 2-1.4 2 1.4v-17l-2 1.4-2-1.4-2 1.4-2-1.4-2 1.4zM9 9h6M9 12.5h6",
  chat: "M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 4v-4h-1A1.5 1.5 0 0 1 4 14.5z",
  bell: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0",
  home: "M4 11.2 12 4.5l8 6.7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-3.8 3.6-6 7.5-6s6.9 2.2 7.5 6",
  plus: "M12 5v14M5 12h14",
  back: "M14.5 5.5 8 12l6.5 6.5",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  camera: "M4 8.500A1.5 1.5 0 0 1 5.5 7H8l1.5-2.500h5L16 7h2.500A1.5 1.5 0 0 1 20 8.500v9a1.5 1.5 0 0 1-1.5 1.500h-13A1.5 1.5 0 0 1 4 17.500zM12 16a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400z",
  picture: "M4 5.500A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.500v13a1.5 1.5 0 0 1-1.5 1.500h-13A1.5 1.5 0 0 1 4 18.500zM4 16l4.5-4.500L13 16l2.5-2.500L20 18M15 9.200h.01",
  check: "M5 12.5 10 17.5 19.5 7",
  alert: "M12 4 21 19.500H3zM12 10v4.500M12 17v.01",
  clock: "M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.500V12l3 2",
  phone: "M6.5 4h3l1.5 4.2-2 1.600a11 11 0 0 0 5.2 5.200l1.6-2 4.2 1.500v3a1.5 1.5 0 0 1-1.6 1.500C10.9 18.4 5.6 13.1 5 5.600A1.5 1.5 0 0 1 6.5 4z",
  flag: "M6 21V4M6 5c4-2.5 7 2.5 12 0v8.500c-5 2.5-8-2.5-12 0",
  send: "M4.5 12 20 4.5 15.5 19.500l-3.5-6zM12 13.5 20 4.5",
  close: "M6 6l12 12M18 6 6 18",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M5 19.500h14",
  lost: "M4 6.5 20 18M5.5 5h13A1.5 1.5 0 0 1 20 6.500v8M16 19H5.500A1.5 1.5 0 0 1 4 17.500V9",
};

/** @param {{name: string, size?: number, label?: string}} properties */
export function Icon({ name, size = 24, label }) {
  return html`<svg
    class="icon" width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
    stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"
    role=${label ? "img" : undefined} aria-label=${label} aria-hidden=${label ? undefined : "true"}
  ><path d=${PATHS[name] || ""} /></svg>`;
}
