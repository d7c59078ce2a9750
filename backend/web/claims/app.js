/** The analysts' workbench; everything else lies in the pages. */
import { ofPerson, open, wearColours } from "../desk/staff_app.js";
import { call } from "../shared/api.js";
import { Frame } from "./frame.js";
import { WORDS } from "./languages.js";
import { match } from "./routes.js";

async function loadMe() {
  const me = await call("GET", "/me");
  wearColours(me.client.slug);
  return me;
}

open({
  slug: "claims",
  words: WORDS,
  match,
  Frame,
  keyOf: (me, language) => `${ofPerson(me)}:${language}`,
  loadMe,
  switched: async (setMe) => {
    location.hash = "#/";
    setMe(await loadMe());
  },
});
