import type { Params, TableShape } from "../synthesizer.ts";

/** How a table is learned, by its rows and columns. */
export interface LanguagePlan {
  /** numbers that stand for a token; a multiple of four for each head */
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  readonly dropout: number;
  /** bins of a numeric column */
  readonly bins: number;
  readonly learningRate: number;
  readonly warmUp: number;
  readonly weightDecay: number;
  /** decay of the weights' moving average */
  readonly average: number;
  /** rows of a step */
  readonly batch: number;
  readonly steps: number;
  readonly patience: number;
}

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const powerOfTwo = (value: number, low: number, high: number): number =>
  clip(2 ** Math.round(Math.log2(value)), low, high);

/** Cells of a step: larger products are no faster, and gradients of so many cells are steady enough. */
const CELLS = 1024;
/** Attention takes some thousand steps to find which cells matter, however few the rows. */
const EPOCHS = 30;
const LEAST_STEPS = 2000;

export function planLanguage(rows: number, columns: number, params: Params): LanguagePlan {
  const number = (name: string): number => params[name] as number;
  const heads = headsOf(number("width"));
  const learned = Math.max(1, Math.min(rows, MOST_ROWS) * 0.9);
  const batch = Math.min(
    number("batch") || powerOfTwo(Math.min(CELLS / Math.max(1, columns), learned / 16), 8, 256),
    Math.max(1, Math.floor(learned)),
  );
  return {
    width: 4 * heads * Math.max(1, Math.round(number("width") / (4 * heads))),
    heads,
    layers: number("layers"),
    dropout: number("dropout"),
    bins: Math.round(clip(rows / 12, 12, 64)),
    learningRate: number("learningRate"),
    warmUp: 100,
    weightDecay: 0.01,
    average: 0.995,
    batch,
    steps: number("steps") || Math.max(LEAST_STEPS, Math.ceil((EPOCHS * learned) / batch)),
    patience: number("patience"),
  };
}

/** Heads of about 32 numbers each. */
const headsOf = (width: number): number => Math.max(1, Math.round(width / 32));

/** Multiplications and additions a second: WASM, one thread, products and what stands between them. */
const RATE = 11e9;
const MOST_ROWS = 50_000;
/** Tokens of a typical column. */
const TOKENS_OF_NUMBER = 48;

/** Seconds of a fit by the arithmetic of a step; within a factor of two where measured. */
export function expectedSeconds({ rows, columns, numeric, levels }: TableShape, plan: LanguagePlan): number {
  const { width, layers, batch, steps } = plan;
  const vocabulary = numeric * TOKENS_OF_NUMBER + Math.min(levels, 100 * columns);
  const features = numeric * 14 + Math.min(levels, 100 * columns) + columns;
  const token = layers * (12 * width * width + columns * width) + 20 * width;
  const step = 3 * (batch * columns * token + vocabulary * features * width);
  return 0.5 + (rows * columns) / 2e6 + (steps * step) / RATE;
}
