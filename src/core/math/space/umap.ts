import { breathe } from "../breathe.ts";
import type { Rng } from "../rng.ts";
import { powerTable } from "./power-table.ts";

export interface UmapSettings {
  /** neighbours that make a row's surroundings, itself among them */
  readonly neighbours: number;
  readonly epochs: number;
}

export const umapDefaults: UmapSettings = { neighbours: 15, epochs: 200 };

/** 1 / (1 + a d^2b) fitted to the published curve for min_dist = 0.1, spread = 1 (umap-learn's find_ab_params). */
const A = 1.5769434603;
const B = 0.8950608779;
/** Looked up: ten million are needed, and a step of the descent is no nearer than that. */
const toTheB = powerTable(B);
const NEGATIVES = 5;
/** How far the start is stretched: coordinates of the start have this largest size. */
const EXTENT = 10;

/** A weighted edge of the neighbourhood graph, each pair once. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * UMAP (McInnes, Healy & Melville 2018) into two dimensions: exact nearest neighbours, smooth distances with
 * sum exp(-max(0, d - rho) / sigma) = log2 k, fuzzy union of the directed graphs, and stochastic gradient descent on its
 * cross-entropy with 5 negative samples an edge. Starts from `start` (principal components), not from the graph's spectrum.
 * @param distancesFrom writes the distances from row `row` to all rows
 * @param start two coordinates a row (x of all rows, then y), any scale
 * @returns x of all rows, then y
 */
export async function umap(
  rows: number,
  distancesFrom: (row: number, out: Float32Array) => void,
  start: Float64Array,
  rng: Rng,
  { neighbours, epochs }: UmapSettings = umapDefaults,
  pulse: () => Promise<void> = breathe,
): Promise<Float64Array> {
  const k = Math.min(neighbours, rows) - 1;
  const places = stretched(start, rows, rng);
  if (k < 1) return places;
  const edges = await fuzzyUnion(rows, k, distancesFrom, pulse);
  await descend(places, rows, edges, epochs, rng, pulse);
  return places;
}

/** Both coordinates by one factor, the largest to `EXTENT`, and a little noise so that equal rows can part. */
function stretched(start: Float64Array, rows: number, rng: Rng): Float64Array {
  const most = start.reduce((top, value) => Math.max(top, Math.abs(value)), 0) || 1;
  return Float64Array.from(
    { length: 2 * rows },
    (_, i) => (EXTENT * (start[i] as number)) / most + 1e-4 * rng.normal(),
  );
}

/** Membership of each row's k nearest others, joined by a + b - a b. */
async function fuzzyUnion(
  rows: number,
  k: number,
  distancesFrom: (row: number, out: Float32Array) => void,
  pulse: () => Promise<void>,
): Promise<Edge[]> {
  const memberships = new Map<number, number>();
  const distances = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    distancesFrom(row, distances);
    distances[row] = Infinity;
    const near = nearest(distances, k);
    const weights = smooth(near.distances, k + 1);
    near.rows.forEach((other, i) => memberships.set(row * rows + other, weights[i] as number));
    await pulse();
  }
  const edges: Edge[] = [];
  for (const [key, weight] of memberships) {
    const [from, to] = [Math.floor(key / rows), key % rows];
    const back = memberships.get(to * rows + from);
    if (back !== undefined && from > to) continue;
    edges.push({ from, to, weight: back === undefined ? weight : weight + back - weight * back });
  }
  return edges;
}

/** The `k` least distances, rising, and whose they are. */
function nearest(distances: Float32Array, k: number): { rows: number[]; distances: number[] } {
  const rows: number[] = [];
  const found: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i] as number;
    if (found.length === k && !(distance < (found[k - 1] as number))) continue;
    let at = found.length;
    while (at > 0 && (found[at - 1] as number) > distance) at--;
    found.splice(at, 0, distance);
    rows.splice(at, 0, i);
    if (found.length > k) {
      found.pop();
      rows.pop();
    }
  }
  return { rows, distances: found };
}

/**
 * Memberships of rising distances to the nearest others: 1 up to the nearest distance above 0, then falling so that they sum
 * to log2 k. The row itself is the first of the k neighbours and adds nothing, as in umap-learn.
 */
export function smooth(distances: readonly number[], k: number): number[] {
  const rho = distances.find((distance) => distance > 0) ?? 0;
  const target = Math.log2(k);
  const memberships = (sigma: number): number[] =>
    distances.map((distance) => (distance <= rho ? 1 : Math.exp(-(distance - rho) / sigma)));
  let [low, high, sigma] = [0, Infinity, 1];
  for (let i = 0; i < 64; i++) {
    const sum = memberships(sigma).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? 2 * sigma : (low + high) / 2;
  }
  const mean = distances.reduce((a, b) => a + b, 0) / distances.length;
  return memberships(Math.max(sigma, 1e-3 * mean, Number.MIN_VALUE));
}

/** Each edge is pulled in proportion to its weight, and pushes drawn rows away, with a step that falls to 0. */
async function descend(
  places: Float64Array,
  rows: number,
  edges: readonly Edge[],
  epochs: number,
  rng: Rng,
  pulse: () => Promise<void>,
): Promise<void> {
  const most = edges.reduce((top, { weight }) => Math.max(top, weight), 0);
  const used = edges.filter(({ weight }) => weight >= most / epochs);
  const due = Float64Array.from(used, ({ weight }) => most / weight);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const step = 1 - (epoch - 1) / epochs;
    for (let e = 0; e < used.length; e++) {
      if ((due[e] as number) > epoch) continue;
      const { from, to, weight } = used[e] as Edge;
      due[e] = (due[e] as number) + most / weight;
      attract(places, rows, from, to, step);
      for (let n = 0; n < NEGATIVES; n++) {
        repel(places, rows, from, rng.integer(rows), step);
        repel(places, rows, to, rng.integer(rows), step);
      }
      if (e % 2048 === 0) await pulse();
    }
    await pulse();
  }
}

const clipped = (gradient: number): number => Math.max(-4, Math.min(4, gradient));

function attract(places: Float64Array, rows: number, from: number, to: number, step: number): void {
  const dx = (places[from] as number) - (places[to] as number);
  const dy = (places[rows + from] as number) - (places[rows + to] as number);
  const square = dx * dx + dy * dy;
  if (!(square > 0)) return;
  const power = toTheB(square);
  const pull = (-2 * A * B * power) / square / (1 + A * power);
  const [x, y] = [step * clipped(pull * dx), step * clipped(pull * dy)];
  places[from] = (places[from] as number) + x;
  places[rows + from] = (places[rows + from] as number) + y;
  places[to] = (places[to] as number) - x;
  places[rows + to] = (places[rows + to] as number) - y;
}

function repel(places: Float64Array, rows: number, from: number, other: number, step: number): void {
  if (from === other) return;
  const dx = (places[from] as number) - (places[other] as number);
  const dy = (places[rows + from] as number) - (places[rows + other] as number);
  const square = dx * dx + dy * dy;
  const push = (2 * B) / ((0.001 + square) * (1 + A * toTheB(square)));
  places[from] = (places[from] as number) + step * clipped(push * dx);
  places[rows + from] = (places[rows + from] as number) + step * clipped(push * dy);
}
