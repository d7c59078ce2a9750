/** What the server renders of the draft as words; loaded again when the draft was saved. */
import { useLoaded } from "../../shared/loading.js";

/** @param {string} what @param {any} live @param {string} language */
export function useSample(what, live, language) {
  return useLoaded(`/studio/draft/sample/${what}?language=${language}`, [live.version]);
}
