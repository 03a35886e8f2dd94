import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { tooFewPatients } from "../../metrics/measuring/least-rows.ts";
import type { Metric, Pulse, Tables } from "../../metrics/metric.ts";
import { isFew, patientsOf } from "../../metrics/measuring/patients.ts";
import { metrics as every } from "../../metrics/registry.ts";
import { targetColumn, type Table } from "../../table/table.ts";
import { axesOf } from "./axes.ts";
import { COMPARED_ROWS, compareColumns } from "./compare-columns.ts";
import { brokenColumns } from "./broken-columns.ts";
import { comparePairs } from "./compare-pairs.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { EXTREME_ROWS } from "./extremes.ts";
import { learnedOnly } from "./learned-only.ts";
import { mapRows } from "./map-rows.ts";
import { measureEach } from "./measure-each.ts";
import { wordHeadline } from "./headline.ts";
import { notMeasuredOf } from "./not-measured.ts";
import { notMeasurable } from "./few-patients.ts";
import { findingsOf, MOST_FINDINGS } from "./findings.ts";
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
  const rows = await measureEach({ train, holdout, synthetic }, metrics, rng, pulse, (metric) =>
    begin(metric.name, effort(metric)),
  );
  await begin("Map of rows", 2);
  const map = await mapRows(train, synthetic, rng.fork("map"), pulse);
  options.onProgress?.("Done", 1);
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
    ...fewPatientsFirst(wordHeadline(rows, metrics, targetName), notMeasurable({ train, holdout })),
    findings: [...brokenColumns(train, synthetic), ...findingsOf(rows, metrics)].slice(0, MOST_FINDINGS),
    notMeasured: notMeasuredOf(rows),
    notes: [
      ...overlap,
      ...patientNotes(train, holdout),
      ...columnNotes([train, holdout, synthetic]),
      ...pairs.notes,
      ...metricNotes(rows),
      `Independent columns and copied rows are measured on at most ${EXTREME_ROWS.toLocaleString("en-US")} rows of each table.`,
    ],
  };
}

/** What cannot be told with so few patients stands before what can. */
const fewPatientsFirst = <T extends { headline: string }>(words: T, few: string | undefined): T =>
  few === undefined ? words : { ...words, headline: `${few} ${words.headline}` };

const effort = (metric: Metric): number => metric.effort ?? 1;

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
