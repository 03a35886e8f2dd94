/** A prime: steps of any size visit each number below it once. */
const NUMBERS = 8_999_993;
const FIRST = 1_000_000;

/** "HF-4821093": the record number of patient `i` (from 0, below 8,999,993); no two patients of a seed share one. */
export function recordNumber(prefix: string, i: number, seed: number): string {
  const step = 3_141_593 + (Math.abs(seed) % 1009);
  const at = ((i + 1) * step + (Math.abs(seed) % NUMBERS)) % NUMBERS;
  return `${prefix}-${FIRST + at}`;
}
