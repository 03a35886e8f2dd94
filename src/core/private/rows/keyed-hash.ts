/** SipHash-2-4 (Aumasson & Bernstein 2012) of two 32-bit words under a key of four: without the key its 64 bits look like chance. */
export function keyedHash(key: Uint32Array, low: number, high: number): readonly [number, number] {
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = key;
  // Four 64-bit words, each its low half and its high one.
  const v = new Uint32Array([
    k0 ^ 0x70736575,
    k1 ^ 0x736f6d65,
    k2 ^ 0x6e646f6d,
    k3 ^ 0x646f7261,
    k0 ^ 0x6e657261,
    k1 ^ 0x6c796765,
    k2 ^ 0x79746573,
    k3 ^ 0x74656462,
  ]);
  absorb(v, low, high);
  absorb(v, 0, 8 << 24);
  v[4] = at(v, 4) ^ 0xff;
  for (let i = 0; i < 4; i++) round(v);
  return [
    (at(v, 0) ^ at(v, 2) ^ at(v, 4) ^ at(v, 6)) >>> 0,
    (at(v, 1) ^ at(v, 3) ^ at(v, 5) ^ at(v, 7)) >>> 0,
  ];
}

const at = (v: Uint32Array, i: number): number => v[i] as number;

function absorb(v: Uint32Array, low: number, high: number): void {
  v[6] = at(v, 6) ^ low;
  v[7] = at(v, 7) ^ high;
  round(v);
  round(v);
  v[0] = at(v, 0) ^ low;
  v[1] = at(v, 1) ^ high;
}

function round(v: Uint32Array): void {
  mix(v, 0, 2, 13);
  turn(v, 0, 32);
  mix(v, 4, 6, 16);
  mix(v, 0, 6, 21);
  mix(v, 4, 2, 17);
  turn(v, 4, 32);
}

/** to += from; from is turned left and takes on to. */
function mix(v: Uint32Array, to: number, from: number, bits: number): void {
  const low = at(v, to) + at(v, from);
  v[to + 1] = at(v, to + 1) + at(v, from + 1) + (low > 0xffffffff ? 1 : 0);
  v[to] = low;
  turn(v, from, bits);
  v[from] = at(v, from) ^ at(v, to);
  v[from + 1] = at(v, from + 1) ^ at(v, to + 1);
}

/** A 64-bit word turned left. */
function turn(v: Uint32Array, word: number, bits: number): void {
  const [low, high] = [at(v, word), at(v, word + 1)];
  const [a, b] =
    bits === 32
      ? [high, low]
      : [(low << bits) | (high >>> (32 - bits)), (high << bits) | (low >>> (32 - bits))];
  v[word] = a;
  v[word + 1] = b;
}
