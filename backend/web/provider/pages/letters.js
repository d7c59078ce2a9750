/** Letters of guarantee made out to this facility, with the clock of what is waited for. */
import { date } from "../../shared/format.js";
import { Icon } from "../../shared/icons.js";
import { Empty, Loaded, useLoaded } from "../../shared/loading.js";
import { html, useEffect } from "../../shared/view.js";
import { t } from "../../shared/words.js";
import { LetterClock, waitingAsk } from "../letter_clock.js";

const AGAIN_MS = 60_000;

export function Letters({ context }) {
  const state = useLoaded("/guarantee-letters?limit=50");
  useEffect(() => {
    const timer = setInterval(state.reload, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<h1>${t("letters.title")}</h1>
    <${Loaded} state=${state}>${({ items }) => {
      if (!items.length) return html`<${Empty} icon="shield" text=${t("letters.none")} />`;
      const waiting = items.filter(waitingAsk);
      const rest = items.filter((/** @type {any} */ letter) => !waitingAsk(letter));
      return html`<section class="panel flush" aria-label=${t("letters.title")}>${[...waiting, ...rest].map((letter) => html`<${Row} letter=${letter} language=${context.language} />`)}</section>`;
    }}<//>`;
}

function Row({ letter, language }) {
  return html`<a class="list-row" href=${`#/letters/${letter.id}`}>
    <span class="grow"><strong class="block">${letter.member_name}</strong><span class="muted small figures">${letter.number} · ${date(letter.admission_on, language, "short")}</span></span>
    <${LetterClock} letter=${letter} /><span class="badge">${t(`letter.state.${letter.state}`)}</span><${Icon} name="next" size="20" />
  </a>`;
}
