/** Which page stands behind an address (the part after #). */

/**
 * The first route whose pattern fits, with what its groups name; the first of all where none does.
 * @template {{pattern: RegExp, names?: string[]}} Route
 * @param {Route[]} routes
 * @param {string} hash
 * @returns {Route & {path: string, values: Record<string, any>}}
 */
export function matched(routes, hash) {
  const path = hash.replace(/^#/, "") || "/";
  for (const route of routes) {
    const found = route.pattern.exec(path);
    if (found) {
      const values = Object.fromEntries((route.names || []).map((name, index) => [name, found[index + 1]]));
      return { ...route, path, values };
    }
  }
  return { ...routes[0], path: "/", values: {} };
}
