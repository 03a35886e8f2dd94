import type { Rng } from "../../../math/rng.ts";
import type { Layer } from "../../../nn/block.ts";
import { adam } from "../../../nn/optimizer.ts";
import type { NamedArray, Weights } from "../../../nn/tensor.ts";
import { shuffledRows } from "../../training/batches.ts";
import { train } from "../../training/loop.ts";
import { reported } from "../../training/reported.ts";
import type { Shown } from "../../training/shown.ts";
import { BestWatch } from "../../training/watch.ts";
import type { FitOptions, Progress } from "../../synthesizer.ts";
import { logRatios } from "../columns/category-part.ts";
import { FOLLOWERS } from "../columns/followers.ts";
import type { CategoryPart } from "../columns/category-part.ts";
import { ENDING } from "./course-state.ts";
import { inputsOf } from "./encode.ts";
import type { EncodedVisits } from "./encode.ts";
import { visitLoss } from "./network.ts";
import { OWN } from "./own-past.ts";
import type { VisitPlan } from "../pace.ts";
import type { VisitRows } from "../columns/visit-rows.ts";
import type { Design } from "./visits-design.ts";

export interface VisitTraining extends FitOptions {
  readonly visits: VisitRows;
  /** patients x width: what does not change, as inputs */
  readonly statics: Float32Array;
  /** share of the whole fit that is done before */
  readonly before: number;
  readonly show: (weights: Weights) => Promise<Shown>;
}

const HELD_OUT = 0.15;
const FEWEST_HELD_OUT = 15;
/** Steps between two looks at the patients held out, at most; visits that are looked at at once. */
const LOOK_EVERY = 60;
const LOOK_AT = 1024;

/** AdamW with averaged weights; those at the least loss of the patients held out. */
export async function* trainVisits(
  encoded: EncodedVisits,
  design: Design,
  plan: VisitPlan,
  rng: Rng,
  options: VisitTraining,
): AsyncGenerator<Progress, Weights, void> {
  const { networks, statics: own } = design;
  const { visits, statics, before } = options;
  const inputs = inputsOf(encoded, visits.patients, statics, own.width);
  const { learned, heldOut } = splitPatients(visits, rng.fork("held out"));
  const loss = visitLoss(networks);
  const parts = Array.from({ length: Math.ceil(heldOut.length / LOOK_AT) }, (_, k) =>
    inputs(heldOut.slice(k * LOOK_AT, (k + 1) * LOOK_AT)),
  );
  const batch = Math.min(plan.batch, learned.length);
  const rowsOfStep = shuffledRows(learned, batch, rng.fork("batches"));
  const epoch = Math.max(1, Math.floor(learned.length / batch));
  const watch = new BestWatch(
    plan,
    Math.min(LOOK_EVERY, epoch),
    parts.length > 0 ? { parts, loss } : undefined,
  );
  const training = {
    networks: [networks.deep, networks.direct],
    optimizer: adam((step) => rateAt(plan, step), {
      beta2: 0.99,
      weightDecay: plan.weightDecay,
    }),
    average: { decay: plan.average },
  };
  const run = train(
    {
      networks: { rng, groups: { training }, start: firstWeights(design, encoded, visits) },
      turns: [{ group: "training", batch: () => inputs(rowsOfStep()), loss }],
      watch,
      steps: plan.steps,
      batch,
      rows: learned.length,
      show: async (trainer) => options.show(watch.best ?? (await trainer.weights())),
    },
    options,
  );
  const { weights } = yield* reported(run, (progress) => ({
    ...progress,
    fraction: before + (1 - before) * progress.fraction,
  }));
  return weights;
}

function rateAt({ learningRate, warmUp, slowsDown, steps }: VisitPlan, step: number): number {
  const slowed = slowsDown ? 0.55 + 0.45 * Math.cos((Math.PI * Math.min(step, steps)) / steps) : 1;
  return learningRate * slowed * Math.min(1, (step + 1) / warmUp);
}

/** Visits of patients to learn from, and of those held out: 15%, at least 15 and at most a quarter. */
function splitPatients(
  visits: VisitRows,
  rng: Rng,
): { readonly learned: Int32Array; readonly heldOut: Int32Array } {
  const patients = visits.starts.length - 1;
  const order = rng.permutation(patients);
  const count = Math.min(
    Math.floor(patients / 4),
    Math.max(FEWEST_HELD_OUT, Math.round(HELD_OUT * patients)),
  );
  return {
    learned: rowsOf(order.slice(count), visits),
    heldOut: rowsOf(order.slice(0, count), visits),
  };
}

function rowsOf(patients: Int32Array, { starts }: VisitRows): Int32Array {
  const rows: number[] = [];
  for (const p of patients.toSorted())
    for (let r = starts[p] as number; r < (starts[p + 1] as number); r++) rows.push(r);
  return Int32Array.from(rows);
}

/** Of the log ratios, so that learning begins a little below them. */
const START = 0.9;

const START_OF_OWN = 0.5;

/**
 * The direct connections from a level to the one that follows, and from how many courses end with a visit of this number to
 * whether it is the last, begin as the log of how much likelier it is then.
 */
function firstWeights(design: Design, encoded: EncodedVisits, visits: VisitRows): Weights {
  const { parts, shape, networks, targets } = design;
  const layer = networks.direct.layers.find(
    (one): one is Extract<Layer, { type: "blocks" }> => one.type === "blocks",
  );
  if (layer === undefined || (parts.categories.length === 0 && parts.clock.endings === undefined)) return [];
  const data = new Float32Array(layer.weight.size);
  const segmentAt = startsOf(shape.context);
  const begin = (target: number, column: number): ((from: number, to: number, value: number) => void) => {
    const group = layer.plan.groups[target] as (typeof layer.plan.groups)[number];
    const row = rowOf(group.runs, column);
    return (from, to, value) => (data[group.weight + (row + from) * group.units + to] = START * value);
  };
  parts.categories.forEach((part, j) => {
    const target = 1 + targets.order.findIndex(({ type, of }) => type === "category" && of === j);
    const head = targets.ofTarget[target]?.[0] as number;
    const { coefficients } = design.heads[head] as Design["heads"][number];
    const set = begin(target, segmentAt[2 + parts.numbers.length + j] as number);
    startOf(part, { head, coefficients }, encoded, visits, set);
  });
  if (parts.clock.endings) begin(targets.widths.length - 1, (segmentAt[1] as number) + ENDING)(0, 1, 1);
  const made: NamedArray = { name: layer.weight.name, shape: layer.weight.shape, data };
  return [made];
}

function startOf(
  { code, embedding, width }: CategoryPart,
  { head, coefficients }: { readonly head: number; readonly coefficients: number },
  { tokens, heads, visits }: EncodedVisits,
  { starts, patients }: VisitRows,
  set: (from: number, to: number, value: number) => void,
): void {
  if (embedding !== undefined) {
    for (let k = 0; k < width; k++) set(k, k, 1);
    const places = FOLLOWERS + OWN;
    for (let place = 0; place < places; place++)
      set(4 * width + place, coefficients - places + place, place < FOLLOWERS ? 1 : START_OF_OWN);
    return;
  }
  const count = Math.max(1, code.count);
  const own = Int32Array.from({ length: visits }, (_, r) => tokens[r * heads + head] as number);
  const ratios = logRatios(own, starts, patients, count);
  for (let from = 0; from < count; from++)
    for (let to = 0; to < count; to++) set(from, to, ratios[from * count + to] as number);
}

/** The place of input `column` among those of `runs`. */
function rowOf(runs: readonly { readonly start: number; readonly width: number }[], column: number): number {
  let row = 0;
  for (const { start, width } of runs) {
    if (column >= start && column < start + width) return row + column - start;
    row += width;
  }
  return row;
}

function startsOf(widths: readonly number[]): number[] {
  let at = 0;
  return widths.map((width) => (at += width) - width);
}
