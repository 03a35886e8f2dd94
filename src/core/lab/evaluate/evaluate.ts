import type { RuleBook } from "../../clinic/rules/book/rule-book.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { eventColumns } from "../../metrics/measuring/events/event-columns.ts";
import { tooFewPatients } from "../../metrics/measuring/least-rows.ts";
import type { Metric, Pulse, Tables } from "../../metrics/metric.ts";
import { isFew, patientsOf } from "../../metrics/measuring/patients.ts";
import { metrics as every } from "../../metrics/registry.ts";
import { targetColumn, type Table } from "../../table/table.ts";
import { coursesOf } from "../../visits/courses.ts";
import { axesOf } from "./axes.ts";
import { COMPARED_ROWS, compareColumns } from "./compare-columns.ts";
import { brokenColumns } from "./broken-columns.ts";
import { comparePairs } from "./compare-pairs.ts";
import { compareCourses } from "./courses/compare-courses.ts";
import { concludedCourses } from "./courses/courses-sentence.ts";
import type { Finding, Report, RunFacts } from "../../report/report.ts";
import { EXTREME_PATIENTS, EXTREME_ROWS } from "./extremes.ts";
import { learnedOnly } from "./learned-only.ts";
import { mapRows } from "./map-rows.ts";
import { compareIncidence } from "../surveillance/compare-incidence.ts";
import { couldHaveSeen } from "./could-have-seen.ts";
import { extremesBy, judgedTogether, measureOne, placed, type Found } from "./measure-each.ts";
import { isPrivate } from "../../words/privacy-limit.ts";
import { copiesAmong, wordHeadline, type Limit } from "./headline.ts";
import { notMeasuredOf } from "./not-measured.ts";
import { notMeasurable } from "./few-patients.ts";
import { findingsOf, MOST_FINDINGS } from "./findings.ts";
import { worstFirst } from "./worst-first.ts";
import { strangersOf } from "./shared-rows.ts";
import { summaryRisk } from "./summary-risk.ts";
import { copiesFound, NOT_STRANGERS, settle, sidesOf, type Seen } from "./whose-rows.ts";

export interface EvaluateOptions {
  /** The metric at work by its name, and the share of the whole evaluation done before it. */
  onProgress?(metric: string, fraction: number): void;
  cancelled?(): boolean;
  /** What a person made of the clinical rules; the lab's own unless said. */
  readonly book?: RuleBook;
  /** Which metrics are measured; every one of the lab's unless said. */
  readonly metrics?: readonly Metric[];
  /** The report of the first pass: every verdict of a side and the headline. Awaited before the rest is measured. */
  onFirst?(report: Report): Promise<void> | void;
  /** Resolves when the rest may go on: other work comes first. */
  turn?(): Promise<void>;
}

/**
 * Everything Compare shows: every metric, each column, each pair, the verdict in words. An empty holdout says that the tool
 * had seen all real rows, an empty train table that it had seen none (`whose-rows.ts`). Held-out rows that are training rows
 * leave the holdout (`shared-rows.ts`). Columns left out of learning are left out here. A metric that fails by itself is
 * skipped with its reason; cancelling rejects with `cancelled`.
 *
 * Two passes: first what decides (columns, pairs, the scored metrics), then the other metrics, the extremes of all and the
 * map. A metric draws from a stream named by its id, so that its result is the same whenever it is measured.
 */
export async function evaluate(
  tables: Tables,
  run: RunFacts,
  rng: Rng,
  options: EvaluateOptions = {},
): Promise<Report> {
  const learned = learnedOnly(tables);
  const { train, synthetic } = learned;
  const over = hasCourses(learned);
  const events = eventColumns(learned).length > 0;
  const metrics = (options.metrics ?? every).filter(
    ({ about }) => (about !== "courses" || over) && (about !== "events" || events),
  );
  let behind = false;
  const pulse: Pulse = async () => {
    if (options.cancelled?.()) throw new FaultError({ code: "cancelled" });
    await breathe();
    if (behind) await options.turn?.();
  };
  const begin = progressOf(metrics, options, pulse);
  await begin("Columns", 1);
  const strangers = await strangersOf(train, learned.holdout, rng.fork("strangers"), pulse);
  const { holdout } = strangers;
  const told = {
    train,
    holdout,
    synthetic,
    ...(run.rules && { rules: run.rules }),
    ...(options.book && { book: options.book }),
  };
  const sides = sidesOf(told, rng.fork("halves"));
  const { shown } = sides;
  const columns = compareColumns(shown, sides.seen === "some" ? holdout : undefined, synthetic);
  await begin("Relationships", 1);
  const pairs = await comparePairs(shown, synthetic, rng.fork("pairs"), pulse);
  const courses = await compareCourses(
    shown,
    sides.seen === "some" ? holdout : undefined,
    synthetic,
    rng.fork("courses"),
    pulse,
  );
  const found = new Map<Metric, Found>();
  const measure = async (metric: Metric): Promise<void> => {
    await begin(metric.name, effort(metric));
    const own = sides.tablesFor(metric);
    found.set(
      metric,
      "status" in own ? { metric, result: own, seconds: 0 } : await measureOne(metric, own, rng, pulse),
    );
  };
  const extremes = extremesBy(rng);
  const place = async (metric: Metric): Promise<void> => {
    await begin(metric.name, EXTREMES_EFFORT * effort(metric));
    const own = sides.tablesFor(metric);
    if ("status" in own) return;
    found.set(metric, await placed(found.get(metric) as Found, extremes(own, metric), rng, pulse));
  };
  const heldOut = patientsOf(holdout);
  const broken = brokenColumns(shown, synthetic);
  const target = targetColumn(train.schema);
  const targetName = target === undefined ? undefined : train.schema.columns[target]?.name;
  let incidence: Report["incidence"];
  const reportOf = (map?: Report["map"], pending?: readonly string[]): Report => {
    const measured = metrics.filter((metric) => found.has(metric));
    const judged = judgedTogether(
      measured.map((metric) => found.get(metric) as Found),
      { train, holdout },
    );
    const rows = settle(judged, sides.seen);
    const contradicted = sides.seen === "none" && copiesFound(rows) ? [NOT_STRANGERS] : [];
    return {
      version: 3,
      run: withNotices(run, [
        ...contradicted,
        ...strangers.notices,
        ...sides.notices,
        ...fewNotices(tooFewPatients(sides.any)),
      ]),
      shape: {
        train: train.rows,
        holdout: holdout.rows,
        synthetic: synthetic.rows,
        columns: train.columns.length,
        ...(heldOut !== holdout.rows && !isFew(heldOut) && { heldOut }),
        ...patientsOverTime(train, synthetic),
      },
      ...(targetName === undefined ? {} : { target: targetName }),
      ...conclusionsOf({
        rows,
        columns,
        metrics,
        target: targetName,
        heldOut,
        synthetic: synthetic.rows,
        elsewhere: run.synthesizer === "elsewhere",
        courseless: over && coursesOf(synthetic) === undefined,
        broken,
        few: notMeasurable({ train, holdout }, rows),
        seen: sides.seen,
        overlap: strangers.caveat,
        limit: run.guarantee && isPrivate(run.guarantee) ? run.guarantee : undefined,
      }),
      metrics: worstFirst(rows),
      columns,
      correlations: pairs.correlations,
      ...(map === undefined ? {} : { map }),
      ...(courses === undefined ? {} : { courses: concludedCourses(courses, worstFirst(rows), metrics) }),
      ...(incidence === undefined ? {} : { incidence }),
      ...(pending === undefined ? {} : { pending }),
      notes: [
        ...(pending === undefined ? [] : [pendingNote(pending)]),
        ...strangers.notes,
        ...patientNotes(train, holdout),
        ...columnNotes([train, holdout, synthetic]),
        ...pairs.notes,
        ...metricNotes(rows),
        ...couldHaveSeen(rows, metrics),
        ...(pending === undefined ? [extremesNote(over)] : []),
      ],
    };
  };
  const [deciding, rest] = [metrics.filter(decides), metrics.filter((metric) => !decides(metric))];
  for (const metric of deciding) {
    await measure(metric);
    if (needsExtremes(metric)) await place(metric);
  }
  await options.onFirst?.(
    reportOf(
      undefined,
      rest.map(({ id }) => id),
    ),
  );
  behind = true;
  if (events) {
    await begin("Events over time", 1);
    incidence = await compareIncidence(shown, synthetic, pulse);
  }
  for (const metric of rest) await measure(metric);
  for (const metric of metrics) if (!decides(metric) || !needsExtremes(metric)) await place(metric);
  await begin("Map of rows", 2);
  const map = await mapRows(shown, synthetic, rng.fork("map"), pulse);
  options.onProgress?.("Done", 1);
  return reportOf(map);
}

/** It speaks for its side: it is measured first. */
const decides = ({ scored }: Metric): boolean => scored;

/** Its verdict rests on what independent columns reach too. */
const needsExtremes = ({ family }: Metric): boolean => family !== "privacy";

const extremesNote = (over: boolean): string =>
  `Independent columns and copied rows are measured on at most ${EXTREME_ROWS.toLocaleString("en-US")} rows of each table` +
  (over
    ? `; where courses are measured, on at most ${EXTREME_PATIENTS} patients, whose visits stay when they were.`
    : ".");

/** Real patients go through time. */
const hasCourses = ({ train, holdout }: Tables): boolean =>
  coursesOf(train.rows > 0 ? train : holdout) !== undefined;

function pendingNote({ length }: readonly string[]): string {
  const others = length === 0 ? "" : `${length} measures that decide no verdict, `;
  return `Measured so far: what decides the verdicts. Not measured yet: ${others}independent columns and copied rows beside each measure, and the map of rows.`;
}

/** Measuring an extreme, in parts of what measuring takes. */
const EXTREMES_EFFORT = 0.5;

/** Tells the name of what begins, and the share of everything that was done before it. */
function progressOf(
  metrics: readonly Metric[],
  options: EvaluateOptions,
  pulse: Pulse,
): (name: string, parts: number) => Promise<void> {
  const total = 4 + metrics.reduce((sum, metric) => sum + (1 + EXTREMES_EFFORT) * effort(metric), 0);
  let done = 0;
  return async (name, parts) => {
    options.onProgress?.(name, Math.min(1, done / total));
    done += parts;
    await pulse();
  };
}

/** What a report concludes from. */
export interface Concluded {
  readonly rows: Report["metrics"];
  readonly columns: Report["columns"];
  readonly metrics: readonly Metric[];
  readonly target: string | undefined;
  /** held-out patients */
  readonly heldOut: number;
  /** synthetic rows */
  readonly synthetic: number;
  /** no method of the lab made the rows */
  readonly elsewhere: boolean;
  /** real patients go through time, and no two synthetic rows are of one patient */
  readonly courseless?: boolean;
  /** columns that came out empty, constant or with a level in place of others */
  readonly broken: readonly Finding[];
  /** which sides so few patients cannot tell, in words */
  readonly few: string | undefined;
  /** which of the real patients the tool that made the rows had seen */
  readonly seen: Seen;
  /** the privacy guarantee of the run, where its noise was private */
  readonly limit?: Limit | undefined;
  /** what held-out rows that are training rows take from the verdict, in words */
  readonly overlap: string | undefined;
}

/** Everything a report says that follows from what was measured. */
export function conclusionsOf(
  facts: Concluded,
): Pick<Report, "axes" | "risk" | "headline" | "caveat" | "findings" | "notMeasured"> {
  const axes = axesOf(facts.rows, copiesAmong(facts.rows, facts.metrics) !== undefined);
  const risk = summaryRisk(facts.rows);
  return {
    axes,
    ...(risk === undefined ? {} : { risk }),
    ...withOverlap(wordHeadline({ ...facts, axes }), facts.overlap),
    findings: [...facts.broken, ...findingsOf({ ...facts, axes })].slice(0, MOST_FINDINGS),
    notMeasured: notMeasuredOf(facts.rows),
  };
}

const effort = (metric: Metric): number => metric.effort ?? 1;

/** The verdict, and of the holdout what takes from it. */
const withOverlap = <Words extends { readonly caveat: string }>(
  words: Words,
  overlap: string | undefined,
): Words => (overlap === undefined ? words : { ...words, caveat: `${words.caveat} ${overlap}` });

/** A verdict without what could not be measured says less than it seems, so it stands by the headline. */
const withNotices = (run: RunFacts, said: readonly string[]): RunFacts =>
  said.length === 0 ? run : { ...run, notices: [...(run.notices ?? []), ...said] };

const fewNotices = (few: string | undefined): string[] =>
  few === undefined
    ? []
    : [
        `${few} So whether rows can be told apart, lie near to training rows or show who was learned from was not measured.`,
      ];

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

/** How many patients over time two tables have; nothing where one of them has rows. */
function patientsOverTime(
  train: Table,
  synthetic: Table,
): Pick<Report["shape"], "trainPatients" | "syntheticPatients"> {
  const [real, made] = [coursesOf(train), coursesOf(synthetic)];
  if (real === undefined || made === undefined) return {};
  const [trainPatients, syntheticPatients] = [real.starts.length - 1, made.starts.length - 1];
  return isFew(trainPatients) ? {} : { trainPatients, syntheticPatients };
}
