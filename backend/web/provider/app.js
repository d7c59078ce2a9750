/** The front desk of a facility; it opens without network too. */
import { open, wearColours } from "../desk/staff_app.js";
import { call } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { Frame } from "./frame.js";
import { WORDS } from "./languages.js";
import { match } from "./routes.js";

/** Who is signed in and where they sit; without network the page keeps the colours it has. */
async function loadMe() {
  const me = await call("GET", "/me");
  const place = me.role === "provider" ? await call("GET", "/front-desk") : null;
  const known = { ...me, place, currency: place?.currency };
  await keep("me", known);
  wearColours(me.client.slug);
  return known;
}

/** A refused session ends at the sign-in; without network the last person goes on with what works without. @param {any} error */
async function withoutMe(error) {
  if (error.code === 401) return null;
  const known = error.offline ? await kept("me") : null;
  if (known) return known;
  throw error;
}

/** A card of another client: the desk goes on there when it works there too. @param {(me: any) => void} setMe */
const switched = async (setMe) => setMe(await loadMe());

const shown = await open({ slug: "provider", words: WORDS, match, Frame, loadMe, withoutMe, switched });
if (shown && "serviceWorker" in navigator) await navigator.serviceWorker.register("/provider/sw.js").catch(() => {});
