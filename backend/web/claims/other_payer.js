/** Another payer of the same bill: JKN or another plan, the way its part is found, and the figures that way needs. */
import { Field } from "../shared/form.js";
import { html } from "../shared/view.js";
import { t } from "../shared/words.js";
import { AmountField } from "./amount_field.js";

const WAYS = ["kmk_1366_2024", "permenkes_3_2023", "balance"];
const CLASSES = [3, 2, 1, 0];

export function OtherPayer({ other, onChange, currency }) {
  const change = (/** @type {any} */ fields) => onChange({ ...other, ...fields });
  const amount = (/** @type {string} */ name) => html`<${AmountField} key=${name} id=${name} label=${t(`other.${name}`)} minor=${other[name]} currency=${currency} onChange=${(/** @type {number | null} */ minor) => change({ [name]: minor })} />`;
  const class_ = (/** @type {string} */ name) => html`<${Field} id=${name} label=${t(`other.${name}`)}><select value=${String(other[name])} onChange=${(/** @type {any} */ event) => change({ [name]: Number(event.target.value) })}>
    ${CLASSES.map((one) => html`<option value=${String(one)}>${one ? t("other.class", { number: one }) : t("other.above")}</option>`)}</select><//>`;
  return html`<div class="pair">
      <${Field} id="other-name" label=${t("other.name")}><input required minlength="2" maxlength="80" value=${other.name} onInput=${(/** @type {any} */ event) => change({ name: event.target.value })} /><//>
      <${Field} id="other-way" label=${t("other.way")}><select value=${other.way} onChange=${(/** @type {any} */ event) => change({ way: event.target.value, first: true })}>${WAYS.map((way) => html`<option value=${way}>${t(`way.${way}`)}</option>`)}</select><//></div>
    ${other.way === "balance"
      ? html`<div class="pair">${amount("paid_minor")}</div>`
      : html`<div class="pair">${amount("tariff_minor")}${other.way === "permenkes_3_2023" ? amount("class_one_tariff_minor") : null}</div>
          ${other.way === "permenkes_3_2023" ? html`<div class="pair">${class_("entitled")}${class_("occupied")}</div>` : null}`}
    ${other.way === "balance" ? html`<label class="check"><input type="checkbox" checked=${other.first !== false} onChange=${(/** @type {any} */ event) => change({ first: event.target.checked })} />${t("other.first")}</label>` : null}`;
}
