import type { Target } from "../../math/trees/boosting.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { featuresOf, stackFeatures } from "../measuring/features.ts";
import type { Metric, Pulse } from "../metric.ts";
import {
  drawnTables,
  drawScored,
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  TRAIN,
} from "../measuring/prediction-task.ts";
import type { Prediction, Score, Task } from "../measuring/prediction-task.ts";
import { briskBoosting } from "./predictors.ts";
import { mostRelevant } from "./relevance.ts";
import { around, count, besideReal, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 2000;
const MOST_COLUMNS = 60;
const SEEDS = 5;
const RESAMPLES = 100;
/** Student's t of a 95% and a 90% interval with SEEDS - 1 degrees of freedom. */
const [T95, T90] = [2.776, 2.132];
const LEAST_ADDED = 5;

/** Whether synthetic rows of a scarce class help a model of real rows, beside as many more real rows. */
export const augmentation: Metric = {
  id: "augmentation",
  name: "Adding synthetic rows",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [-2, 2],
  summary: "What a model of real rows gains when synthetic rows of a scarce class are added to them.",
  reference: "Augmentation of the minority class, after SMOTE: Chawla et al. 2002; paired over seeds",
  scored: false,
  needs: ["unseen"],
  limits: "Holds for one target and one kind of model, and for as many added rows as were tried.",
  effort: 2,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    const given = [train, holdout, synthetic];
    const whole = predictionOf(drawnTables(given, MOST_ROWS, rng));
    if ("reason" in whole) return skipped(whole.reason, whole.wants);
    const { task } = whole;
    const target = task.targets[TRAIN] as Target;
    const prediction = { ...whole, inputs: mostRelevant(whole.inputs, TRAIN, target, MOST_COLUMNS) };
    const plan = planOf(task);
    if ("reason" in plan) return skipped(plan.reason);
    const runs: Run[] = [];
    for (let seed = 0; seed < (valueOnly ? 2 : SEEDS); seed++) {
      const run = await tried(prediction, plan, valueOnly, rng.fork(`seed ${seed}`), pulse);
      if ("reason" in run) return skipped(run.reason);
      runs.push(run);
    }
    const measured = await gains(runs, task, valueOnly ? 2 : RESAMPLES, rng.fork("resamples"), pulse);
    const { note } = drawnNote("“Adding synthetic rows” uses", given, MOST_ROWS);
    const columns = `“Adding synthetic rows” uses the ${MOST_COLUMNS} columns most associated with the target.`;
    const notes = [note, whole.inputs.length > MOST_COLUMNS ? columns : undefined].filter(
      (x) => x !== undefined,
    );
    return { ...report(task, plan, runs, measured), ...(notes.length > 0 && { note: notes.join(" ") }) };
  },
};

/** The class of which rows are added; undefined: rows of all kinds. */
interface Plan {
  readonly scarce: number | undefined;
}

/** The rarest class when it has at most two thirds of an equal share, else none. */
function planOf({ targets, rows, classes, name }: Task): Plan | { reason: string } {
  const target = targets[TRAIN] as Target;
  if ((rows[TRAIN] as Int32Array).length < 2 * LEAST_ADDED)
    return { reason: `Too few rows have a value of ${name}.` };
  if (target.type === "number") return { scarce: undefined };
  const counts = classes.map((_, k) => classRows(target, rows[TRAIN] as Int32Array, k).length);
  const least = Math.min(...counts);
  const share = least / (rows[TRAIN] as Int32Array).length;
  return { scarce: share <= 2 / 3 / classes.length ? counts.indexOf(least) : undefined };
}

const classRows = (target: Target, rows: Int32Array, wanted: number | undefined): Int32Array =>
  wanted === undefined || target.type === "number"
    ? rows
    : rows.filter((row) => target.labels[row] === wanted);

/** Three models of one seed, scored on the held-out rows. */
interface Run {
  readonly alone: Score;
  readonly withSynthetic: Score;
  readonly withReal: Score;
  readonly learned: number;
  readonly added: number;
}

/** Half of the real rows learns; the other half's scarce rows, or as many synthetic ones, are added. */
async function tried(
  { task, inputs }: Prediction,
  { scarce }: Plan,
  valueOnly: boolean,
  rng: Rng,
  pulse: Pulse,
): Promise<Run | { reason: string }> {
  const [real, synthetic] = [task.targets[TRAIN] as Target, task.targets[SYNTHETIC] as Target];
  const shuffled = shuffle(task.rows[TRAIN] as Int32Array, rng);
  const half = Math.floor(shuffled.length / 2);
  const base = shuffled.slice(0, half);
  const more = classRows(real, shuffled.slice(half), scarce);
  const offered = shuffle(classRows(synthetic, task.rows[SYNTHETIC] as Int32Array, scarce), rng);
  const added = Math.min(more.length, offered.length);
  if (added < LEAST_ADDED) {
    const what = scarce === undefined ? "rows" : `rows with ${task.name} ${task.classes[scarce] as string}`;
    return { reason: `Fewer than ${LEAST_ADDED} ${what} could be added.` };
  }
  const features = stackFeatures(featuresOf(inputs, TRAIN), featuresOf(inputs, SYNTHETIC));
  const { target, shift } = stackTargets(real, synthetic);
  const scoreFrom = async (extra: Int32Array): Promise<Score> => {
    const rows = Int32Array.from([...base, ...extra]);
    const model = await briskBoosting.fit(features, target, rows, rng, pulse);
    const held = task.rows[HOLDOUT] as Int32Array;
    const predicted = model
      .predict(featuresOf(inputs, HOLDOUT))
      .map((scores) => Float64Array.from(held, (row) => scores[row] as number));
    return scoreOf(task, HOLDOUT, predicted);
  };
  const alone = await scoreFrom(new Int32Array());
  return {
    alone,
    withSynthetic: await scoreFrom(offered.slice(0, added).map((row) => row + shift)),
    withReal: valueOnly ? alone : await scoreFrom(more.slice(0, added)),
    learned: half,
    added,
  };
}

const shuffle = (rows: Int32Array, rng: Rng): Int32Array =>
  rng.permutation(rows.length).map((i) => rows[i] as number);

function stackTargets(a: Target, b: Target): { target: Target; shift: number } {
  if (a.type === "classes" && b.type === "classes") {
    const labels = Int32Array.from([...a.labels, ...b.labels]);
    return { target: { ...a, labels }, shift: a.labels.length };
  }
  if (a.type === "number" && b.type === "number") {
    const values = Float64Array.from([...a.values, ...b.values]);
    return { target: { type: "number", values }, shift: a.values.length };
  }
  throw new TypeError("A target is a class on one side and a number on the other.");
}

/** Mean gain over the seeds, with the standard error from seeds and from the held-out rows together. */
interface Gain {
  readonly value: number;
  readonly error: number;
}

async function gains(
  runs: readonly Run[],
  task: Task,
  times: number,
  rng: Rng,
  pulse: Pulse,
): Promise<{ synthetic: Gain; real: Gain; alone: number }> {
  const over = (run: Run, weights?: Uint16Array): [number, number] => {
    const alone = run.alone(weights);
    return [run.withSynthetic(weights) - alone, run.withReal(weights) - alone];
  };
  const own = runs.map((run) => over(run));
  const draws: [number, number][] = [];
  for (let i = 0; i < times; i++) {
    const weights = drawScored(task, HOLDOUT, rng);
    const drawn = runs.map((run) => over(run, weights));
    draws.push([mean(drawn.map(([a]) => a)), mean(drawn.map(([, b]) => b))]);
    await pulse();
  }
  const gain = (which: 0 | 1): Gain => {
    const values = own.map((pair) => pair[which]);
    const held = standardDeviation(draws.map((pair) => pair[which]).filter((x) => !Number.isNaN(x)));
    return {
      value: mean(values),
      error: Math.hypot(standardDeviation(values) / Math.sqrt(values.length), held),
    };
  };
  return { synthetic: gain(0), real: gain(1), alone: mean(runs.map((run) => run.alone())) };
}

function report(
  task: Task,
  { scarce }: Plan,
  runs: readonly Run[],
  { synthetic, real, alone }: Awaited<ReturnType<typeof gains>>,
) {
  const points = task.unit === "AUROC" ? 200 : 100;
  const range = [-2, 2] as const;
  const interval = around(synthetic.value, T95 * synthetic.error, range);
  const base = besideReal(
    "higher",
    synthetic.value,
    interval,
    { value: real.value, interval: around(real.value, T90 * real.error, range) },
    (gain) => 100 - points * Math.max(0, real.value - gain),
  );
  const { learned, added } = runs[0] as Run;
  const kind = scarce === undefined ? "" : ` with ${task.name} ${task.classes[scarce] as string}`;
  const signed = (x: number): string => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(3)}`;
  const span = `${signed(interval.low)} to ${signed(interval.high)}`;
  const verdict =
    interval.low > 0
      ? `raise ${task.unit} on held-out rows by ${synthetic.value.toFixed(3)} (95% interval ${span})`
      : interval.high < 0
        ? `lower ${task.unit} on held-out rows by ${Math.abs(synthetic.value).toFixed(3)} (95% interval ${span})`
        : `bring no clear gain or loss: ${signed(synthetic.value)} ${task.unit} on held-out rows (95% interval ${span})`;
  const sentence =
    `Added to ${count(learned)} real rows, ${count(added)} synthetic rows${kind} ${verdict}; as many more real rows give ` +
    `${signed(real.value)}. Without them ${task.unit} is ${alone.toFixed(3)}; mean of ${runs.length} seeds.`;
  return { ...base, sentence };
}
