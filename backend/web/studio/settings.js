/** A brand's settings as a tree: what lies where, what differs, and how two people's changes go together. Pure. */

/** @typedef {string[]} Path @typedef {{path: Path, before: any, after: any}} Change */

const isTree = (/** @type {any} */ value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** Whether two values say the same, whatever the order of their keys. @param {any} one @param {any} other @returns {boolean} */
export function same(one, other) {
  if (isTree(one) && isTree(other)) {
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
  }
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((value, index) => same(value, other[index]));
  return one === other;
}

/** @param {any} tree @param {Path} path */
export function at(tree, path) {
  return path.reduce((inner, key) => (isTree(inner) ? inner[key] : undefined), tree);
}

/** The tree with another value at the path; `undefined` takes the place away, and what is empty then. @param {any} tree @param {Path} path @param {any} value @returns {any} */
export function put(tree, [key, ...rest], value) {
  const { [key]: before, ...others } = isTree(tree) ? tree : {};
  const after = rest.length ? put(before, rest, value) : value;
  const gone = after === undefined || (rest.length && isTree(after) && !Object.keys(after).length);
  if (gone) return others;
  return isTree(tree) && key in tree ? { ...tree, [key]: after } : { ...others, [key]: after };
}

/** `own` over `defaults`, as the server lays a client's settings over them. @param {any} defaults @param {any} own @returns {any} */
export function merged(defaults, own) {
  const all = { ...defaults };
  for (const [key, value] of Object.entries(own)) all[key] = isTree(value) && isTree(all[key]) ? merged(all[key], value) : value;
  return all;
}

/** Every value with its place; a list is one value. @param {any} tree @param {Path} [above] @returns {{path: Path, value: any}[]} */
export function leaves(tree, above = []) {
  return Object.entries(tree).flatMap(([key, value]) => (isTree(value) ? leaves(value, [...above, key]) : [{ path: [...above, key], value }]));
}

/** What became of one tree. @param {any} before @param {any} after @returns {Change[]} */
export function changes(before, after) {
  const places = new Map([...leaves(before), ...leaves(after)].map(({ path }) => [path.join("\n"), path]));
  const all = [...places.values()].map((path) => ({ path, before: at(before, path), after: at(after, path) }));
  return all.filter((one) => !same(one.before, one.after));
}

/** @param {any} tree @param {Change[]} made */
export function applied(tree, made) {
  return made.reduce((grown, { path, after }) => put(grown, path, after), tree);
}

/**
 * My changes on top of what somebody else saved meanwhile: everything that only one of us touched stays, and what both
 * of us changed to something different is named, with theirs in the tree until somebody has chosen.
 * @param {any} base what both began with @param {any} mine @param {any} theirs
 * @returns {{settings: any, clashes: {path: Path, mine: any, theirs: any}[]}}
 */
export function joined(base, mine, theirs) {
  const their = new Map(changes(base, theirs).map((one) => [one.path.join("\n"), one.after]));
  const made = changes(base, mine);
  const clash = (/** @type {Change} */ one) => their.has(one.path.join("\n")) && !same(their.get(one.path.join("\n")), one.after);
  const clashes = made.filter(clash).map(({ path, after }) => ({ path, mine: after, theirs: their.get(path.join("\n")) }));
  return { settings: applied(theirs, made.filter((one) => !clash(one))), clashes };
}
