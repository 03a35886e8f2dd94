import type { DeviceName } from "../../nn/device.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Params, Synthesizer, TableShape } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { coursesOf } from "../../visits/courses.ts";
import { learnedTable } from "../left-out.ts";

/** What a fit would take. `figures`: from METHODS.md's measurements and this machine's pace; `runs`: also from fits that ended here. */
export interface Estimate {
  readonly seconds: number;
  readonly from: "figures" | "runs";
}

export interface FitPlan {
  readonly synthesizer: string;
  readonly params: Params;
  readonly shape: TableShape;
  readonly device: DeviceName;
}

export interface Estimator {
  /**
   * Undefined where nothing is known: without figures, or on a device other than WASM, until one has run; and where the
   * method needs patients over time that the table does not have.
   */
  expect(plan: FitPlan): Estimate | undefined;
  /** A fit of `plan` ran to its own end here in `seconds`. */
  learn(plan: FitPlan, seconds: number): void;
  /** Seconds that measuring a run on a table of this shape takes: until its first report, and in all. */
  expectMeasuring(shape: TableShape): Measuring;
  /** Measuring took `seconds` in all. */
  learnMeasuring(shape: TableShape, seconds: number): void;
}

export interface Measuring {
  readonly first: number;
  readonly all: number;
}

/**
 * Seconds of measuring on the machine of METHODS.md's figures: so many, and so many for each cell of train that counts
 * (`fixtures/measuring-seconds.json`). Of rows beyond the first 2,500 three in a hundred count, since most metrics draw about as many;
 * none beyond 20,000 is used.
 */
const MEASURING = {
  first: { least: 0.98, perCell: 2.55e-4 },
  all: { least: 2.2, perCell: 6.4e-4 },
} as const;
const FULL_ROWS = 2500;
const MEASURED_ROWS = 20_000;
const SHARE_BEYOND = 0.03;

function measuringOf({ rows, columns }: TableShape): Measuring {
  const beyond = Math.max(0, Math.min(rows, MEASURED_ROWS) - FULL_ROWS);
  const cells = (Math.min(rows, FULL_ROWS) + SHARE_BEYOND * beyond) * columns;
  const { first, all } = MEASURING;
  return { first: first.least + first.perCell * cells, all: all.least + all.perCell * cells };
}

/** What the fit of `table` depends on, with `share` of its rows held out. */
export function shapeOf(table: Table, share = 0): TableShape {
  const learned = learnedTable(table);
  const { columns, rows } = learned;
  const courses = coursesOf(learned);
  const levels = columns.map((column) => (column.type === "coded" ? column.levels.length : 0));
  return {
    rows: Math.max(1, Math.round(rows * (1 - share))),
    columns: columns.length,
    ...(courses && { patients: Math.max(1, Math.round((courses.starts.length - 1) * (1 - share))) }),
    numeric: columns.filter((column) => column.type === "numeric").length,
    levels: levels.reduce((sum, count) => sum + count, 0),
  };
}

/** How far a fit that ended here moves what is expected of the next: half the way, on a logarithmic scale. */
const TRUST = 0.5;
/** One odd fit (a machine that slept) must not spoil what is expected of all others. */
const FARTHEST = 8;
const bound = (ratio: number): number => Math.max(1 / FARTHEST, Math.min(FARTHEST, ratio));
const MEASURING_KEY = "measuring";

/** Stands in for a figure that a synthesizer does not give: only its ratio to fits that ended here is ever used. */
const standIn = ({ rows, columns }: TableShape): number => (rows * columns) / 1e4;

/**
 * Expects `Synthesizer.expectedSeconds` at this machine's `pace`, times the ratio of taken to expected seconds that fits
 * on this machine had: per synthesizer and device, kept in memory. A synthesizer without figures is expected to take, per
 * cell of the table, what its last fits with the same settings took.
 */
export function createEstimator(
  pace: number,
  find: (id: string) => Synthesizer = findSynthesizer,
): Estimator {
  const ratios = new Map<string, number>();
  const figureOf = (plan: FitPlan): { key: string; seconds: number; known: boolean } => {
    const { synthesizer, shape, params, device } = plan;
    const seconds = find(synthesizer).expectedSeconds?.(shape, params, pace);
    if (seconds !== undefined && Number.isFinite(seconds) && seconds > 0)
      return { key: `${device} ${synthesizer}`, seconds, known: true };
    const key = `${device} ${synthesizer} ${JSON.stringify(params)}`;
    return { key, seconds: standIn(shape), known: false };
  };
  const learnRatio = (key: string, ratio: number): void => {
    const before = ratios.get(key);
    ratios.set(key, before === undefined ? ratio : before ** (1 - TRUST) * ratio ** TRUST);
  };
  return {
    expectMeasuring: (shape) => {
      const { first, all } = measuringOf(shape);
      const slower = pace * (ratios.get(MEASURING_KEY) ?? 1);
      return { first: first * slower, all: all * slower };
    },
    learnMeasuring: (shape, taken) => {
      if (taken > 0) learnRatio(MEASURING_KEY, bound(taken / (pace * measuringOf(shape).all)));
    },
    expect: (plan) => {
      const impossible = find(plan.synthesizer).needs === "courses" && plan.shape.patients === undefined;
      if (impossible) return undefined;
      const { key, seconds, known } = figureOf(plan);
      const ratio = ratios.get(key);
      if (ratio !== undefined) return { seconds: seconds * ratio, from: "runs" };
      return known && plan.device === "wasm" ? { seconds, from: "figures" } : undefined;
    },
    learn: (plan, taken) => {
      if (!(taken > 0)) return;
      const { key, seconds, known } = figureOf(plan);
      learnRatio(key, known ? bound(taken / seconds) : taken / seconds);
    },
  };
}
