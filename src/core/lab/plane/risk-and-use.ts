import { coarsen } from "../../anonymity/coarsen.ts";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import type { Measurement, Metric, Pulse, Tables } from "../../metrics/metric.ts";
import { metrics as allMetrics } from "../../metrics/registry.ts";
import type { CoarsenedBy, Plane, PlanePoint, PlaneUse } from "../../report/plane.ts";
import type { Report } from "../../report/report.ts";
import type { Split } from "../../table/split.ts";
import { takeRows, targetColumn, type Table } from "../../table/table.ts";
import { measureOne } from "../evaluate/measure-each.ts";
import { advantageByChance, advantageLimit, isAttack, largestAdvantage } from "./advantage.ts";
import { figuresOf, usedBy } from "./measure-use.ts";
import { allColumns, independentRows, knownColumns, MOST_ROWS, realTables } from "./plane-tables.ts";

/** A run that has been measured. */
export interface PlaneRun {
  readonly id: string;
  readonly name: string;
  readonly report: PlaneReport;
}

/** What the plane reads of a run's report. */
export type PlaneReport = Pick<Report, "run" | "metrics" | "target" | "shape">;

export interface PlaneRequest {
  /** the table that the runs were trained on, and which of its rows they held out */
  readonly table: Table;
  readonly split: Split;
  /** the run it is asked of: its report says which attacks and which use could be measured */
  readonly shown: PlaneRun;
  /** other runs on the same rows */
  readonly beside: readonly PlaneRun[];
  /** 2, 5, 10, 25, 50 unless said */
  readonly ks?: readonly number[];
}

export interface PlaneOptions {
  readonly metrics?: readonly Metric[];
  readonly onProgress?: (fraction: number) => void;
  /** rejects to cancel */
  readonly pulse?: Pulse;
}

export const PLANE_KS: readonly number[] = [2, 5, 10, 25, 50];

/**
 * Privacy risk against use. Runs have the numbers of their reports; independent columns and the real training rows,
 * k-anonymised, are judged here by the same attacks and the same models, on the same held-out rows. The real rows as they
 * are give every patient away: their risk is 1 by definition. Same request, same plane.
 */
export async function riskAndUse(request: PlaneRequest, options: PlaneOptions = {}): Promise<Plane> {
  const { table, split, shown, beside, ks = PLANE_KS } = request;
  const { pulse = breathe, onProgress = () => {} } = options;
  const rng = createRng(shown.report.run.seed).fork("plane");
  const real = realTables(table, split);
  const use = usedBy(shown.report);
  const judges = judgesOf(shown.report, use, options.metrics ?? allMetrics);
  const { known, note } = knownColumns(real.train);
  const all = allColumns(real.train);
  const same = known.length === all.length;
  const wanted = [
    ...(known.length > 0 ? ks.map((k) => ({ by: "known" as const, k })) : []),
    ...(same ? [] : ks.map((k) => ({ by: "all" as const, k }))),
  ];
  const judge = { ...real, judges, use, pulse };
  const points: PlanePoint[] = [shown, ...beside].map((run) => runPoint(run, use));
  const realUse = use && figuresOf(use, shown.report.metrics).real;
  points.push({
    id: "real",
    kind: "real",
    name: "The real rows",
    risk: { value: 1, interval: { low: 1, high: 1 }, attack: "none is needed" },
    ...(realUse && { use: realUse }),
  });
  const steps = wanted.length + 1;
  const shuffled = independentRows(real.train, rng.fork("independent"));
  const nothing = await judgedRows(judge, shuffled, rng.fork("judge independent"));
  points.push({
    id: "independent",
    kind: "independent",
    name: "Independent columns",
    ...placed(nothing, use),
  });
  onProgress(1 / steps);
  for (const [done, { by, k }] of wanted.entries()) {
    const columns = by === "known" ? known : all;
    const point = await coarsenedPoint(judge, { by, k, columns }, rng);
    if (point !== undefined) points.push(point);
    onProgress((done + 2) / steps);
  }
  const byChance = advantageByChance(nothing);
  return {
    run: shown.id,
    ...(use && { use }),
    points,
    ...(byChance !== undefined && { byChance }),
    attacks: judges.filter(isAttack).map(({ name }) => name),
    known: known.map((at) => real.train.schema.columns[at]?.name ?? ""),
    ...(note !== undefined && { knownNote: note }),
    trained: shown.report.shape.trainPatients ?? real.train.rows,
    heldOut: shown.report.shape.heldOut ?? real.holdout.rows,
  };
}

/** The metrics that the shown run was measured by and that any table can be measured by again. */
function judgesOf(report: PlaneReport, use: PlaneUse | undefined, metrics: readonly Metric[]): Metric[] {
  const measured = new Set(
    report.metrics.flatMap(({ info, result }) =>
      result.status === "ok" && (isAttack(info) || info.id === use?.metric) ? [info.id] : [],
    ),
  );
  return metrics.filter(({ id }) => measured.has(id));
}

/** A run by what its report measured. */
export function runPoint({ id, name, report }: PlaneRun, use: PlaneUse | undefined): PlanePoint {
  const { guarantee } = report.run;
  return {
    id,
    kind: "run",
    name,
    ...placed(report.metrics, use),
    ...(guarantee && {
      guarantee: {
        epsilon: guarantee.epsilon,
        delta: guarantee.delta,
        limit: guarantee.noise === "seeded" ? 1 : advantageLimit(guarantee.epsilon, guarantee.delta),
        ...(guarantee.noise === "seeded" && { seeded: true as const }),
      },
    }),
  };
}

interface Judge {
  readonly train: Table;
  readonly holdout: Table;
  readonly judges: readonly Metric[];
  readonly use: PlaneUse | undefined;
  readonly pulse: Pulse;
}

type JudgedRow = { readonly info: Metric; readonly result: Measurement };

/** `synthetic` by the same judges as the runs. Rejects with FaultError when cancelled. */
async function judgedRows(
  { train, holdout, judges, pulse }: Judge,
  synthetic: Table,
  rng: Rng,
): Promise<readonly JudgedRow[]> {
  const tables: Tables = { train, holdout, synthetic };
  const rows: JudgedRow[] = [];
  for (const metric of judges) {
    const { result } = await measureOne(metric, tables, rng, pulse);
    rows.push({ info: metric, result });
  }
  return rows;
}

/** Where what was measured stands on the plane. */
function placed(
  rows: Parameters<typeof largestAdvantage>[0],
  use: PlaneUse | undefined,
): Pick<PlanePoint, "risk" | "use"> {
  const risk = largestAdvantage(rows);
  const own = use && figuresOf(use, rows).own;
  return { ...(risk && { risk }), ...(own && { use: own }) };
}

async function coarsenedPoint(
  judge: Judge,
  { by, k, columns }: { by: CoarsenedBy; k: number; columns: readonly number[] },
  rng: Rng,
): Promise<PlanePoint | undefined> {
  const { train, pulse } = judge;
  const { values, leftOut, detailLost, variety, found } = await coarsen(
    train,
    columns,
    k,
    targetColumn(train.schema),
    pulse,
  );
  if (values.rows === 0) return undefined;
  const drawn =
    values.rows <= MOST_ROWS
      ? values
      : takeRows(values, rng.fork(`rows ${by} ${k}`).choose(values.rows, MOST_ROWS).sort());
  return {
    id: `${by}-${k}`,
    kind: "coarsened",
    name: `k-anonymised, k = ${k}`,
    ...placed(await judgedRows(judge, drawn, rng.fork(`judge ${by} ${k}`)), judge.use),
    coarsened: {
      k,
      by,
      rows: values.rows,
      leftOut,
      detailLost,
      ...(variety !== undefined && { variety }),
      found,
    },
  };
}

/** Rejects once nobody wants the plane any more. */
export const pulseUntil =
  (cancelled: () => boolean): Pulse =>
  async () => {
    if (cancelled()) throw new FaultError({ code: "cancelled" });
    await breathe();
  };
