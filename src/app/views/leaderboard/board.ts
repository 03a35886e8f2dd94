/** The leaderboard as numbers: rows, what each measures, and which differences are no more than noise. */
import type { Report } from "../../../core/report/report.ts";
import type { Verdict } from "../../../core/metrics/metric.ts";
import type { SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { verdicts, type SideVerdict } from "../../state/axes.ts";
import { runTitle } from "../../state/runs.ts";
import { worst, type Measure, type Reading } from "./measures.ts";

/** best: better than any other in its column. tie: as good, or within noise of the best. */
export type Standing = "best" | "tie" | "behind";

export interface Cell {
  readonly value: number;
  /** half of the 95% interval */
  readonly half: number;
  readonly score: number;
  readonly verdict: Verdict;
  readonly standing: Standing;
}

export interface Row {
  readonly key: string;
  readonly name: string;
  /** what differs from the recommended settings, "" for nothing */
  readonly settings: string;
  readonly runs: readonly RunView[];
  /** those with a report */
  readonly measured: readonly RunView[];
  /** by the id of the measure */
  readonly cells: Readonly<Record<string, Cell>>;
  /** mean over the runs that have been trained */
  readonly seconds: number | undefined;
}

export interface Order {
  /** a measure's id, "seconds" or "name" */
  readonly by: string;
  readonly bestFirst: boolean;
}

/** Runs can be compared when they were trained on the same table and judged by the same held-out rows. */
export function groupOf({ tableId, request: { holdout } }: RunView): string | undefined {
  return tableId === undefined ? undefined : `${tableId} ${holdout.share} ${holdout.seed}`;
}

/** Each table made elsewhere is a design of its own. */
const designOf = ({ run, madeElsewhere, request: { synthesizer, params, from } }: RunView): string =>
  madeElsewhere === true
    ? run
    : JSON.stringify([synthesizer, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)), from ?? ""]);

/** The settings of a run that are not the recommended ones: "Most steps 80, from another model". */
export function changedSettings(
  { request: { params, from } }: RunView,
  info: SynthesizerInfo | undefined,
): string {
  const changed = Object.entries(info?.params ?? {}).flatMap(([name, spec]) => {
    const value = params[name];
    if (value === undefined || value === spec.default) return [];
    const shown = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
    return [`${spec.label} ${shown}`];
  });
  return [...changed, ...(from === undefined ? [] : ["from another model"])].join(", ");
}

/** 97.5% points of Student's t for 1 to 4 degrees of freedom: at most five seeds are offered. */
const T = [12.706, 4.303, 3.182, 2.776];

/**
 * The mean of a design's readings. Its interval is the mean's own by the intervals of the readings, or that of the
 * spread between seeds where that is wider (Student's t, from three seeds on).
 */
export function meanReading(readings: readonly Reading[]): Reading {
  const n = readings.length;
  const over = (pick: (reading: Reading) => number): number =>
    readings.reduce((sum, reading) => sum + pick(reading), 0) / n;
  const value = over((r) => r.value);
  const within = over((r) => r.half) / Math.sqrt(n);
  const spread = Math.sqrt(readings.reduce((sum, r) => sum + (r.value - value) ** 2, 0) / (n - 1));
  const between = n < 3 ? 0 : ((T[n - 2] ?? 1.96) * spread) / Math.sqrt(n);
  return {
    value,
    half: Math.max(within, between),
    score: over((r) => r.score),
    reference: over((r) => r.reference),
    verdict: worst(readings.map((r) => r.verdict)),
  };
}

const reportOf = (run: RunView): Report[] => (run.report === undefined ? [] : [run.report]);

/** One row per run, or per design with the mean over its seeds. */
export function rowsOf(
  runs: readonly RunView[],
  by: "designs" | "runs",
  measures: readonly Measure[],
  synthesizers: readonly SynthesizerInfo[],
): Row[] {
  const groups = new Map<string, RunView[]>();
  for (const run of runs) {
    const key = by === "runs" ? run.run : designOf(run);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const drafts = [...groups].map(([key, members]) => draftOf(key, members, by, measures, synthesizers));
  return drafts.map(({ readings, ...row }) => ({
    ...row,
    cells: Object.fromEntries(
      measures.flatMap(({ id, merit }) => {
        const reading = readings[id];
        if (reading === undefined) return [];
        const rivals = drafts.flatMap((draft) => draft.readings[id] ?? []);
        return [[id, { ...reading, standing: standingOf(reading, rivals, merit) }]];
      }),
    ),
  }));
}

function draftOf(
  key: string,
  runs: readonly RunView[],
  by: "designs" | "runs",
  measures: readonly Measure[],
  synthesizers: readonly SynthesizerInfo[],
) {
  const [first] = runs as [RunView];
  const info = synthesizers.find(({ id }) => id === first.request.synthesizer);
  const measured = runs.filter((run) => run.report !== undefined);
  const readings: Partial<Record<string, Reading>> = Object.fromEntries(
    measures.flatMap((measure) => {
      const read = measured.flatMap(reportOf).flatMap((report) => measure.read(report) ?? []);
      return read.length === 0 ? [] : [[measure.id, meanReading(read)]];
    }),
  );
  const times = runs.flatMap((run) => run.facts?.seconds ?? []);
  const name =
    first.madeElsewhere === true
      ? `${first.name}, made elsewhere`
      : (first.facts?.synthesizerName ?? info?.name ?? first.request.synthesizer);
  return {
    key,
    name: by === "runs" ? runTitle(first) : name,
    settings: changedSettings(first, info),
    runs,
    measured,
    readings,
    seconds: times.length === 0 ? undefined : times.reduce((sum, s) => sum + s, 0) / times.length,
  };
}

/** Another is as good as the best when their difference lies within the 95% interval of a difference. */
function standingOf(own: Reading, rivals: readonly Reading[], merit: Measure["merit"]): Standing {
  if (rivals.length < 2) return "behind";
  const best = rivals.reduce((a, b) => (merit(b.value) > merit(a.value) ? b : a));
  const gap = merit(best.value) - merit(own.value);
  const alone = rivals.filter(({ value }) => merit(value) === merit(best.value)).length === 1;
  if (gap === 0) return alone ? "best" : "tie";
  return gap <= Math.hypot(best.half, own.half) ? "tie" : "behind";
}

/** Sorted by a column; rows without its number come last whichever way it is sorted. */
export function sorted(rows: readonly Row[], { by, bestFirst }: Order, measures: readonly Measure[]): Row[] {
  const turn = bestFirst ? 1 : -1;
  if (by === "name") return rows.toSorted((a, b) => turn * a.name.localeCompare(b.name, "en"));
  const better = measures.find(({ id }) => id === by)?.better ?? "lower";
  const valueOf = (row: Row): number | undefined => (by === "seconds" ? row.seconds : row.cells[by]?.value);
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return turn * (better === "lower" ? x - y : y - x);
  });
}

/** "ascending" or "descending", as the numbers in the column stand. */
export function ariaSort({ by, bestFirst }: Order, measures: readonly Measure[]): "ascending" | "descending" {
  const better = measures.find(({ id }) => id === by)?.better ?? "lower";
  return (better === "lower") === bestFirst ? "ascending" : "descending";
}

/** One verdict per side: the worst of the runs in the row; none before an evaluation. */
export function sidesOf({ measured }: Row): SideVerdict[] {
  const each = measured.map((run) => verdicts(run.report));
  return (each[0] ?? []).map(({ family, name }, i) => {
    const verdict = worst(each.flatMap((sides) => sides[i]?.verdict ?? []));
    return { family, name, verdict };
  });
}

/** Held-out real rows' own number: the mean over the measured runs, which share the holdout. */
export function referenceOf(measure: Measure, rows: readonly Row[]): number | undefined {
  const read = rows
    .flatMap((row) => row.measured)
    .flatMap(reportOf)
    .flatMap((report) => measure.read(report)?.reference ?? []);
  return read.length === 0 ? undefined : read.reduce((sum, value) => sum + value, 0) / read.length;
}
