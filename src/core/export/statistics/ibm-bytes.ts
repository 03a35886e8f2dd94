const MISSING = 0x2e;
const BITS = 52;

/** `value` as IBM mainframes write numbers (SAS TS-140), its 8 bytes; NaN and infinite ones as the common kind of missing. */
export function ibmBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  if (!Number.isFinite(value)) {
    bytes[0] = MISSING;
    return bytes;
  }
  if (value === 0) return bytes;
  let exponent = 64;
  let fraction = Math.abs(value);
  while (fraction >= 1) {
    fraction /= 16;
    exponent++;
  }
  while (fraction < 1 / 16) {
    fraction *= 16;
    exponent--;
  }
  if (exponent < 0) return bytes;
  if (exponent > 127) {
    exponent = 127;
    fraction = 1 - 2 ** -BITS;
  }
  bytes[0] = (value < 0 ? 0x80 : 0) | exponent;
  for (let i = 1; i < 8; i++) {
    fraction *= 256;
    const byte = Math.floor(fraction);
    bytes[i] = byte;
    fraction -= byte;
  }
  return bytes;
}
