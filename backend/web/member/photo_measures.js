/**
 * Whether a photographed paper can be read: light, sharpness, reflections, and whether all of the sheet is there. The same
 * measures and limits as the server's first look (documents/darkroom/quality.py, documents/rules.py), so that what passes
 * here passes there; a reflection and the sheet's own edges are judged here only, where the photo can still be taken again.
 */

/** @typedef {{width: number, height: number, pixels: Uint8Array}} Grey a picture of at most GLANCE_SIDE, 0 black to 255 white */

export const GLANCE_SIDE = 800;
export const SHORTEST_SIDE = 500;
const DARKEST_PAPER = 95;
const SOFTEST_EDGE = 0.3;
const MOST_PRINT_ON_RIM = 0.008;
const BLOCK = 25;
const RIM = 10;
const STROKE = 21;
const STRONG_BLOCKS = 0.08;
const PAPER = 0.95;
/** From this grey on a sensor shows nothing any more. */
const BLINDED = 250;
/** So many blinded blocks are a reflection when the paper around them is darker than this. */
const REFLECTION_BLOCKS = 4;
const PAPER_AROUND = 215;
/** A side of the picture shows paper rather than the table when this share of it is nearly as light as the paper. */
const SIDE_IS_PAPER = 0.7;

/** The grey that the paper reaches. @param {Grey} grey */
export function paperOf({ pixels }) {
  const histogram = new Uint32Array(256);
  for (const value of pixels) histogram[value] += 1;
  let seen = 0;
  for (let value = 0; value < 256; value += 1) {
    seen += histogram[value];
    if (seen >= PAPER * pixels.length) return value;
  }
  return 255;
}

/** Darkest, lightest and mean grey of each block. @param {Grey} grey */
function blocksOf({ width, height, pixels }) {
  const [rows, columns] = [Math.floor(height / BLOCK), Math.floor(width / BLOCK)];
  const blocks = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let [dark, light, blinded] = [255, 0, 0];
      for (let y = row * BLOCK; y < (row + 1) * BLOCK; y += 1) {
        for (let x = column * BLOCK; x < (column + 1) * BLOCK; x += 1) {
          const value = pixels[y * width + x];
          if (value < dark) dark = value;
          if (value > light) light = value;
          if (value >= BLINDED) blinded += 1;
        }
      }
      blocks.push({ row, column, dark, light, blinded: blinded / (BLOCK * BLOCK) });
    }
  }
  return blocks;
}

/**
 * How much of the step from ink to paper happens within one pixel, in the blocks with the strongest print: shadow, faded
 * ink and exposure divide out, only focus and shake remain.
 * @param {Grey} grey @param {ReturnType<typeof blocksOf>} blocks
 */
export function sharpnessOf({ width, pixels }, blocks) {
  if (!blocks.length) return 0;
  const strong = [...blocks].sort((one, other) => other.light - other.dark - (one.light - one.dark));
  const ratios = strong.slice(0, Math.max(4, Math.floor(blocks.length * STRONG_BLOCKS))).map(({ row, column, dark, light }) => {
    let steepest = 0;
    for (let y = row * BLOCK; y < (row + 1) * BLOCK; y += 1) {
      for (let x = column * BLOCK; x < (column + 1) * BLOCK; x += 1) {
        const value = pixels[y * width + x];
        if (x) steepest = Math.max(steepest, Math.abs(value - pixels[y * width + x - 1]));
        if (y) steepest = Math.max(steepest, Math.abs(value - pixels[(y - 1) * width + x]));
      }
    }
    return steepest / Math.max(light - dark, 1);
  });
  return medianOf(ratios);
}

/** @param {number[]} figures at least one */
function medianOf(figures) {
  const sorted = [...figures].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The four rims as lines of pixels, each read along its side. @param {Grey} grey @returns {Uint8Array[][]} */
function rimsOf({ width, height, pixels }) {
  const row = (/** @type {number} */ y) => pixels.subarray(y * width, (y + 1) * width);
  const column = (/** @type {number} */ x) => Uint8Array.from({ length: height }, (_, y) => pixels[y * width + x]);
  const first = Array.from({ length: RIM }, (_, index) => index);
  return [first.map(row), first.map((y) => row(height - 1 - y)), first.map(column), first.map((x) => column(width - 1 - x))];
}

/** @param {Uint8Array} line @param {(one: number, other: number) => number} most */
function sliding(line, most) {
  const half = Math.floor(STROKE / 2);
  return Uint8Array.from(line, (_, at) => {
    let found = line[at];
    for (let x = Math.max(0, at - half); x <= Math.min(line.length - 1, at + half); x += 1) found = most(found, line[x]);
    return found;
  });
}

/** The largest share of print on one rim: dark strokes with paper on both sides along the rim. @param {Grey} grey @param {number} paper */
export function printOnRim(grey, paper) {
  const shares = rimsOf(grey).map((lines) => {
    if (lines[0].length < STROKE * 2) return 0;
    let strokes = 0;
    for (const line of lines) {
      const filled = sliding(sliding(line, Math.max), Math.min);
      line.forEach((value, at) => (strokes += filled[at] - value > 0.3 * paper && filled[at] > 0.6 * paper ? 1 : 0));
    }
    return strokes / (lines.length * lines[0].length);
  });
  return Math.max(...shares);
}

/** The sheet leaves the picture on some sides while the table shows on others. Paper on all four is a scan. @param {Grey} grey @param {number} paper */
export function sheetIsCut(grey, paper) {
  const sides = rimsOf(grey).map((lines) => {
    const light = lines.reduce((sum, line) => sum + line.reduce((count, value) => count + (value > 0.8 * paper ? 1 : 0), 0), 0);
    return light / (lines.length * lines[0].length) > SIDE_IS_PAPER;
  });
  const out = sides.filter(Boolean).length;
  return out > 0 && out < 4;
}

/**
 * A spot where the sensor saw nothing but light, on paper that is much darker two blocks further on at least three sides:
 * light that falls off over the sheet, or ends at a shadow, is none.
 * @param {ReturnType<typeof blocksOf>} blocks @param {number} paper
 */
export function hasReflection(blocks, paper) {
  const blind = blocks.filter(({ blinded }) => blinded > 0.9);
  if (blind.length < REFLECTION_BLOCKS || blind.length > blocks.length / 4) return false;
  const apart = (/** @type {any} */ block) =>
    Math.min(...blind.map(({ row, column }) => Math.max(Math.abs(row - block.row), Math.abs(column - block.column))));
  const middle = { row: 0, column: 0 };
  for (const { row, column } of blind) {
    middle.row += row / blind.length;
    middle.column += column / blind.length;
  }
  const around = blocks.filter((block) => block.blinded < 0.02 && [2, 3].includes(apart(block)));
  const sheet = around.filter(({ light }) => light > 0.55 * paper);
  const isDarker = (/** @type {any[]} */ some) => some.length > 0 && medianOf(some.map(({ light }) => light)) < PAPER_AROUND;
  const ways = [0, 1, 2, 3].map((way) =>
    sheet.filter(({ row, column }) => {
      const [down, right] = [row - middle.row, column - middle.column];
      return way === (Math.abs(down) > Math.abs(right) ? (down > 0 ? 0 : 1) : right > 0 ? 2 : 3);
    }),
  );
  return sheet.length > around.length / 2 && isDarker(sheet) && ways.filter(isDarker).length >= 3;
}

/**
 * What is wrong with a photo, in the order a person would mend it; empty when it can be read.
 * @param {Grey} grey @param {number} shortSide of the photo itself, pixels
 */
export function problemsOf(grey, shortSide) {
  const [paper, blocks] = [paperOf(grey), blocksOf(grey)];
  const found = {
    dark: paper < DARKEST_PAPER,
    blurred: sharpnessOf(grey, blocks) < SOFTEST_EDGE,
    glare: hasReflection(blocks, paper),
    cut: printOnRim(grey, paper) > MOST_PRINT_ON_RIM || sheetIsCut(grey, paper),
    small: shortSide < SHORTEST_SIDE,
  };
  return Object.entries(found).filter(([, holds]) => holds).map(([name]) => name);
}
