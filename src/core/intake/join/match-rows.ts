import { FaultError } from "../../fault.ts";
import { compareKeys, type Comparison } from "./compare-keys.ts";
import type { JoinChoice } from "./join.ts";
import { columnAt, textsOf, type JoinSide } from "./side.ts";

/** Which rows of the right belong to which rows of the left. */
export interface Matches {
  /** Left row -> its key, -1 for none. */
  readonly left: Int32Array;
  /** Rows of the right with key k: `order[starts[k]]` up to `order[starts[k + 1]]`, in the order of the table. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
  readonly leftMatched: number;
  readonly rightMatched: number;
  readonly leftUnique: boolean;
  readonly rightUnique: boolean;
  /** keys that several rows have on both sides */
  readonly repeatedOnBoth: number;
  readonly rightRepeated: number;
  readonly leftRepeated: number;
  readonly comparisons: readonly Comparison[];
}

/** The rows by their keys. Throws FaultError `join-impossible`. */
export function matchRows(left: JoinSide, right: JoinSide, keys: JoinChoice["keys"]): Matches {
  const pairs = keys.map((key) => {
    const leftAt = known(left, key.left);
    const rightAt = known(right, key.right);
    const texts = compareKeys(left, leftAt, right, rightAt);
    return {
      comparison: texts.comparison,
      left: textsOf(left, leftAt).codes.map((code) => texts.left[code] as number),
      right: textsOf(right, rightAt).codes.map((code) => texts.right[code] as number),
    };
  });
  const numbered = together(pairs);
  const keyCount = 1 + Math.max(greatest(numbered.left), greatest(numbered.right));
  const ofLeft = countsOf(numbered.left, keyCount);
  const ofRight = countsOf(numbered.right, keyCount);
  const starts = new Int32Array(keyCount + 1);
  for (let key = 0; key < keyCount; key++)
    starts[key + 1] = (starts[key] as number) + (ofRight[key] as number);
  const next = starts.slice();
  const order = new Int32Array(starts[keyCount] as number);
  numbered.right.forEach((key, row) => {
    if (key >= 0) order[(next[key] as number)++] = row;
  });
  const repeated = (counts: Int32Array): number => counts.filter((count) => count > 1).length;
  return {
    left: numbered.left,
    starts,
    order,
    leftMatched: numbered.left.filter((key) => key >= 0 && (ofRight[key] as number) > 0).length,
    rightMatched: numbered.right.filter((key) => key >= 0 && (ofLeft[key] as number) > 0).length,
    leftUnique: repeated(ofLeft) === 0,
    rightUnique: repeated(ofRight) === 0,
    leftRepeated: repeated(ofLeft),
    rightRepeated: repeated(ofRight),
    repeatedOnBoth: ofLeft.filter((count, key) => count > 1 && (ofRight[key] as number) > 1).length,
    comparisons: pairs.map(({ comparison }) => comparison),
  };
}

function known(side: JoinSide, name: string): number {
  const at = columnAt(side, name);
  if (at >= 0) return at;
  const shown = side.names.slice(0, 20).join(", ");
  throw new FaultError({
    code: "join-impossible",
    reason: `${side.name} has no column “${name}”.`,
    remedy: `Its columns are ${shown}${side.names.length > 20 ? " and others" : ""}.`,
  });
}

interface KeyRows {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Keys of several columns as one; a row without one of them has none. */
function together(pairs: readonly KeyRows[]): KeyRows {
  const [first, ...rest] = pairs as [KeyRows, ...KeyRows[]];
  return rest.reduce((before, pair) => {
    const numbers = new Map<string, number>();
    const both = (a: Int32Array, b: Int32Array): Int32Array =>
      a.map((one, row) => {
        const other = b[row] as number;
        if (one < 0 || other < 0) return -1;
        const key = `${one} ${other}`;
        const number = numbers.get(key) ?? numbers.size;
        numbers.set(key, number);
        return number;
      });
    return { left: both(before.left, pair.left), right: both(before.right, pair.right) };
  }, first);
}

const greatest = (numbers: Int32Array): number => numbers.reduce((most, it) => (it > most ? it : most), -1);

function countsOf(keys: Int32Array, keyCount: number): Int32Array {
  const counts = new Int32Array(keyCount);
  for (const key of keys) if (key >= 0) counts[key] = (counts[key] as number) + 1;
  return counts;
}
