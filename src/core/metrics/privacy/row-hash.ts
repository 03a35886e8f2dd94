import type { AlignedColumn } from "../measuring/align.ts";

const bits = new DataView(new ArrayBuffer(8));

/** 53 bits of a row of table `side`, numbers to 6 significant digits; equal rows have equal ones. */
export function hashRow(columns: readonly AlignedColumn[], side: number, row: number): number {
  let h1 = 0x811c9dc5;
  let h2 = 0x2545f491;
  for (const column of columns) {
    if (column.type === "coded") {
      const code = column.codes[side]?.[row] as number;
      h1 = Math.imul(h1 ^ code, 0x01000193);
      h2 = Math.imul(h2 ^ (code + 0x9e37), 0x85ebca6b);
    } else {
      bits.setFloat64(0, sixDigits(column.values[side]?.[row] as number));
      h1 = Math.imul(h1 ^ bits.getInt32(0), 0x01000193);
      h1 = Math.imul(h1 ^ bits.getInt32(4), 0x01000193);
      h2 = Math.imul(h2 ^ bits.getInt32(4), 0x85ebca6b);
      h2 = Math.imul(h2 ^ bits.getInt32(0) ^ (h2 >>> 15), 0x85ebca6b);
    }
    h1 ^= h1 >>> 13;
    h2 ^= h2 >>> 16;
  }
  return (h1 >>> 0) * 0x200000 + (h2 >>> 11);
}

/** Rounded to 6 significant digits; -0 is 0, every NaN the same. */
export function sixDigits(value: number): number {
  if (Number.isNaN(value)) return NaN;
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? 0 : value;
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value;
  return Number(value.toPrecision(6));
}
