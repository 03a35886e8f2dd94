/** Points in a mixed space, column by column: numbers, and codes that are equal or not. */
export interface Points {
  readonly rows: number;
  readonly numbers: readonly Float32Array[];
  readonly codes: readonly Int32Array[];
}

/** Rows taken at a time, so that their distances stay in the nearest cache. */
const TILE = 2048;

/**
 * Squared distances from point `row` of `from` to every point of `to`, written to `out`: squared differences of the
 * numbers, plus 1 for each pair of different codes. Code -1 (a level outside the list) is 1/2 from any listed one and 0
 * from itself, as one-hot columns divided by sqrt 2 would have it.
 */
export function squaredDistances(from: Points, row: number, to: Points, out: Float32Array): void {
  const { numbers } = to;
  const { words, places, loose } = packed(to);
  const { asked, masks, unlisted } = askedWords(from, row, places, words.length);
  const value = (k: number): number => from.numbers[k]?.[row] as number;
  out.fill(unlisted);
  for (let start = 0; start < out.length; start += TILE) {
    const end = Math.min(out.length, start + TILE);
    let k = 0;
    for (; k + 1 < numbers.length; k += 2) {
      const [a, b] = [numbers[k] as Float32Array, numbers[k + 1] as Float32Array];
      addNumbers(a, value(k), b, value(k + 1), out, start, end);
    }
    if (k < numbers.length) addNumber(numbers[k] as Float32Array, value(k), out, start, end);
    words.forEach((word, w) => addWord(word, asked[w] as number, masks[w] as number, out, start, end));
    for (const column of loose) {
      addCode(to.codes[column] as Int32Array, from.codes[column]?.[row] as number, out, start, end);
    }
  }
}

function addNumber(a: Float32Array, x: number, out: Float32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const d = (a[i] as number) - x;
    out[i] = (out[i] as number) + d * d;
  }
}

function addNumbers(
  a: Float32Array,
  x: number,
  b: Float32Array,
  y: number,
  out: Float32Array,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    const d = (a[i] as number) - x;
    const e = (b[i] as number) - y;
    out[i] = (out[i] as number) + d * d + e * e;
  }
}

/** Without branches, which would be guessed wrong for every second category: `differs` is 0 or 1 in the sign bit. */
function addCode(column: Int32Array, code: number, out: Float32Array, start: number, end: number): void {
  const whole = code < 0 ? 0.5 : 1;
  const half = code < 0 ? 0 : 0.5;
  for (let i = start; i < end; i++) {
    const other = column[i] as number;
    const apart = other ^ code;
    const differs = (apart | -apart) >>> 31;
    out[i] = (out[i] as number) + differs * (whole - half * (other >>> 31));
  }
}

/** Four columns of codes in each word, a byte each; `loose` are the columns that do not fit a byte everywhere. */
interface Packed {
  readonly words: readonly Int32Array[];
  /** where column k lies: its word and its shift; undefined = loose */
  readonly places: readonly ({ readonly word: number; readonly shift: number } | undefined)[];
  readonly loose: readonly number[];
}

const kept = new WeakMap<Points, Packed>();

function packed(points: Points): Packed {
  const known = kept.get(points);
  if (known) return known;
  const fits = points.codes.map((column) => column.every((code) => code >= 0 && code < 255));
  let taken = 0;
  const places = fits.map((fit) => (fit ? { word: taken >> 2, shift: 8 * (taken++ & 3) } : undefined));
  const words = Array.from({ length: (taken + 3) >> 2 }, () => new Int32Array(points.rows));
  places.forEach((place, k) => {
    if (!place) return;
    const [word, column] = [words[place.word] as Int32Array, points.codes[k] as Int32Array];
    for (let i = 0; i < column.length; i++) {
      word[i] = (word[i] as number) | ((column[i] as number) << place.shift);
    }
  });
  const made = { words, places, loose: fits.flatMap((fit, k) => (fit ? [] : [k])) };
  kept.set(points, made);
  return made;
}

/** The codes of one point as words; a code that no packed column can hold counts for all alike, as `unlisted`. */
function askedWords(
  from: Points,
  row: number,
  places: Packed["places"],
  words: number,
): { asked: Int32Array; masks: Int32Array; unlisted: number } {
  const asked = new Int32Array(words);
  const masks = new Int32Array(words);
  let unlisted = 0;
  places.forEach((place, k) => {
    if (!place) return;
    const code = from.codes[k]?.[row] as number;
    if (code < 0) unlisted += 0.5;
    else if (code > 254) unlisted += 1;
    else {
      asked[place.word] = (asked[place.word] as number) | (code << place.shift);
      masks[place.word] = (masks[place.word] as number) | (255 << place.shift);
    }
  });
  return { asked, masks, unlisted };
}

/** The number of bytes that differ, without a branch (Warren, Hacker's Delight, section 6-1). */
function addWord(
  word: Int32Array,
  asked: number,
  mask: number,
  out: Float32Array,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    const x = ((word[i] as number) ^ asked) & mask;
    const differ = ((((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x) >>> 7) & 0x01010101;
    out[i] = (out[i] as number) + (Math.imul(differ, 0x01010101) >>> 24);
  }
}

/** The least distances in ascending order, as many as `out` holds; Infinity where there are fewer. */
export function leastDistances(distances: Float32Array, out: Float64Array): void {
  out.fill(Infinity);
  const last = out.length - 1;
  let bar = Infinity;
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i] as number;
    if (distance >= bar) continue;
    let at = last;
    for (; at > 0 && (out[at - 1] as number) > distance; at--) out[at] = out[at - 1] as number;
    out[at] = distance;
    bar = out[last] as number;
  }
}
