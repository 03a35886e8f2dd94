const SPREAD = 0x9e3779b1;

/**
 * For each number the place of the first one that equals it; of NaN its own. A Map of millions of numbers would take ten
 * times the memory.
 */
export function firstEqual(values: Float64Array): Int32Array {
  const bits = Math.min(30, Math.ceil(Math.log2(Math.max(2, 1.5 * values.length))));
  /** Place of a number, and one more; 0: free. */
  const places = new Int32Array(2 ** bits);
  const number = new Float64Array(1);
  const halves = new Int32Array(number.buffer);
  const first = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] as number) + 0;
    first[i] = i;
    if (Number.isNaN(value)) continue;
    number[0] = value;
    const mixed = Math.imul((halves[0] as number) ^ Math.imul(halves[1] as number, 31), SPREAD);
    let at = mixed >>> (32 - bits);
    while (places[at] !== 0 && values[(places[at] as number) - 1] !== value)
      at = (at + 1) & (places.length - 1);
    if (places[at] === 0) places[at] = i + 1;
    else first[i] = (places[at] as number) - 1;
  }
  return first;
}

/** How many different numbers there are, NaN aside. */
export function distinctNumbers(values: Float64Array): number {
  const first = firstEqual(values);
  let distinct = 0;
  for (let i = 0; i < first.length; i++) if (first[i] === i && !Number.isNaN(values[i])) distinct++;
  return distinct;
}
