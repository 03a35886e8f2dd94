import { normalCdf } from "../../../math/normal.ts";
import type { Edges } from "./cells.ts";

/** A way in which numbers may lie, known before a patient is looked at. */
export interface LikelyShape {
  /** of each cell; they sum to 1 */
  readonly shares: Float64Array;
  /** share of the numbers below a tick; undefined: even within each cell */
  readonly below?: (tick: number) => number;
  /** how unusual it is, in nats */
  readonly unusual: number;
}

/** Standard deviations of the bells over cells that are tried, in cells. */
const SPREADS = [0.15, 0.35, 0.7, 1.2, 2, 3, 5, 9, 16, 28];
/** Means of the bells over numbers, in their standard deviations. */
const MEANS = [-4, -2, -1, -0.5, 0, 0.5, 1, 2, 4, 8, 16];
const POWERS = 44;
/** Shares of zeros beside a bell, and the bells' standard deviations in cells. */
const ZEROS = [0.2, 0.4, 0.6, 0.75, 0.88, 0.95];
const BESIDE_ZERO = [0.7, 1.2, 2, 3];
const UNUSUAL_ZEROS = 2;
/** Of a known range, the share within which hardly any quantity keeps its standard deviation: noise looks like that. */
const [NARROW, UNUSUAL_NARROW] = [25, 5];
/** Of a range, the least standard deviation of a bell within it; how much it must explain better than what was known. */
const NARROWEST = 64;
const UNUSUAL_BELL = 6;

/**
 * Bells over the cells, which are a normal distribution of the logarithm where cells are powers of two; for `numbers` also
 * bells over the numbers themselves, on both sides of zero; and many zeros with a bell beside them, as costs and doses have.
 */
export function likelyShapes(edges: Edges, numbers: boolean): readonly LikelyShape[] {
  const key = `${numbers} ${edges.join()}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  const shapes = [...shapesOver(edges, numbers)];
  for (const oldest of lately.keys()) {
    if (lately.size < MOST_KEPT) break;
    lately.delete(oldest);
  }
  lately.set(key, shapes);
  return shapes;
}

/** Cells of a first look follow from what is public: they come again, in other columns and in an audit's next fit. */
const lately = new Map<string, readonly LikelyShape[]>();
const MOST_KEPT = 24;

function* shapesOver(edges: Edges, numbers: boolean): Generator<LikelyShape> {
  const cells = edges.length - 1;
  const single = (edges[cells] as number) - (edges[0] as number) === cells;
  for (const spread of SPREADS)
    for (let middle = 0; middle <= cells - 1; middle += Math.max(0.5, spread / 2)) {
      const unusual = single && spread < cells / NARROW ? UNUSUAL_NARROW : 0;
      yield { shares: overCells(cells, middle, spread), unusual };
    }
  if (!numbers) return;
  const reach = Math.max(Math.abs(edges[0] as number), Math.abs(edges[cells] as number));
  for (let power = 0; power <= POWERS && 2 ** power <= reach; power++)
    for (const mean of MEANS) {
      const unusual = single && 2 ** power < cells / NARROW ? UNUSUAL_NARROW : 0;
      yield { ...overNumbers(edges, mean * 2 ** power, 2 ** power), unusual };
    }
  const zero = edges.indexOf(0);
  if (zero < 0 || zero >= cells - 1 || edges[zero + 1] !== 1) return;
  for (const spread of BESIDE_ZERO)
    for (let middle = zero + 1; middle <= cells - 1; middle += Math.max(0.5, spread / 2)) {
      const beside = overCells(cells, middle, spread, zero + 1);
      for (const share of ZEROS)
        yield {
          shares: beside.map((own, k) => (k === zero ? share : (1 - share) * own)),
          unusual: UNUSUAL_ZEROS,
        };
    }
}

/** Bells over the numbers of a short range, whose cells were cut by an earlier look. */
export function* bellsWithin(edges: Edges): Generator<LikelyShape> {
  const [low, high] = [edges[0] as number, edges[edges.length - 1] as number];
  for (let parts = 2; parts <= NARROWEST; parts *= 2) {
    const spread = (high - low) / parts;
    for (let mean = low; mean <= high; mean += spread)
      yield { ...overNumbers(edges, mean, spread), unusual: UNUSUAL_BELL };
  }
}

/** A normal distribution over cells from `first` on. */
function overCells(cells: number, middle: number, spread: number, first = 0): Float64Array {
  const below = (edge: number): number => normalCdf((edge - middle) / spread);
  return toOne(
    Float64Array.from({ length: cells }, (_, k) => (k < first ? 0 : below(k + 0.5) - below(k - 0.5))),
  );
}

function overNumbers(edges: Edges, mean: number, spread: number): LikelyShape {
  const below = (tick: number): number => normalCdf((tick - 0.5 - mean) / spread);
  const at = edges.map(below);
  const shares = Float64Array.from({ length: edges.length - 1 }, (_, k) =>
    Math.max(0, (at[k + 1] as number) - (at[k] as number)),
  );
  return { shares: toOne(shares), below, unusual: 0 };
}

function toOne(shares: Float64Array): Float64Array {
  const sum = shares.reduce((a, b) => a + b, 0);
  return sum > 0 ? shares.map((share) => share / sum) : shares;
}
