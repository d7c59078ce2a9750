/** What is mine and what waits for somebody, at any place of the desk: heard, counted, announced. */
import { useLoaded } from "../shared/loading.js";
import { useEffect, useRef } from "../shared/view.js";
import { t } from "../shared/words.js";
import { announce, ring } from "./alerts.js";
import { useCases } from "./cases_loaded.js";
import { isAboutCalls, useNews } from "./live.js";
import { who, worded } from "./naming.js";

/** Empty for who has no cases. @param {{id: string, role: string}} me @param {boolean} onCases */
export function useInbox(me, onCases) {
  const mine = useCases(onCases ? "mine=true" : "");
  const open = useCases(onCases ? `state=open&desk=${me.role === "doctor" ? "doctor" : "helpline"}` : "");
  useArrivals(mine.items, (one, before) => one.unread > (before?.unread || 0) || (isOffer(one) && !(before && isOffer(before))), (one) =>
    isOffer(one) ? toldOfCase("announce.offer", one) : t("announce.message", { who: who(one), text: one.last_message?.text || "" }));
  useArrivals(open.items, (one, before) => !before && one.assigned_to?.id !== me.id, (one) => toldOfCase("announce.case", one));
  const calls = useLoaded(onCases ? "/desk/calls" : "");
  useNews((news) => isAboutCalls(news) && calls.reload());
  useArrivals(calls.value?.items || null, (_one, before) => !before, (one) => t("announce.call", { who: one.member?.name || t("calls.unknown"), language: worded("language", one.language) }));
  const waiting = (mine.items || []).reduce((sum, one) => sum + one.unread, 0);
  return { mine, open, calls, waiting };
}

/** Mine to take, and not taken yet. @param {any} one */
function isOffer(one) {
  return one.state === "open";
}

/** @param {string} key @param {any} one */
function toldOfCase(key, one) {
  return t(key, { who: who(one), reason: worded("reason", one.reason), priority: t(`priority.${one.priority}`) });
}

/**
 * Rings and announces what is new since the list was last seen; the first list is no news.
 * @param {any[] | null} items
 * @param {(one: any, before: any) => boolean} isNew
 * @param {(one: any) => string} sentence
 */
function useArrivals(items, isNew, sentence) {
  const seen = useRef(/** @type {Map<string, any> | null} */ (null));
  useEffect(() => {
    if (!items) return;
    const before = seen.current;
    seen.current = new Map([...(before || []), ...items.map((one) => /** @type {[string, any]} */ ([one.id, one]))]);
    const fresh = before ? items.filter((one) => isNew(one, before.get(one.id))) : [];
    if (!fresh.length) return;
    ring();
    announce(fresh.map(sentence).join(" "));
  }, [items]);
}
