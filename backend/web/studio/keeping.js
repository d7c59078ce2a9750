/**
 * A draft that keeps itself: what is changed on the page goes to the server a moment later, with the revision it began
 * from. When somebody else saved meanwhile both sides are joined, and only what both changed is asked about. Nothing is
 * lost when the network or the page goes away: what is not on the server yet lies on this device.
 */
import { call } from "../shared/api.js";
import { drop, keep, kept } from "../shared/keep.js";
import { applied, at, joined, put, same } from "./settings.js";

const PAUSE_MS = 700;
const AGAIN_MS = 5000;
const CHANGED = "studio.draft_changed";

/**
 * @typedef {"saved" | "waiting" | "saving" | "offline" | "refused" | "failed"} State
 * @typedef {{draft: any, settings: any, state: State, error: any, conflict: any, beside: any}} Shown
 */

export class Keeping {
  /**
   * @param {string} slug @param {any} draft
   * @param {(settings: any) => string[][]} malformed places whose value nobody could use yet
   * @param {(shown: Shown) => void} tell
   */
  constructor(slug, draft, malformed, tell) {
    this.purpose = `draft:brand:${slug}`;
    this.malformed = malformed;
    this.tell = tell;
    /** @type {Shown} */
    this.shown = { draft, settings: draft.settings, state: "saved", error: null, conflict: null, beside: null };
    /** @type {any} */
    this.timer = null;
    /** @type {Promise<void> | null} */
    this.running = null;
  }

  /** What an earlier visit could not send comes back, on top of what the server has now. */
  async begin() {
    const before = await kept(this.purpose);
    if (before) this.join(before.base, before.settings, this.shown.draft);
    if (this.dirty) this.later(0);
  }

  /** What may be sent: a value that is only half typed stays here and the server's own goes on. */
  get sendable() {
    const { settings, draft } = this.shown;
    return this.malformed(settings).reduce((sent, path) => put(sent, path, at(draft.settings, path)), settings);
  }

  get dirty() {
    return !same(this.sendable, this.shown.draft.settings);
  }

  /** @param {Partial<Shown>} change */
  show(change) {
    this.shown = { ...this.shown, ...change };
    this.tell(this.shown);
  }

  /** @param {string[]} path @param {any} value undefined takes it away */
  change(path, value) {
    this.show({ settings: put(this.shown.settings, path, value), state: "waiting" });
    keep(this.purpose, { base: this.shown.draft.settings, settings: this.shown.settings });
    this.later(PAUSE_MS);
  }

  /** @param {number} pause in milliseconds */
  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** Sends what has not been sent; comes back when it is saved or has failed. */
  flush() {
    clearTimeout(this.timer);
    this.running ||= this.save().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async save() {
    while (this.dirty) {
      this.show({ state: "saving", error: null });
      const sent = this.sendable;
      try {
        this.accept(await call("PUT", "/studio/draft", { body: { revision: this.shown.draft.revision, settings: sent } }), sent);
      } catch (error) {
        if (error.reason !== CHANGED) return this.failed(error);
        if (!(await this.meet(error.errors))) return;
      }
    }
    await drop(this.purpose);
    this.show({ state: "saved", error: null });
  }

  /** The server has `sent`; what was changed since stays changed. @param {any} draft @param {any} sent */
  accept(draft, sent) {
    const { settings } = joined(sent, this.shown.settings, draft.settings);
    this.show({ draft, settings });
  }

  /** Somebody else saved: read theirs and put both together. @param {{by?: string, at?: string}} who @returns {Promise<boolean>} false when that could not be */
  async meet({ by, at: moment }) {
    try {
      const { draft } = await call("GET", "/studio/brand");
      this.join(this.shown.draft.settings, this.shown.settings, draft, { by, at: moment });
      this.show({ beside: { by, at: moment } });
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  /** @param {any} base @param {any} mine @param {any} draft @param {{by?: string, at?: string}} [who] */
  join(base, mine, draft, who = {}) {
    const { settings, clashes } = joined(base, mine, draft.settings);
    const conflict = clashes.length ? { ...who, clashes } : this.shown.conflict;
    this.show({ draft, settings, conflict });
  }

  /** @param {any[]} chosen the clashes in which my value shall stand */
  settle(chosen) {
    const mine = chosen.map(({ path, mine: after }) => ({ path, before: undefined, after }));
    this.show({ conflict: null, settings: applied(this.shown.settings, mine), state: "waiting" });
    keep(this.purpose, { base: this.shown.draft.settings, settings: this.shown.settings });
    this.later(0);
  }

  /** @param {any} error */
  failed(error) {
    const lost = Boolean(error.offline) || error.code >= 500 || error.code === 429;
    const state = error.offline ? "offline" : error.code === 422 ? "refused" : "failed";
    this.show({ state, error });
    if (lost) this.later(AGAIN_MS);
  }

  /**
   * What the server itself does to the draft (a logo, a palette, an import), after everything typed has arrived there.
   * @param {() => Promise<any>} work answers the new draft
   */
  async through(work) {
    await this.flush();
    const before = this.shown.settings;
    const draft = await work();
    const { settings } = joined(before, this.shown.settings, draft.settings);
    this.show({ draft, settings, conflict: null });
    if (this.dirty) await this.flush();
  }

  /** The draft as the server has it, nothing of this page. @param {any} draft */
  async replace(draft) {
    clearTimeout(this.timer);
    await drop(this.purpose);
    this.show({ draft, settings: draft.settings, state: "saved", error: null, conflict: null, beside: null });
  }

  leave() {
    clearTimeout(this.timer);
    if (this.dirty) this.flush();
  }
}
