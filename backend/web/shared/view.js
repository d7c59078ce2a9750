/** Preact with tagged templates: one import for every component. */
import { cloneElement, h, render, Fragment } from "preact";
import htm from "htm";

export { cloneElement, render, Fragment };
export { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);
