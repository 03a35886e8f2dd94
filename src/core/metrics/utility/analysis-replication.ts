import { breathe } from "../../math/breathe.ts";
import { coxRegression } from "../../math/regression/cox.ts";
import { linearRegression, logisticRegression } from "../../math/regression/generalized-linear.ts";
import { Z95 } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, quantileSorted, standardDeviation } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { targetColumn } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { columnNames, drawnNote } from "../measuring/bounds.ts";
import { withSamples, type Samples, type Sides } from "../measuring/equal-sizes.ts";
import { besideEstimate, overDraws, type Estimate as Measure } from "../measuring/estimate.ts";
import { completeRows, covariateOf, designOf, termsOf, withoutAliased } from "./covariates.ts";
import type { Covariate } from "./covariates.ts";
import type { Detail, Measured, Metric, Pulse } from "../metric.ts";
import { drawnTables, HOLDOUT, SYNTHETIC, TRAIN } from "../measuring/prediction-task.ts";
import { relevance } from "./relevance.ts";
import { oneSize, sameConclusion } from "./same-conclusion.ts";
import { tellingColumns } from "./telling-columns.ts";
import { followUpOf, twoClasses } from "./survival-columns.ts";
import type { FollowUp } from "./survival-columns.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 20_000;
const MOST_COVARIATES = 12;
const MOST_TERMS = 40;
/** Events (of the rarer class) in train for each coefficient (Peduzzi et al. 1996), or rows for a number. */
const EVENTS_PER_TERM = 10;
/** Events to be expected in a sample of the holdout's size, or rows for a number, without which there is no reference. */
const LEAST_HELD = 10;
/** Draws of both tables that are averaged, and where each is dear: samples of more rows. */
const [DRAWS, FEW_DRAWS] = [10, 3];
const DEAR = 1000;
/** Beyond these, per standard deviation or level, a coefficient has run away and is no estimate. */
const FURTHEST = 12;
const LARGEST_ERROR = 5;

/** The regressions an epidemiologist would run, on real and on synthetic rows: how far their 95% intervals overlap. */
export const analysisReplication: Metric = {
  id: "analysis-replication",
  name: "Repeating an analysis",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.15,
  range: [0, 1],
  summary: "How far the coefficients of a regression on synthetic rows agree with those on real rows.",
  reference:
    "Confidence interval overlap: Karr et al. 2006; as in synthpop's compare.glm.synds, Nowok, Raab and Dibben 2016",
  scored: true,
  needs: ["unseen"],
  relations: true,
  limits:
    "Holds for the regressions that were fitted: another outcome or another choice of covariates may come out otherwise.",
  claim: () => ({
    not: "publish regressions fitted to it",
    because: "regressions come out differently than on real rows",
  }),

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to set the overlap beside.");
    const given = [train, holdout, synthetic];
    const drawn = drawnTables(given, MOST_ROWS, rng) as [Table, Table, Table];
    const samples = withSamples(drawn, rng, { draws: valueOnly || holdout.rows > DEAR ? FEW_DRAWS : DRAWS });
    const columns = alignColumns(samples.tables, columnNames(train));
    const { analyses, without } = await withoutIndicators(planned(columns, train), columns, train, pulse);
    const compared: Compared[] = [];
    let few = false;
    for (const analysis of analyses) {
      const found = await compare(analysis, columns, samples, valueOnly, rng.fork(analysis.name), pulse);
      if (!("reason" in found)) compared.push(found);
      else {
        without.push(found.reason);
        few = true;
      }
    }
    if (compared.length === 0)
      return skipped(without[0] ?? "No column is marked as the target.", few ? "patients" : undefined);
    return report(compared, without, drawnNote("“Repeating an analysis” uses", given, MOST_ROWS).note);
  },
};

/** An outcome in train, holdout and synthetic rows. `labels` 1 and 0: the event; `values`: a number, or the follow-up. */
export interface Analysis {
  readonly kind: "logistic" | "linear" | "cox";
  readonly name: string;
  /** the column that is explained: for Cox the event */
  readonly of: string;
  readonly labels?: readonly Int32Array[];
  readonly values?: readonly Float64Array[];
  /** columns that the outcome is made of */
  readonly outcome: readonly AlignedColumn[];
}

/** Indicators of the outcome are no covariates of it: a column that tells it by itself stands for it, and is said to be left out. */
export async function withoutIndicators(
  { analyses, without }: { analyses: Analysis[]; without: string[] },
  columns: readonly AlignedColumn[],
  train: Table,
  pulse: Pulse,
): Promise<{ analyses: Analysis[]; without: string[] }> {
  const freed: Analysis[] = [];
  const said = new Set<string>();
  for (const analysis of analyses) {
    const { of: outcomeName, outcome } = analysis;
    const telling = await tellingColumns(train, outcomeName, pulse);
    const own = columns.filter((column) => telling.includes(column.schema.name) && !outcome.includes(column));
    for (const { schema } of own)
      said.add(`${schema.name} tells ${outcomeName} by itself and is no covariate of it.`);
    freed.push({ ...analysis, outcome: [...outcome, ...own] });
  }
  return { analyses: freed, without: [...without, ...said] };
}

/** What this table allows, and in words what it does not. */
function planned(
  columns: readonly AlignedColumn[],
  train: Table,
): { analyses: Analysis[]; without: string[] } {
  const found = followUpOf(columns);
  const followUp = "reason" in found ? undefined : found;
  const own = columns.filter(({ schema }) => schema.survival !== undefined);
  const at = targetColumn(train.schema);
  const target = at === undefined ? undefined : columns[at];
  const analyses: Analysis[] = [];
  const without: string[] = [];
  if (!target) without.push("No column is marked as the target.");
  else if (target !== followUp?.time) {
    const name = target.schema.name;
    const classes = twoClasses(target);
    const outcome = [target, ...own];
    if (classes) {
      const title = `Logistic regression of ${name} (${classes.event})`;
      analyses.push({ kind: "logistic", name: title, of: name, labels: classes.labels, outcome });
    } else if (target.type === "numeric") {
      analyses.push({
        kind: "linear",
        name: `Linear regression of ${name}`,
        of: name,
        values: target.values,
        outcome,
      });
    } else {
      without.push(
        `The target ${name} does not have two classes; regressions of one class or of several are not run.`,
      );
    }
  }
  if (followUp) analyses.push(coxAnalysis(followUp, target));
  return { analyses, without };
}

/** Cox regression of `followUp`; of the target too there is no covariate. */
export function coxAnalysis({ time, event, classes }: FollowUp, target: AlignedColumn | undefined): Analysis {
  return {
    kind: "cox",
    name: `Cox regression of ${time.schema.name} until ${event.schema.name} (${classes.event})`,
    of: event.schema.name,
    labels: classes.labels,
    values: time.values,
    outcome: target ? [time, event, target] : [time, event],
  };
}

/** Rows of table `side` in which the outcome is known. */
export function knownRows({ labels, values }: Analysis, side: number): Int32Array {
  const size = (labels?.[side] ?? values?.[side])?.length ?? 0;
  return Int32Array.from({ length: size }, (_, row) => row).filter(
    (row) => labels?.[side]?.[row] !== -1 && !Number.isNaN(values?.[side]?.[row] ?? 0),
  );
}

/** How much `rows` can say: events of the rarer class (Cox: events), or rows. */
function information({ kind, labels }: Analysis, side: number, rows: Int32Array): number {
  if (!labels) return rows.length;
  let events = 0;
  for (const row of rows) if (labels[side]?.[row] === 1) events++;
  return kind === "cox" ? events : Math.min(events, rows.length - events);
}

/** Up to 12 covariates, the most relevant to the outcome first, as many coefficients as train's events bear. */
export function chosen(analysis: Analysis, columns: readonly AlignedColumn[]): Covariate[] {
  const { labels, values, outcome } = analysis;
  const rows = knownRows(analysis, TRAIN);
  const explained = labels
    ? ({ type: "classes", labels: labels[TRAIN] as Int32Array, classes: 2 } as const)
    : ({ type: "number", values: values?.[TRAIN] as Float64Array } as const);
  const ranked = columns
    .filter((column) => !outcome.includes(column))
    .map((column) => ({ column, strength: relevance(column, TRAIN, explained) }))
    .sort((a, b) => b.strength - a.strength);
  const bears = Math.min(MOST_TERMS, Math.floor(information(analysis, TRAIN, rows) / EVENTS_PER_TERM));
  const covariates: Covariate[] = [];
  let terms = 0;
  for (const { column } of ranked) {
    if (covariates.length === MOST_COVARIATES) break;
    const covariate = covariateOf(column, rows, labels?.[TRAIN]);
    if (!covariate || terms + covariate.terms.length > bears) continue;
    covariates.push(covariate);
    terms += covariate.terms.length;
  }
  if (covariates.length === 0) return [];
  return withoutAliased(covariates, completeRows(covariates, TRAIN, rows));
}

/** A coefficient with its standard error; undefined where the rows do not determine it. */
type Estimate = { readonly value: number; readonly error: number } | undefined;

interface Compared {
  readonly name: string;
  readonly covariates: number;
  readonly terms: readonly string[];
  readonly real: readonly Estimate[];
  /** of all synthetic rows */
  readonly synthetic: readonly Estimate[];
  /** of all held-out rows */
  readonly heldOut: readonly Estimate[];
  /** coefficients no further apart than this are of one size */
  readonly size: number;
  /** coefficients that real rows determine */
  readonly determined: number;
  /** mean overlap with the real rows' of samples of one size */
  readonly own: Measure;
  readonly held: Measure;
}

async function compare(
  analysis: Analysis,
  columns: readonly AlignedColumn[],
  samples: Samples,
  valueOnly: boolean,
  rng: Rng,
  pulse: Pulse,
): Promise<Compared | { reason: string }> {
  const covariates = chosen(analysis, columns);
  const completeOf = (side: number): Int32Array => completeRows(covariates, side, knownRows(analysis, side));
  const seen = information(analysis, TRAIN, completeOf(TRAIN));
  const what = analysis.kind === "linear" ? "complete rows" : "events in complete rows";
  if (covariates.length === 0 || seen < EVENTS_PER_TERM) {
    return { reason: `${analysis.name}: too few ${what} for a single coefficient.` };
  }
  if ((seen * samples.rows) / (samples.tables[TRAIN] as Table).rows < LEAST_HELD) {
    return {
      reason: `${analysis.name}: fewer than ${LEAST_HELD} ${what} to expect among ${samples.rows} held-out patients.`,
    };
  }
  const fit = (side: number, rows = completeOf(side)): Promise<Estimate[]> =>
    estimates(analysis, covariates, side, rows, pulse);
  const real = await fit(TRAIN);
  const determined = real.filter((one) => one !== undefined).length;
  if (determined === 0) return { reason: `${analysis.name}: real rows determine no coefficient.` };
  const over = async ({ sides, variance }: Sides, label: string): Promise<Measure> => {
    const draws: number[] = [];
    for (const side of sides) draws.push(mean(overlaps(real, await fit(side))));
    const [first] = sides;
    const error =
      valueOnly || first === undefined
        ? 0
        : await errorOf(real, fit, first, completeOf(first), samples.tables[first] as Table, rng.fork(label));
    return overDraws(
      draws.map((value) => ({ value, error })),
      variance,
    );
  };
  return {
    name: analysis.name,
    covariates: covariates.length,
    terms: termsOf(covariates),
    real,
    synthetic: valueOnly ? [] : await fit(SYNTHETIC),
    heldOut: valueOnly ? [] : await fit(HOLDOUT),
    size: oneSize(analysis.kind === "linear" ? spreadOf(analysis) : undefined),
    determined,
    own: await over(samples.made, "synthetic"),
    held: valueOnly ? { value: NaN, error: 0 } : await over(samples.held, "holdout"),
  };
}

/** Standard deviation of a linear regression's outcome in train. */
const spreadOf = ({ values }: Analysis): number =>
  standardDeviation(values?.[TRAIN]?.filter((value) => !Number.isNaN(value)) ?? []);

/**
 * Delete-a-group jackknife of the mean overlap of table `side` with `real`. Coefficients of one regression rise and fall
 * together, so that their overlaps are fewer than they are many: the spread between them is no error of their mean.
 */
async function errorOf(
  real: readonly Estimate[],
  fit: (side: number, rows: Int32Array) => Promise<Estimate[]>,
  side: number,
  complete: Int32Array,
  { rows, patients }: Table,
  rng: Rng,
): Promise<number> {
  const blocks = blocksOf(rows, rng, patients);
  const without: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const left = complete.filter((row) => blocks[row] !== block);
    without.push(mean(overlaps(real, await fit(side, left))));
  }
  return jackknifed((block) => (block < 0 ? mean(without) : (without[block] as number))).error;
}

async function estimates(
  analysis: Analysis,
  covariates: readonly Covariate[],
  side: number,
  rows: Int32Array,
  pulse: Pulse,
): Promise<Estimate[]> {
  const design = designOf(covariates, side, rows);
  const width = termsOf(covariates).length;
  const none = Array.from({ length: width }, () => undefined);
  if (rows.length < width + 3 || information(analysis, side, rows) < 2) return none;
  const labels = Int32Array.from(rows, (row) => analysis.labels?.[side]?.[row] ?? 0);
  const values = Float64Array.from(rows, (row) => analysis.values?.[side]?.[row] ?? 0);
  await pulse();
  if (analysis.kind === "cox") {
    const { coefficients, errors } = await coxRegression(design, values, labels, pulse);
    return settled(coefficients, errors, 1);
  }
  if (analysis.kind === "logistic") {
    const { coefficients, errors } = await logisticRegression(design, labels, pulse);
    return settled(coefficients.subarray(1), errors.subarray(1), 1);
  }
  const scale = spreadOf(analysis);
  if (!(scale > 0) || !Number.isFinite(scale)) return none;
  const { coefficients, errors } = linearRegression(
    design,
    values.map((value) => value / scale),
  );
  return settled(coefficients.subarray(1), errors.subarray(1), scale);
}

function settled(coefficients: Float64Array, errors: Float64Array, scale: number): Estimate[] {
  return Array.from(coefficients, (value, i) => {
    const error = errors[i] as number;
    const sound = Math.abs(value) <= FURTHEST && error > 0 && error <= LARGEST_ERROR;
    return sound ? { value: value * scale, error: error * scale } : undefined;
  });
}

const intervalOf = ({ value, error }: NonNullable<Estimate>): Required<Measured> => ({
  value,
  interval: { low: value - Z95 * error, high: value + Z95 * error },
});

/** Mean of the shares of both 95% intervals that they have in common (Karr et al. 2006); negative where they are apart. */
function overlapOf(a: NonNullable<Estimate>, b: NonNullable<Estimate>): number {
  const [x, y] = [intervalOf(a).interval, intervalOf(b).interval];
  const common = Math.min(x.high, y.high) - Math.max(x.low, y.low);
  return (common / (x.high - x.low) + common / (y.high - y.low)) / 2;
}

/** For each coefficient that real rows determine: its overlap, 0 where the intervals are apart or there is no estimate. */
const overlaps = (real: readonly Estimate[], other: readonly Estimate[]): number[] =>
  real.flatMap((own, i) => {
    const beside = other[i];
    if (!own) return [];
    return [beside ? Math.max(0, Math.min(1, overlapOf(own, beside))) : 0];
  });

/** Of the coefficients that real rows determine, those from which the same is concluded. */
const alike = ({ real, size }: Compared, others: readonly Estimate[]): number =>
  real.filter((own, i) => {
    const other = others[i];
    return own && other && sameConclusion(own, other, size);
  }).length;

/** All regressions' coefficients count the same. Regressions of the same rows are not independent: their errors add up. */
function pooled(compared: readonly Compared[], of: (one: Compared) => Measure): Measure {
  const all = compared.reduce((sum, { determined }) => sum + determined, 0);
  const weighted = (part: (measure: Measure) => number): number =>
    compared.reduce((sum, one) => sum + (one.determined / all) * part(of(one)), 0);
  return { value: weighted(({ value }) => value), error: weighted(({ error }) => error) };
}

function report(compared: readonly Compared[], without: readonly string[], drawn: string | undefined) {
  const [own, held] = [pooled(compared, ({ own: o }) => o), pooled(compared, ({ held: h }) => h)];
  if (Number.isNaN(held.value)) return valueAlone(own.value);
  const coefficients = compared.reduce((sum, { determined }) => sum + determined, 0);
  const base = besideEstimate(
    "higher",
    own,
    held,
    [0, 1],
    (overlap) => (100 * overlap) / Math.max(held.value, 0.05),
  );
  const pairs = compared.flatMap(({ real, synthetic }) =>
    real.flatMap((a, i) => {
      const b = synthetic[i];
      return a && b ? [{ a, b }] : [];
    }),
  );
  const same = compared.reduce((sum, one) => sum + alike(one, one.synthetic), 0);
  const sameHeld = compared.reduce((sum, one) => sum + alike(one, one.heldOut), 0);
  const apart = Float64Array.from(pairs, ({ a, b }) => Math.abs(a.value - b.value) / a.error).sort();
  const sentence =
    `${compared.map(({ name, covariates }) => `${name} on ${columnsOf(covariates)}`).join("; ")}: ` +
    `the 95% intervals from synthetic rows overlap those from real rows by ${percentage(own.value, 0)} on average, ` +
    `those from as many held-out real rows by ${percentage(held.value, 0)}; ${same} of ${coefficients} coefficients lead to the ` +
    `same conclusion (direction, significance and size), ${sameHeld} from held-out rows${apart.length > 0 ? `, the median difference is ${quantileSorted(apart, 0.5).toFixed(1)} standard errors` : ""}.`;
  return {
    ...base,
    sentence,
    detail: detailOf(compared),
    note: noteOf(without, coefficients - pairs.length, drawn),
  };
}

const columnsOf = (n: number): string => (n === 1 ? "1 column" : `${n} columns`);

function detailOf(compared: readonly Compared[]): Detail {
  return {
    type: "coefficients",
    models: compared.map(({ name, terms, real, synthetic }) => ({
      name,
      rows: terms.flatMap((term, i) => {
        const [a, b] = [real[i], synthetic[i]];
        return a && b
          ? [{ term, real: intervalOf(a), synthetic: intervalOf(b), overlap: overlapOf(a, b) }]
          : [];
      }),
    })),
  };
}

function noteOf(without: readonly string[], lost: number, drawn: string | undefined): string {
  return [
    "“Repeating an analysis” takes the columns most associated with the outcome, rows complete in them, and pools " +
      "levels of fewer than 10 patients.",
    ...(lost > 0
      ? [`Synthetic rows determine no estimate of ${lost} coefficients; they count as no overlap.`]
      : []),
    ...without,
    ...(drawn ? [drawn] : []),
  ].join(" ");
}
