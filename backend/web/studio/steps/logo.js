/** The logo: one file makes the drawings for light ground, dark ground and the icons; each can be given by itself. */
import { useAction } from "../../shared/action.js";
import { call } from "../../shared/api.js";
import { FormProblem } from "../../shared/form.js";
import { Icon } from "../../shared/icons.js";
import { html, useState } from "../../shared/view.js";
import { t } from "../../shared/words.js";

/** Which drawing stands on which of the brand's colours, and in which file of the draft it lies. */
const DRAWINGS = [
  { kind: "light", file: "logo.svg", ground: ["light", "page"] },
  { kind: "dark", file: "logo-dark.svg", ground: ["light", "card_from"] },
  { kind: "mark", file: "mark.svg", ground: ["light", "brand_soft"] },
];
const MISSING = "studio.logo_missing";
const TYPES = "image/svg+xml,image/png,.svg,.png";

export function Logo({ studio, live }) {
  const { busy, error, run } = useAction((/** @type {string} */ kind, /** @type {File} */ file) => studio.keeping.through(() => {
    const form = new FormData();
    form.append("file", file);
    form.append("kind", kind);
    return call("POST", "/studio/draft/logo", { form });
  }));
  const problems = studio.defects.filter((/** @type {any} */ one) => one.place?.startsWith("logo") && one.reason !== MISSING);
  return html`<section class="panel stack" aria-labelledby="logo-title"><h2 id="logo-title">${t("logo.title")}</h2>
    <${Drop} busy=${busy} onFile=${(/** @type {File} */ file) => run("one", file)} />
    <${FormProblem} error=${error} />
    ${problems.map((/** @type {any} */ one) => html`<p class="notice warn" key=${one.message}><${Icon} name="alert" size="18" /><span>${one.message}</span></p>`)}
    <ul class="drawings">${DRAWINGS.map(({ kind, file, ground }) => html`<${Drawing} key=${kind} kind=${kind} file=${file} studio=${studio} live=${live} ground=${ground} busy=${busy} onFile=${(/** @type {File} */ file) => run(kind, file)} />`)}</ul>
  </section>`;
}

function Drop({ busy, onFile }) {
  const [over, setOver] = useState(false);
  const dropped = (/** @type {any} */ event) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  const drag = (/** @type {boolean} */ inside) => (/** @type {Event} */ event) => {
    event.preventDefault();
    setOver(inside);
  };
  return html`<div class=${over ? "drop over" : "drop"} onDragOver=${drag(true)} onDragLeave=${drag(false)} onDrop=${dropped}>
    <${Icon} name="picture" size="28" />
    <p><strong class="block">${busy ? t("logo.working") : t("logo.drop")}</strong><span class="muted small" id="logo-hint">${t("logo.hint")}</span></p>
    <${Chooser} id="at-logo" label=${t("logo.choose")} busy=${busy} onFile=${onFile} described="logo-hint" />
  </div>`;
}

/** A file chooser that looks like a button and is one for keyboards and screen readers. */
function Chooser({ id, label, named = label, busy, onFile, described, plain = false }) {
  const chosen = (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) onFile(file);
  };
  return html`<label class=${`button ${plain ? "plain" : "quiet"} chooser`} aria-disabled=${busy ? "true" : undefined}>${label}
    <input id=${id} type="file" class="visually-hidden" accept=${TYPES} disabled=${busy} aria-label=${named} aria-describedby=${described} onChange=${chosen} /></label>`;
}

function Drawing({ kind, file, studio, live, ground, busy, onFile }) {
  const there = studio.draft.assets.some((/** @type {any} */ one) => one.name === file);
  const source = live && there ? `${live.path}logo-${kind}.svg?v=${live.version}` : "";
  return html`<li class="drawing"><span class="ground" style=${{ backgroundColor: studio.effective.colours[ground[0]][ground[1]] }}>${source ? html`<img src=${source} alt=${t(`logo.${kind}`)} />` : html`<span class="small" style=${{ color: studio.effective.colours.light[ground[1] === "card_from" ? "card_text" : "muted"] }}>${t("logo.none")}</span>`}</span>
    <span class="small">${t(`logo.${kind}`)}</span>
    <${Chooser} id=${`at-logo-${kind}`} plain=${true} label=${t("logo.replace")} named=${t("logo.replace_one", { name: t(`logo.${kind}`) })} busy=${busy} onFile=${onFile} /></li>`;
}
