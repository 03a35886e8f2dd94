import { tokenCodec } from "../../codec/token.ts";
import type { TokenCodec } from "../../codec/token.ts";
import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { learnColumn } from "../../codec/columns/table-code.ts";
import { withheldNotice } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import { encodeRows } from "../token-rows/rows.ts";
import { maskedColumns } from "../token-rows/mask-rules.ts";
import { learnMasks } from "../token-rows/masks.ts";
import { chooseParents } from "../token-rows/parents.ts";
import { createCartModel, loadCartModel } from "./model.ts";
import { outcomeOf } from "./outcome.ts";
import type { Question } from "./split.ts";
import type { Growth, Tree } from "./tree.ts";
import { growTree, leafTree } from "./tree.ts";
import { start } from "../training/reported.ts";
import type { FitOptions, Model, Params, Progress, Synthesizer, TableShape } from "../synthesizer.ts";

/** Sequential trees: each column from those before it, as in synthpop. */
export const cart: Synthesizer = {
  id: "cart",
  name: "Decision trees (CART)",
  summary:
    "One decision tree a column, from the columns before it: fitted in seconds and hard to tell apart, with a step where the truth is smooth.",
  reference: "Nowok, Raab & Dibben 2016, synthpop; Breiman et al. 1984; Reiter 2005",
  warning:
    "Trees can repeat single patients: on small tables up to 62 of 100 rows lay nearer to a training row than to a held-out one, where 50 would show no memory. Read the report's distances first.",
  params: {
    leaf: {
      type: "number",
      label: "Least patients in a leaf",
      default: 5,
      min: 5,
      max: 500,
      integer: true,
      reason:
        "A leaf that fewer patients share would hand out what they have. On more than 5,000 rows at least one row in a thousand.",
    },
    smoothing: {
      type: "number",
      label: "Smoothing of leaves",
      default: 3,
      min: 0,
      max: 100,
      reason:
        "Each leaf borrows this many rows from its parent, so that a small leaf does not repeat its patients.",
    },
  },
  fit,
  expectedSeconds,
  load: (artifact) => Promise.resolve().then(() => loadCartModel(artifact)),
};

/** Earlier columns that a tree may ask. */
const MOST_QUESTIONS = 40;
/** Rows that a tree has one leaf for at most. */
const MOST_LEAVES = 1000;
/** Standard deviations above chance that a split's gain must lie. */
const STRICTNESS = 2.5;

async function* fit(
  train: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
): AsyncGenerator<Progress, Model, void> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  if (train.rows < 2) throw new FaultError({ code: "too-few-rows", rows: train.rows, needed: 2 });
  const codec = yield* learnCodec(train);
  const data = yield* told(encodeRows(train, codec, rng.fork("rows")), 0.1, 0.15, "Reading the rows");
  if (data.rows < train.rows) yield { ...start, fraction: 0.15, notice: rowsNotice(data.rows, train.rows) };
  const tokens = { rows: data.rows, counts: data.places.counts, tokens: data.tokens };
  const parents = yield* told(chooseParents(tokens, MOST_QUESTIONS), 0.15, 0.2, "Looking for relations");
  const masks = learnMasks(options.rules ?? [], maskedColumns(codec, data.places), train);
  const growths = growthsOf(data, parents, params);
  const trees: Tree[] = growths.map(({ shares }) => leafTree(shares));
  const model = (): Model => createCartModel({ params, codec, places: data.places, trees, masks });
  const steps = trees.length;
  let shown = performance.now();
  for (const [place, growth] of growths.entries()) {
    if (options.enough?.() === true) break;
    const done = (share: number): number => 0.2 + (0.79 * (place + share)) / steps;
    trees[place] = yield* told(growTree(growth), done(0), done(1), "Growing trees");
    const due = options.previewRows > 0 && performance.now() - shown >= options.previewEvery;
    const preview = due ? await model().sample(options.previewRows, rng.fork("preview")) : undefined;
    if (due) shown = performance.now();
    yield { ...start, step: place + 1, steps, fraction: done(1), ...(preview && { preview }) };
  }
  const made = model();
  const preview =
    options.previewRows > 0 ? await made.sample(options.previewRows, rng.fork("preview")) : undefined;
  yield { ...start, step: steps, steps, epoch: 1, epochs: 1, fraction: 1, ...(preview && { preview }) };
  return made;
}

/** The columns' tokens, learned one by one. */
async function* learnCodec(train: Table): AsyncGenerator<Progress, TokenCodec, void> {
  const columns: AnyColumnCode[] = [];
  for (const i of train.columns.keys()) {
    columns.push(learnColumn(train, i));
    await breathe();
    yield { ...start, fraction: (0.1 * (i + 1)) / train.columns.length, note: "Reading the columns" };
  }
  const code = { name: train.name, schema: train.schema, columns };
  const notice = withheldNotice(code);
  if (notice !== undefined) yield { ...start, fraction: 0.1, notice };
  return tokenCodec(code);
}

const rowsNotice = (used: number, all: number): string =>
  `The trees grow from ${used.toLocaleString("en")} of ${all.toLocaleString("en")} rows, drawn with the target's own ` +
  `shares. Columns by themselves are learned from all rows.`;

/** Least milliseconds between two reports of work under way. */
const REPORT_EVERY = 40;

/** Work that yields its share done, as reports from `low` to `high`. */
async function* told<T>(
  work: AsyncGenerator<number, T, void>,
  low: number,
  high: number,
  note: string,
): AsyncGenerator<Progress, T, void> {
  let last = performance.now();
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
    if (performance.now() - last < REPORT_EVERY) continue;
    yield { ...start, fraction: low + (high - low) * next.value, note };
    last = performance.now();
  }
}

/** What each place's tree grows from. */
function growthsOf(data: TokenRows, parents: readonly Int32Array[], params: Params): Growth[] {
  const { codec, places, rows } = data;
  const width = places.columns.length;
  const weights = patientWeights(data);
  const codes = places.columns.map((column) => codec.code.columns[column] as AnyColumnCode);
  const questions = codes.map((code, place): Question => {
    const tokens = new Uint16Array(rows);
    for (let i = 0; i < rows; i++) tokens[i] = data.tokens[i * width + place] as number;
    return { tokens, count: code.code.count, ordered: code.type === "numeric", missing: code.code.missing };
  });
  return codes.map((code, place) => {
    const placesAsked = parents[place] as Int32Array;
    return {
      placesAsked,
      questions: Array.from(placesAsked, (at) => questions[at] as Question),
      outcome: outcomeOf(code),
      answers: (questions[place] as Question).tokens,
      weights,
      leaf: Math.max(params["leaf"] as number, rows / MOST_LEAVES),
      strictness: STRICTNESS,
      shares: code.code.shares,
      smoothing: params["smoothing"] as number,
      rows,
    };
  });
}

/** 1 over the rows of its patient, for every row. */
function patientWeights({ rows, patients }: TokenRows): Float64Array {
  if (!patients) return new Float64Array(rows).fill(1);
  const sizes = new Map<number, number>();
  for (const patient of patients) sizes.set(patient, (sizes.get(patient) ?? 0) + 1);
  return Float64Array.from(patients, (patient) => 1 / (sizes.get(patient) as number));
}

/** A tenth of a second, 14 ns for each row at each level of each question, 5 us for each node. */
function expectedSeconds({ rows, columns }: TableShape, _params: Params, pace: number): number {
  const used = Math.min(rows, 50_000);
  const asked =
    columns *
    (columns <= MOST_QUESTIONS ? columns / 2 : MOST_QUESTIONS - MOST_QUESTIONS ** 2 / (2 * columns));
  const nodes = Math.min(2 * MOST_LEAVES, used / 5);
  return pace * (0.1 + asked * (1.4e-8 * used * Math.log2(2 + nodes / 2) + 5e-6 * nodes));
}
