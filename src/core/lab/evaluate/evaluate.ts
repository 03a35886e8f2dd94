import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { tooFewPatients } from "../../metrics/measuring/least-rows.ts";
import type { Metric, Measurement, MetricInfo, Pulse, Tables } from "../../metrics/metric.ts";
import { isFew, patientsOf } from "../../metrics/measuring/patients.ts";
import { metrics as every } from "../../metrics/registry.ts";
import { withPatients } from "../../table/split.ts";
import { learnedColumns, selectColumns, targetColumn } from "../../table/table.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { axesOf } from "./axes.ts";
import { COMPARED_ROWS, compareColumns } from "./compare-columns.ts";
import { comparePairs } from "./compare-pairs.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { besideExtremes, EXTREME_ROWS, extremesOf, type Extremes } from "./extremes.ts";
import { mapRows } from "./map-rows.ts";
import { judgedResult } from "../../metrics/measuring/judge.ts";
import { couldHaveSeen } from "./could-have-seen.ts";
import { wordHeadline } from "./headline.ts";
import { notMeasuredOf } from "./not-measured.ts";
import { findingsOf } from "./findings.ts";
import { worstFirst } from "./worst-first.ts";
import { sharedRows, sharedRowsNote } from "./shared-rows.ts";
import { summaryRisk } from "./summary-risk.ts";

export interface EvaluateOptions {
  /** The metric at work by its name, and the share of the whole evaluation done before it. */
  onProgress?(metric: string, fraction: number): void;
  cancelled?(): boolean;
  /** Which metrics are measured; every one of the lab's unless said. */
  readonly metrics?: readonly Metric[];
}

/**
 * Everything Compare shows: every metric, each column, each pair, the verdict in words. Columns left out of learning are
 * left out here. A metric that fails by itself is skipped with its reason; cancelling rejects with `cancelled`.
 */
export async function evaluate(
  tables: Tables,
  run: RunFacts,
  rng: Rng,
  options: EvaluateOptions = {},
): Promise<Report> {
  const { metrics = every } = options;
  const { train, holdout, synthetic } = learnedOnly(tables);
  const pulse: Pulse = async () => {
    if (options.cancelled?.()) throw new FaultError({ code: "cancelled" });
    await breathe();
  };
  const total = 4 + metrics.reduce((sum, metric) => sum + effort(metric), 0);
  let done = 0;
  const begin = async (name: string, parts: number): Promise<void> => {
    options.onProgress?.(name, done / total);
    done += parts;
    await pulse();
  };
  await begin("Columns", 1);
  const columns = compareColumns(train, holdout.rows > 0 ? holdout : undefined, synthetic);
  await begin("Relationships", 1);
  const pairs = await comparePairs(train, synthetic, rng.fork("pairs"), pulse);
  const overlap = sharedRowsNote(await sharedRows(train, holdout, pulse));
  const found: { metric: Metric; result: Measurement; seconds: number }[] = [];
  const extremes = extremesOf({ train, holdout, synthetic }, rng.fork("extremes"));
  for (const metric of metrics) {
    await begin(metric.name, effort(metric));
    const started = performance.now();
    const result = await attempt(metric, { train, holdout, synthetic }, extremes, rng.fork(metric.id), pulse);
    found.push({ metric, result, seconds: (performance.now() - started) / 1000 });
  }
  await begin("Map of rows", 2);
  const map = await mapRows(train, synthetic, rng.fork("map"), pulse);
  options.onProgress?.("Done", 1);
  const rows = judgedTogether(found);
  const target = targetColumn(train.schema);
  const risk = summaryRisk(rows);
  const targetName = target === undefined ? undefined : train.schema.columns[target]?.name;
  return {
    version: 3,
    run: withNotice(run, tooFewPatients({ train, holdout })),
    shape: {
      train: train.rows,
      holdout: holdout.rows,
      synthetic: synthetic.rows,
      columns: train.columns.length,
    },
    ...(targetName === undefined ? {} : { target: targetName }),
    axes: axesOf(rows),
    ...(risk === undefined ? {} : { risk }),
    metrics: worstFirst(rows),
    columns,
    correlations: pairs.correlations,
    ...(map === undefined ? {} : { map }),
    ...wordHeadline(rows, metrics, targetName),
    findings: findingsOf(rows, metrics),
    notMeasured: notMeasuredOf(rows),
    notes: [
      ...overlap,
      ...patientNotes(train, holdout),
      ...columnNotes([train, holdout, synthetic]),
      ...pairs.notes,
      ...metricNotes(rows),
      ...couldHaveSeen(rows, metrics),
      `Independent columns and copied rows are measured on at most ${EXTREME_ROWS.toLocaleString("en-US")} rows of each table.`,
    ],
  };
}

/** Scored measures are judged beside each other; evidence beside all that was measured. */
function judgedTogether(
  found: readonly { metric: Metric; result: Measurement; seconds: number }[],
): Report["metrics"] {
  const measured = found.filter(({ result }) => result.status === "ok");
  const deciding = measured.filter(({ metric }) => metric.scored);
  return found.map(({ metric, result, seconds }) => ({
    info: infoOf(metric),
    result: judgedResult(metric, result, (metric.scored ? deciding : measured).length),
    seconds,
  }));
}

const effort = (metric: Metric): number => metric.effort ?? 1;

/** What a report says of a metric: everything but what it does. */
function infoOf(metric: Metric): MetricInfo {
  const { compute: _, effort: __, claim: ___, bears: ____, remedy: _____, sees: ______, ...info } = metric;
  return info;
}

/** The three tables with the columns that train learns from, found by name; the real ones know whose row each is. */
function learnedOnly({ train, holdout, synthetic }: Tables): Tables {
  const names = learnedColumns(train.schema).map((i) => (train.schema.columns[i] as ColumnSchema).name);
  if (names.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const pick = (table: Table): Table => {
    const at = new Map(table.schema.columns.map((column, i) => [column.name, i]));
    const missing = names.filter((name) => !at.has(name));
    if (missing.length > 0) throw new FaultError({ code: "columns-differ", missing, extra: [] });
    return selectColumns(
      table,
      names.map((name) => at.get(name) as number),
    );
  };
  if (synthetic.rows === 0) throw new FaultError({ code: "too-few-rows", rows: 0, needed: 1 });
  const real = (table: Table): Table => pick(table.patients ? table : withPatients(table));
  return { train: real(train), holdout: real(holdout), synthetic: pick(synthetic) };
}

async function attempt(
  metric: Metric,
  tables: Tables,
  extremes: Extremes,
  rng: Rng,
  pulse: Pulse,
): Promise<Measurement> {
  try {
    const result = await metric.compute(tables, rng, pulse);
    return await besideExtremes(result, metric, extremes, rng, pulse);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    return { status: "skipped", reason: `It could not be measured: ${(error as Error).message}` };
  }
}

/** What could not be measured for want of patients stands by the headline: a verdict without it says less than it seems. */
const withNotice = (run: RunFacts, few: string | undefined): RunFacts =>
  few === undefined
    ? run
    : {
        ...run,
        notices: [
          ...(run.notices ?? []),
          `${few} So whether rows can be told apart, lie near to training rows or show who was learned from was not measured.`,
        ],
      };

/** That the rows are fewer patients, which is what intervals go by. */
function patientNotes(train: Table, holdout: Table): string[] {
  const [learned, held] = [patientsOf(train), patientsOf(holdout)];
  if (learned === train.rows && held === holdout.rows) return [];
  const words = (patients: number): string =>
    isFew(patients) ? "fewer than 5 patients" : `${patients.toLocaleString("en-US")} patients`;
  return [
    `Patients have several rows: ${train.rows.toLocaleString("en-US")} learned from are of ${words(learned)}, ` +
      `${holdout.rows.toLocaleString("en-US")} held out of ${words(held)}. Measures cut between patients, ` +
      `and their intervals are as wide as so many patients make them.`,
  ];
}

function columnNotes(tables: readonly Table[]): string[] {
  if (tables.every((table) => table.rows <= COMPARED_ROWS)) return [];
  return [
    `Columns are compared on ${COMPARED_ROWS.toLocaleString("en-US")} evenly spaced rows of each larger table.`,
  ];
}

/** Several metrics may say the same of rows that they share. */
const metricNotes = (rows: Report["metrics"]): string[] => [
  ...new Set(rows.flatMap(({ result }) => (result.status === "ok" && result.note ? [result.note] : []))),
];
