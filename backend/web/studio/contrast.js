/** How well one colour reads on another, by WCAG 2.2; the server's gate measures the same. */

const THRESHOLD = 0.04045;
const WEIGHTS = [0.2126, 0.7152, 0.0722];
const VEIL = 0.05;

/** @param {string} colour `#rrggbb` */
function luminance(colour) {
  const parts = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16) / 255);
  const linear = parts.map((part) => (part <= THRESHOLD ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return linear.reduce((sum, part, index) => sum + part * WEIGHTS[index], 0);
}

/** From 1 (the same) to 21 (black on white). @param {string} one @param {string} other */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + VEIL) / (dark + VEIL);
}

/** Whether this is a colour that can be used. @param {any} value */
export const isColour = (value) => /^#[0-9a-f]{6}$/i.test(value || "");

/**
 * The pairs that a colour takes part in, the weakest first.
 * @param {string} name @param {Record<string, string>} palette
 * @param {{text_pairs: string[][], control_pairs: string[][], contrast_text: number, contrast_control: number}} checks
 */
export function pairsOf(name, palette, checks) {
  const kinds = [
    { pairs: checks.text_pairs, needed: checks.contrast_text },
    { pairs: checks.control_pairs, needed: checks.contrast_control },
  ];
  const found = kinds.flatMap(({ pairs, needed }) => pairs.filter((pair) => pair.includes(name)).map(([upon, ground]) => ({ upon, ground, needed })));
  return found
    .filter(({ upon, ground }) => isColour(palette[upon]) && isColour(palette[ground]))
    .map((pair) => ({ ...pair, ratio: contrast(palette[pair.upon], palette[pair.ground]) }))
    .sort((one, other) => one.ratio / one.needed - other.ratio / other.needed);
}
