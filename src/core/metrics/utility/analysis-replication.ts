import { breathe } from "../../math/breathe.ts";
import { coxRegression } from "../../math/regression/cox.ts";
import { linearRegression, logisticRegression } from "../../math/regression/generalized-linear.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { mean, quantileSorted, standardDeviation } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { targetColumn } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { columnNames, drawnNote } from "../measuring/bounds.ts";
import { completeRows, covariateOf, designOf, termsOf, withoutAliased } from "./covariates.ts";
import type { Covariate } from "./covariates.ts";
import type { Detail, Measured, Metric, Pulse } from "../metric.ts";
import { drawnTables, HOLDOUT, SYNTHETIC, TRAIN } from "../measuring/prediction-task.ts";
import { relevance } from "./relevance.ts";
import { oneSize, sameConclusion } from "./same-conclusion.ts";
import { tellingColumns } from "./telling-columns.ts";
import { followUpOf, twoClasses } from "./survival-columns.ts";
import type { FollowUp } from "./survival-columns.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 20_000;
const MOST_COVARIATES = 12;
const MOST_TERMS = 40;
/** Events (of the rarer class) in train for each coefficient (Peduzzi et al. 1996), or rows for a number. */
const EVENTS_PER_TERM = 10;
/** Events held out, or rows for a number, without which there is no reference. */
const LEAST_HELD = 10;
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
  limits:
    "Holds for the regressions that were fitted: another outcome or another choice of covariates may come out otherwise.",
  claim: () => "conclusions from regressions",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to set the overlap beside.");
    const given = [train, holdout, synthetic];
    const columns = alignColumns(drawnTables(given, MOST_ROWS, rng), columnNames(train));
    const { analyses, without } = await withoutIndicators(planned(columns, train), columns, train, pulse);
    const compared: Compared[] = [];
    for (const analysis of analyses) {
      const found = await compare(analysis, columns, valueOnly, pulse);
      if ("reason" in found) without.push(found.reason);
      else compared.push(found);
    }
    if (compared.length === 0) return skipped(without[0] ?? "No column is marked as the target.");
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
  readonly synthetic: readonly Estimate[];
  readonly held: readonly Estimate[];
  /** coefficients no further apart than this are of one size */
  readonly size: number;
}

async function compare(
  analysis: Analysis,
  columns: readonly AlignedColumn[],
  valueOnly: boolean,
  pulse: Pulse,
): Promise<Compared | { reason: string }> {
  const covariates = chosen(analysis, columns);
  const complete = [TRAIN, HOLDOUT, SYNTHETIC].map((side) =>
    completeRows(covariates, side, knownRows(analysis, side)),
  );
  const seen = information(analysis, TRAIN, complete[TRAIN] as Int32Array);
  const what = analysis.kind === "linear" ? "complete rows" : "events in complete rows";
  if (covariates.length === 0 || seen < EVENTS_PER_TERM) {
    return { reason: `${analysis.name}: too few ${what} for a single coefficient.` };
  }
  const held = information(analysis, HOLDOUT, complete[HOLDOUT] as Int32Array);
  if (held < LEAST_HELD) {
    return { reason: `${analysis.name}: fewer than ${LEAST_HELD} held-out ${what} to set beside it.` };
  }
  const fit = (side: number): Promise<Estimate[]> =>
    estimates(analysis, covariates, side, complete[side] as Int32Array, pulse);
  return {
    name: analysis.name,
    covariates: covariates.length,
    terms: termsOf(covariates),
    real: await fit(TRAIN),
    synthetic: await fit(SYNTHETIC),
    held: valueOnly ? [] : await fit(HOLDOUT),
    size: oneSize(analysis.kind === "linear" ? spreadOf(analysis) : undefined),
  };
}

/** Standard deviation of a linear regression's outcome in train. */
const spreadOf = ({ values }: Analysis): number =>
  standardDeviation(values?.[TRAIN]?.filter((value) => !Number.isNaN(value)) ?? []);

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

function report(compared: readonly Compared[], without: readonly string[], drawn: string | undefined) {
  const own = compared.flatMap(({ real, synthetic }) => overlaps(real, synthetic));
  if (own.length === 0) return skipped("Real rows determine no coefficient of the regressions tried.");
  const held = compared.flatMap(({ real, held: other }) => overlaps(real, other));
  const spread = (values: readonly number[], z: number): number =>
    values.length > 1 ? (z * standardDeviation(values)) / Math.sqrt(values.length) : 1;
  const value = mean(own);
  const reference = mean(held);
  const base = besideReal(
    "higher",
    value,
    around(value, spread(own, Z95), [0, 1]),
    { value: reference, interval: around(reference, spread(held, Z90), [0, 1]) },
    (overlap) => (100 * overlap) / Math.max(reference, 0.05),
  );
  const pairs = compared.flatMap(({ real, synthetic }) =>
    real.flatMap((a, i) => {
      const b = synthetic[i];
      return a && b ? [{ a, b }] : [];
    }),
  );
  const same = compared.reduce((sum, one) => sum + alike(one, one.synthetic), 0);
  const sameHeld = compared.reduce((sum, one) => sum + alike(one, one.held), 0);
  const apart = Float64Array.from(pairs, ({ a, b }) => Math.abs(a.value - b.value) / a.error).sort();
  const sentence =
    `${compared.map(({ name, covariates }) => `${name} on ${columnsOf(covariates)}`).join("; ")}: ` +
    `the 95% intervals from synthetic rows overlap those from real rows by ${percentage(value, 0)} on average, ` +
    `those from held-out real rows by ${percentage(reference, 0)}; ${same} of ${own.length} coefficients lead to the ` +
    `same conclusion (direction, significance and size), ${sameHeld} from held-out rows${apart.length > 0 ? `, the median difference is ${quantileSorted(apart, 0.5).toFixed(1)} standard errors` : ""}.`;
  return {
    ...base,
    sentence,
    detail: detailOf(compared),
    note: noteOf(without, own.length - pairs.length, drawn),
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
