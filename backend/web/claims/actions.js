/** What can be done with a claim: complete it, return it for papers, decide, confirm or object as a second person. */
import { Dialog } from "../desk/dialog.js";
import { retryKey, settled, useAction } from "../shared/action.js";
import { call } from "../shared/api.js";
import { Field, FormProblem } from "../shared/form.js";
import { dateTime } from "../shared/format.js";
import { useLoaded } from "../shared/loading.js";
import { html, useState } from "../shared/view.js";
import { language, t } from "../shared/words.js";

/** @type {Record<string, string[]>} */
const OFFERED = {
  submitted: ["complete", "return"],
  complete: ["decide", "return"],
  in_review: ["decide", "return"],
  appealed: ["decide"],
  confirming: ["confirm", "object"],
};
/** Which bar of the API stands before which verb. @type {Record<string, string>} */
const BAR = { decide: "decide", confirm: "confirm", object: "confirm" };

export function Actions({ bench, me, asking, onAsk, onDone }) {
  const { claim, waiting } = bench;
  const offered = (OFFERED[claim.status] || []).filter((verb) => me.role === "claims" || !(verb in BAR));
  const barred = offered.map((verb) => bench.barred[BAR[verb]]).find(Boolean);
  const [done, setDone] = useState("");
  const finish = (/** @type {string} */ verb) => {
    setDone(t(`done.${verb}`));
    onAsk("");
    onDone();
  };
  const open = offered.includes(asking) && !bench.barred[BAR[asking]];
  return html`<section class="panel stack snug" aria-labelledby="actions-title"><h2 id="actions-title">${t("actions.title")}</h2>
    ${waiting ? html`<p>${t("actions.waiting", { name: waiting.by || "–", at: dateTime(waiting.at, language()) })}${waiting.note ? html`<span class="block said">${waiting.note}</span>` : null}</p>` : null}
    ${barred ? html`<p class="notice">${barred}</p>` : null}
    ${offered.length
      ? html`<div class="row wrap">${offered.map((verb, at) => html`<button class=${at ? "button quiet" : "button"} disabled=${Boolean(bench.barred[BAR[verb]])} onClick=${() => onAsk(verb)}>${t(`actions.${verb}`)}</button>`)}</div>`
      : html`<p class="muted">${t("actions.none")}</p>`}
    <p role="status" class="small">${done}</p>
    ${open && asking === "return" ? html`<${Return} claim=${claim} onClose=${() => onAsk("")} onDone=${finish} />` : null}
    ${open && asking === "complete" ? html`<${Complete} claim=${claim} onClose=${() => onAsk("")} onDone=${finish} />` : null}
    ${open && ["decide", "confirm", "object"].includes(asking) ? html`<${Words} verb=${asking} claim=${claim} onClose=${() => onAsk("")} onDone=${finish} />` : null}
  </section>`;
}

/** @type {Record<string, string>} */
const PATH = { decide: "decision", confirm: "decision/confirmation", object: "decision/objection" };

function Words({ verb, claim, onClose, onDone }) {
  const [text, setText] = useState("");
  const { busy, error, run } = useAction(async () => {
    const body = verb === "confirm" ? undefined : { note: text.trim() || null };
    const purpose = `${verb}:${claim.id}:${claim.history.length}`;
    await call("POST", `/claims/${claim.id}/${PATH[verb]}`, { body, key: verb === "decide" ? await retryKey(purpose, body) : undefined });
    await settled(purpose);
    onDone(verb);
  });
  return html`<${Dialog} title=${t(`actions.${verb}`)} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <p>${t(`ask.${verb}`)}</p>
      ${verb === "confirm" ? null : html`<${Field} id="note" label=${t(`note.${verb}`)}><textarea maxlength="2000" required=${verb === "object"} value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>`}
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button>
        <button class="button" disabled=${busy || (verb === "object" && text.trim().length < 3)}>${t(`actions.${verb}`)}</button></div>
    </form>
  <//>`;
}

function Return({ claim, onClose, onDone }) {
  const needed = useLoaded(`/claims/requirements?benefit=${claim.benefit}`);
  const [missing, setMissing] = useState(/** @type {string[]} */ (claim.missing));
  const [text, setText] = useState("");
  const papers = (needed.value?.documents || []).filter((/** @type {any} */ one) => !one.automatic);
  const toggle = (/** @type {string} */ code) => setMissing(missing.includes(code) ? missing.filter((one) => one !== code) : [...missing, code]);
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/claims/${claim.id}/return`, { body: { missing, note: text.trim() } });
    onDone("return");
  });
  return html`<${Dialog} title=${t("actions.return")} onClose=${onClose}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); run(); }}>
      <fieldset class="plain-set stack tight"><legend>${t("return.which")}</legend>
        ${papers.map((/** @type {any} */ one) => html`<label class="check"><input type="checkbox" checked=${missing.includes(one.code)} onChange=${() => toggle(one.code)} />${one.name}</label>`)}</fieldset>
      <${Field} id="return-note" label=${t("note.return")}><textarea required maxlength="2000" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /><//>
      <${FormProblem} error=${error} />
      <div class="row end-row"><button type="button" class="button quiet" onClick=${onClose}>${t("cancel")}</button><button class="button" disabled=${busy || !missing.length || text.trim().length < 3}>${t("actions.return")}</button></div>
    </form>
  <//>`;
}

function Complete({ claim, onClose, onDone }) {
  const { busy, error, run } = useAction(async () => {
    await call("POST", `/claims/${claim.id}/complete`, { body: { accept_without: claim.missing } });
    onDone("complete");
  });
  return html`<${Dialog} title=${t("actions.complete")} onClose=${onClose}>
    <div class="stack">
      ${claim.missing_names.length ? html`<p>${t("complete.without")}</p><ul class="dots">${claim.missing_names.map((/** @type {string} */ name) => html`<li>${name}</li>`)}</ul>` : html`<p>${t("ask.complete")}</p>`}
      <${FormProblem} error=${error} />
      <div class="row end-row"><button class="button quiet" onClick=${onClose}>${t("cancel")}</button><button class="button" disabled=${busy} onClick=${() => run()}>${t("actions.complete")}</button></div>
    </div>
  <//>`;
}
