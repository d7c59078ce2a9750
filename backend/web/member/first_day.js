/** What somebody reads who comes before the plan has begun: the day, in place of a form that could not let them in. */
import { call } from "../shared/api.js";
import { date } from "../shared/format.js";
import { Icon } from "../shared/icons.js";
import { html, useEffect, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

/** The planned day while nobody may sign in yet, else null. @param {string} slug @returns {string | null} */
export function useFirstDay(slug) {
  const [day, setDay] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    call("GET", `/clients/${slug}/first-day`, { anonymous: true }).then(
      (answer) => setDay(answer.begins_on),
      () => {}, // whoever cannot be told can still try to sign in
    );
  }, [slug]);
  return day;
}

/** @param {{day: string, brand: any}} properties */
export function FirstDay({ day, brand }) {
  const passed = day < new Date().toLocaleDateString("sv-SE"); // the year first, as in the answer
  return html`<section class="stack">
    <div class="stack tight"><h1>${t("first_day.title", { brand: brand.name })}</h1>
      <p class="notice" role="status"><${Icon} name="clock" size="20" /><span>${passed ? t("first_day.soon") : t("first_day.on", { day: date(day, language()) })}</span></p></div>
    <p class="muted">${t("first_day.text")}</p>
    <a class="button quiet wide" href=${`tel:${brand.hotline.voice}`}><${Icon} name="phone" size="20" />${brand.hotline.shown}</a>
  </section>`;
}
