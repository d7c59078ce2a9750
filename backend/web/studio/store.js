/** The brand being worked on, the same for every page of the studio: what is asked, what is written, how it is kept. */
import { useLoaded } from "../shared/loading.js";
import { useEffect, useRef, useState } from "../shared/view.js";
import { FIELDS, malformedIn, stepOf } from "./fields.js";
import { Keeping } from "./keeping.js";
import { sentenceOf } from "./naming.js";
import { at, merged, same } from "./settings.js";

/** @param {string} slug */
export function useStudio(slug) {
  const form = useLoaded("/studio/form");
  const brand = useLoaded("/studio/brand");
  const [shown, tell] = useState(/** @type {import("./keeping.js").Shown | null} */ (null));
  const [writing, setWriting] = useState("");
  const keeping = useRef(/** @type {Keeping | null} */ (null));
  useEffect(() => {
    if (!form.value || !brand.value || keeping.current) return;
    const { schema } = form.value;
    keeping.current = new Keeping(slug, brand.value.draft, (settings) => malformedIn(schema, settings), tell);
    tell(keeping.current.shown);
    keeping.current.begin();
  }, [form.value, brand.value]);
  useEffect(() => () => keeping.current?.leave(), []);
  useEffect(() => untilSaved(keeping), []);
  const ready = form.value && shown && keeping.current;
  const state = { error: form.error || brand.error, reload: () => [form, brand].forEach((one) => one.error && one.reload()) };
  if (!ready) return { ...state, value: undefined };
  return { ...state, value: studioOf({ form: form.value, brand: brand.value, reloadBrand: brand.reload, shown, keeping: keeping.current, writing, setWriting }) };
}

/** Nobody leaves by mistake what is not on the server; back on the network it goes there at once. @param {{current: Keeping | null}} keeping */
function untilSaved(keeping) {
  const ask = (/** @type {Event} */ event) => keeping.current?.dirty && event.preventDefault();
  const again = () => keeping.current?.dirty && keeping.current.flush();
  addEventListener("beforeunload", ask);
  addEventListener("online", again);
  return () => {
    removeEventListener("beforeunload", ask);
    removeEventListener("online", again);
  };
}

/** @param {any} parts */
function studioOf({ form, brand, reloadBrand, shown, keeping, writing, setWriting }) {
  const { draft, settings } = shown;
  const effective = merged(form.defaults, settings);
  const languages = effective.languages || [];
  const language = languages.includes(writing) ? writing : languages[0];
  const malformed = malformedIn(form.schema, settings).map((path) => path.join("."));
  const defects = draft.defects.map((/** @type {any} */ one) => ({ ...one, step: stepOf(one.place), message: sentenceOf(one, form.languages) }));
  /** A value of the client's own; the default's again when it says the same. @param {string[]} path @param {any} value */
  const change = (path, value) => keeping.change(path, same(value, at(form.defaults, path)) ? undefined : value);
  return {
    form, client: brand.client, published: brand.published, reloadBrand, draft, settings, effective, languages, language, setLanguage: setWriting,
    malformed, defects, state: shown.state, error: shown.error, conflict: shown.conflict, beside: shown.beside, keeping, change,
  };
}

/** What a language of the brand still lacks. @param {any} studio @param {string} language */
export function gaps(studio, language) {
  const written = FIELDS.filter(({ path, optional }) => path.includes("*") && !optional).map(({ path }) => path.map((part) => (part === "*" ? language : part)));
  return written.filter((path) => !String(at(studio.effective, path) || "").trim());
}

/** How many places of a step are to be mended. @param {any} studio @param {string} step */
export function wrongIn(studio, step) {
  return studio.defects.filter((/** @type {any} */ one) => one.step === step).length + studio.malformed.filter((/** @type {string} */ place) => stepOf(place) === step).length;
}
