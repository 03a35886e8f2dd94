import { judgedMeasure } from "../../metrics/measuring/judge.ts";
import { noiseVerdict, type Detail, type Metric, type MetricResult } from "../../metrics/metric.ts";
import { metrics as every } from "../../metrics/registry.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { reportShape } from "../../report/report-shape.ts";
import type { Schema } from "../../table/table.ts";
import { plain } from "../../words/numbers.ts";
import { conclusionsOf } from "../evaluate/evaluate.ts";
import { notMeasurable } from "../evaluate/few-patients.ts";
import { infoOf } from "../evaluate/measure-each.ts";
import { worstFirst } from "../evaluate/worst-first.ts";

/** Stands where the headline of what was measured here would. */
export const CLAIMED_HEADLINE = "Claimed by the file, not measured here";

/** Stands before every sentence that a file brought with it. */
export const CLAIMED_PREFIX = "Claimed by the file: ";

const CLAIMED_NOTE =
  "All of these numbers came with the model file and nobody here has measured them. Of its words none are shown: verdicts, sentences and names are this lab's, made from those numbers.";

/** A claim that is not shown, and why: one sentence of the lab's own. */
export class Refused extends Error {}

/** Points of a score, or parts of a range, by which rounding may move a number. */
const SLACK = 1e-6;

/** A percentile interval of resamples need not hold its value, but is not far from it: half its width. */
const beyond = ({ low, high }: { low: number; high: number }): number => SLACK + (high - low) / 2;

type Row = Report["metrics"][number];

/**
 * What a file says was measured of its model, as far as it can be: numbers are the file's; verdicts, sides, headline and
 * findings are made from them anew; names, margins and sentences are the lab's. Throws `Refused` where a number cannot be
 * (a score outside its interval), where a measure or column is unknown, and where what the file concluded does not follow.
 * @param given as it lay in the file
 * @param facts of the run, whose words are marked already
 */
export function claimedReport(given: unknown, schema: Schema, facts: RunFacts): Report {
  const parsed = reportShape.safeParse(given);
  if (!parsed.success) throw new Refused("it is not written as an evaluation is");
  const report = parsed.data;
  const names = new Set(schema.columns.map(({ name }) => name));
  checkNames(report, names);
  const rows = rowsOf(report, names);
  const { target } = report;
  const { caveat, ...concluded } = concludedFrom(rows, report);
  checkConclusions(report, concluded);
  const claim = `${concluded.headline}${caveat === undefined ? "" : ` ${caveat}`}`;
  return {
    version: 3,
    claimed: true,
    run: facts,
    shape: report.shape,
    ...(target === undefined ? {} : { target }),
    ...concluded,
    headline: CLAIMED_HEADLINE,
    caveat: `${CLAIMED_PREFIX}${claim}`,
    metrics: worstFirst(rows),
    columns: report.columns.map(({ remark: _words, ...column }) => ({
      ...column,
      verdict: noiseVerdict(column.noise),
    })),
    correlations: report.correlations,
    ...(report.map === undefined ? {} : { map: report.map }),
    ...(report.pending === undefined ? {} : { pending: report.pending }),
    notes: [CLAIMED_NOTE],
  };
}

const metricOf = (id: string): Metric => {
  const metric = every.find((known) => known.id === id);
  if (!metric) throw new Refused("it names a measure that this lab does not have");
  return metric;
};

function checkNames(
  { target, columns, correlations, pending = [], shape }: Report,
  names: ReadonlySet<string>,
): void {
  const said = [
    ...(target === undefined ? [] : [target]),
    ...columns.map(({ name }) => name),
    ...correlations.names,
    ...correlations.worst.flatMap(({ a, b }) => [a, b]),
  ];
  if (said.some((name) => !names.has(name)))
    throw new Refused("it speaks of a column that the model does not have");
  pending.forEach(metricOf);
  const counts = Object.values(shape);
  if (counts.some((count) => !(Number.isSafeInteger(count) && count >= 0)))
    throw new Refused("it counts rows that cannot be");
}

/** The rows with everything but their numbers from the registry, judged anew. */
function rowsOf(report: Report, names: ReadonlySet<string>): Row[] {
  const given = report.metrics.map((row) => ({ ...row, metric: metricOf(row.info.id) }));
  if (new Set(given.map(({ metric }) => metric)).size < given.length)
    throw new Refused("it gives one measure twice");
  const measured = given.filter(({ result }) => result.status === "ok");
  const deciding = measured.filter(({ metric }) => metric.scored);
  return given.map(({ metric, result, seconds }) => ({
    info: infoOf(metric),
    result: resultOf(metric, result, (metric.scored ? deciding : measured).length, names),
    seconds: seconds >= 0 ? seconds : 0,
  }));
}

/** Everything that follows from the numbers of a claim. Columns that came out broken are told by nobody: their rows are not here. */
function concludedFrom(rows: Row[], { target, columns, shape }: Report): ReturnType<typeof conclusionsOf> {
  const heldOut = shape.heldOut ?? shape.holdout;
  return conclusionsOf({
    rows,
    columns,
    metrics: every,
    target,
    heldOut,
    synthetic: shape.synthetic,
    elsewhere: false,
    broken: [],
    few: notMeasurable({ train: { rows: shape.train }, holdout: { rows: heldOut } }, rows),
    seen: shape.holdout === 0 ? "all" : shape.train === 0 ? "none" : "some",
    overlap: undefined,
  });
}

const NOT_JUDGED = "Measured, but not judged, by what the file claims.";

const NOT_MEASURED = "Not measured, by what the file claims.";

function resultOf(
  metric: Metric,
  result: MetricResult,
  together: number,
  names: ReadonlySet<string>,
): MetricResult {
  if (result.status === "skipped")
    return { status: "skipped", reason: NOT_MEASURED, ...(result.wants && { wants: result.wants }) };
  const { value, interval, baseline, score, loss, extremes, detail } = result;
  checkNumbers(metric, result);
  const { verdict: follows, judgement } = judgedMeasure(metric, result, together);
  const verdict = result.unjudged === undefined ? follows : "cannot-tell";
  if (verdict !== result.verdict) throw new Refused("a verdict does not follow from its numbers");
  const kept = detail && numbersOf(detail, names);
  return {
    status: "ok",
    value,
    interval,
    baseline,
    score,
    loss,
    verdict,
    judgement,
    ...(result.unjudged !== undefined && { unjudged: NOT_JUDGED }),
    ...(result.floor !== undefined && { floor: result.floor }),
    ...(extremes && { extremes }),
    sentence:
      `${CLAIMED_PREFIX}${metric.name.toLowerCase()} of ${plain(value)} (95% interval ${plain(interval.low)} to ` +
      `${plain(interval.high)}); held-out real rows reach ${plain(baseline.value)}.`,
    ...(kept && { detail: kept }),
  };
}

type Measured = Extract<MetricResult, { status: "ok" }>;

function checkNumbers(
  { range: [least, most] }: Metric,
  { value, interval, baseline, score, loss }: Measured,
): void {
  const inside = (x: number, low: number, high: number, slack: number): boolean =>
    x >= low - slack && x <= high + slack;
  const ordered = [interval, baseline.interval, score.interval, loss.interval].every(
    ({ low, high }) => low <= high,
  );
  if (!ordered) throw new Refused("an interval ends before it begins");
  const slack = SLACK * (Number.isFinite(most - least) ? most - least : 1);
  if (![value, baseline.value].every((x) => inside(x, least, most, slack)))
    throw new Refused("a number lies outside what its measure can be");
  const points = [score.value, score.interval.low, score.interval.high, score.baseline.value];
  if (!points.every((x) => inside(x, 0, 100, SLACK))) throw new Refused("a score lies outside 0 to 100");
  if (!inside(score.value, score.interval.low, score.interval.high, beyond(score.interval)))
    throw new Refused("a score lies outside its own interval");
  if (!inside(loss.value, loss.interval.low, loss.interval.high, beyond(loss.interval)))
    throw new Refused("a loss lies outside its own interval");
}

/**
 * Distances of columns that there are and of pairs of them, scores of models that are numbered; every other detail has
 * names and words that could be anybody's.
 */
function numbersOf(detail: Detail, names: ReadonlySet<string>): Detail | undefined {
  switch (detail.type) {
    case "per-column":
      return {
        type: "per-column",
        columns: detail.columns
          .filter(({ name }) => isOfColumns(name, names))
          .map((column) => ({ ...column, verdict: noiseVerdict(column.noise) })),
      };
    case "models":
      return {
        type: "models",
        unit: detail.unit === "AUROC" ? "AUROC" : "R²",
        rows: detail.rows.map((row, i) => ({ ...row, name: `Model ${i + 1}` })),
      };
    default:
      return undefined;
  }
}

/** "age", "age missing", "age with sex", "age with sex, missing together" */
function isOfColumns(name: string, names: ReadonlySet<string>): boolean {
  const about = name.replace(/(, missing together| missing)$/, "");
  if (names.has(name) || names.has(about)) return true;
  const parts = about.split(" with ");
  return parts.some(
    (_, i) => names.has(parts.slice(0, i).join(" with ")) && names.has(parts.slice(i).join(" with ")),
  );
}

/** A report does not say how many patients its training rows are of; its headline may. */
const counted = (headline: string): string => headline.replace(/with [\d,]+ patients/, "with n patients");

/** What the file concluded must be what its own numbers say. */
function checkConclusions({ axes, headline }: Report, concluded: Pick<Report, "axes" | "headline">): void {
  if (counted(headline) !== counted(concluded.headline) && headline !== CLAIMED_HEADLINE)
    throw new Refused("its headline does not follow from its numbers");
  const verdicts = (of: Report["axes"]): string =>
    of
      .map(({ family, verdict }) => `${family} ${verdict}`)
      .toSorted()
      .join();
  if (verdicts(axes) !== verdicts(concluded.axes))
    throw new Refused("the verdict of a side does not follow from its numbers");
}
