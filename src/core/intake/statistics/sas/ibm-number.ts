/** Kinds of missing that SAS tells apart, by the first byte of the number: "." "_" "A" to "Z". */
const POINT = 0x2e;
const UNDERSCORE = 0x5f;

/**
 * The number at `at`, of `length` bytes, as IBM mainframes write it (SAS TS-140): sign, exponent of 16 by 7 bits above 64,
 * a fraction of 56 bits. NaN = missing, whose kind `missingKind` tells.
 */
export function ibmNumber(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] as number;
  let fraction = 0;
  let scale = 1 / 256;
  for (let i = 1; i < length; i++) {
    fraction += (bytes[at + i] as number) * scale;
    scale /= 256;
  }
  if (fraction === 0) {
    if (first === 0 || first === 0x80) return 0;
    if (isMissing(first)) return NaN;
  }
  const value = fraction * 16 ** ((first & 0x7f) - 64);
  return first >= 0x80 ? -value : value;
}

const isMissing = (first: number): boolean =>
  first === POINT || first === UNDERSCORE || (first >= 0x41 && first <= 0x5a);

/** The letter of a missing number whose first byte is `first`, as a character code; 0 for the common kind. */
export const missingKind = (first: number): number => (first === POINT || !isMissing(first) ? 0 : first);
