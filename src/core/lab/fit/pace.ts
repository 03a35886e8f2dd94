import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";

/**
 * Milliseconds that one piece of the work below takes on the machine of METHODS.md's figures: a server core at about
 * 2.6 GHz (AMD EPYC), V8 of Node 20, measured while nothing else ran on it. Every `expectedSeconds` is stated for that
 * machine, so this is the one number to measure anew when the figures move to another.
 */
export const REFERENCE_MS = 8;

const SIDE = 96;
const SORTED = 12_000;
const WARM_UP = 4;
const PIECES = 9;

/**
 * How many times slower this machine is than that of the figures, as it is now: other programs at work count. About
 * 100 ms of work in plain JavaScript, so that it neither waits for a device nor moves when the engine gets faster: half
 * multiply-and-add over float32 (what networks do), half sorting (what trees and codecs do). The middle one of nine pieces.
 */
export async function measurePace(clock: () => number = () => performance.now()): Promise<number> {
  const piece = createPiece();
  const taken: number[] = [];
  for (let i = 0; i < WARM_UP + PIECES; i++) {
    const started = clock();
    piece();
    if (i >= WARM_UP) taken.push(clock() - started);
    await breathe();
  }
  taken.sort((a, b) => a - b);
  return Math.max(1e-3, (taken[Math.floor(PIECES / 2)] as number) / REFERENCE_MS);
}

/** The same numbers each time; returns one that depends on all of them, so that nothing is optimised away. */
function createPiece(): () => number {
  const rng = createRng(1);
  const random = (length: number): Float32Array => Float32Array.from({ length }, () => rng.normal());
  const [a, b, out] = [random(SIDE * SIDE), random(SIDE * SIDE), new Float32Array(SIDE * SIDE)];
  const unsorted = Float64Array.from({ length: SORTED }, () => rng.normal());
  return () => {
    for (let times = 0; times < 3; times++) multiply(a, b, out);
    const sorted = unsorted.slice().sort((x, y) => x - y);
    return (out[7] as number) + (sorted[7] as number);
  };
}

/** out = a b, row-major squares. */
function multiply(a: Float32Array, b: Float32Array, out: Float32Array): void {
  out.fill(0);
  for (let i = 0; i < SIDE; i++) {
    for (let k = 0; k < SIDE; k++) {
      const left = a[i * SIDE + k] as number;
      for (let j = 0; j < SIDE; j++) {
        const at = i * SIDE + j;
        out[at] = (out[at] as number) + left * (b[k * SIDE + j] as number);
      }
    }
  }
}
