/**
 * Files on their way to a claim, one after another. Each has one key for all its attempts, and lies on the device
 * until it has arrived: a cut connection or a reload sends it again, and never twice.
 */
import { call, newKey } from "../shared/api.js";
import { keep, kept } from "../shared/keep.js";
import { problemText } from "../shared/loading.js";
import { useEffect, useRef, useState } from "../shared/view.js";

/** @typedef {{key: string, file: File, requirement: string, state: "waiting" | "sending" | "failed", text: string, share?: number}} Upload */

/** @param {File} file what a browser can show by itself */
export function previewOf(file) {
  return /^image\/(jpeg|png|webp|gif)$/.test(file.type) ? URL.createObjectURL(file) : null;
}

/**
 * @param {string} claimId
 * @param {(claim: any) => void} onClaim called with the claim as it is after each arrival
 */
export function useUploads(claimId, onClaim) {
  const [uploads, setUploads] = useState(/** @type {Upload[]} */ ([]));
  const list = useRef(/** @type {Upload[]} */ ([]));
  const line = useRef(Promise.resolve());
  const previews = useRef(/** @type {Map<string, string>} */ (new Map()));

  const show = (/** @type {Upload[]} */ next) => {
    list.current = next;
    setUploads(next);
  };
  const store = (/** @type {Upload[]} */ next) => {
    show(next);
    return keep(`uploads:${claimId}`, next);
  };
  const update = (/** @type {string} */ key, /** @type {Partial<Upload>} */ change) =>
    store(list.current.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));

  /** @param {Upload} upload */
  const send = async (upload) => {
    await update(upload.key, { state: "sending", text: "", share: 0 });
    try {
      const form = new FormData();
      form.append("file", upload.file, upload.file.name);
      const onProgress = (/** @type {number} */ share) => show(list.current.map((other) => (other.key === upload.key ? { ...other, share } : other)));
      const document = await call("POST", "/documents", { form, key: upload.key, onProgress });
      const body = { document_id: document.id, requirement: upload.requirement };
      const claim = await call("POST", `/claims/${claimId}/documents`, { body, key: `${upload.key}:${upload.requirement}` });
      const preview = previewOf(upload.file);
      if (preview) previews.current.set(document.id, preview);
      await store(list.current.filter((other) => other.key !== upload.key));
      onClaim(claim);
    } catch (error) {
      await update(upload.key, { state: "failed", text: problemText(error) });
    }
  };
  const queue = (/** @type {Upload} */ upload) => {
    line.current = line.current.then(() => send(upload));
  };

  useEffect(() => {
    kept(`uploads:${claimId}`).then((before) => {
      if (!before?.length || list.current.length) return;
      store(before.map((/** @type {Upload} */ upload) => ({ ...upload, state: "waiting" })));
      list.current.forEach(queue);
    });
    const again = () => list.current.filter(({ state }) => state === "failed").forEach(retry);
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [claimId]);

  const retry = (/** @type {Upload} */ upload) => {
    const current = list.current.find(({ key }) => key === upload.key);
    if (current?.state !== "failed") return;
    update(upload.key, { state: "waiting" });
    queue(upload);
  };
  const add = async (/** @type {File[]} */ files, /** @type {string} */ requirement) => {
    const fresh = files.map((file) => ({ key: newKey(), file, requirement, state: /** @type {"waiting"} */ ("waiting"), text: "" }));
    await store([...list.current, ...fresh]);
    fresh.forEach(queue);
  };
  const discard = (/** @type {Upload} */ upload) => store(list.current.filter(({ key }) => key !== upload.key));
  return { uploads, add, retry, discard, preview: (/** @type {string} */ id) => previews.current.get(id) || null };
}
