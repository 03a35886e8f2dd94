import type { StudyFigure, StudyUnit } from "../../report/study.ts";
import {
  combinedBySeed,
  differenceBySeed,
  figureBySeed,
  indexBySeed,
  type BySeed,
} from "../reducing/by-seed.ts";
import { levelBySeed } from "../reducing/possible.ts";
import type { CellDone, CellRow, StudyCell } from "../study.ts";
import type { Subgroups } from "./subgroups.ts";
import type { Series } from "./run-mix.ts";
import { fixed, intervalWords, percent } from "../../words/numbers.ts";

/** What a reduction knows beside the cells. */
export interface Told {
  readonly cells: readonly StudyCell[];
  /** 0 and 1 among them, ascending */
  readonly shares: readonly number[];
  readonly added: readonly number[];
  /** independent columns are not among them */
  readonly methods: readonly string[];
  readonly target: string;
  readonly unit: "AUROC" | "R²";
  /** learned from, and held out */
  readonly rows: number;
  readonly heldOut: number;
  readonly subgroups: Subgroups | undefined;
  /** `steps`: the methods that can be stopped early; left out: no ablation was asked for */
  readonly ablation: { readonly steps: readonly string[] } | undefined;
}

/** The rows of one measure at one place of the grid, by seed. */
export interface At {
  readonly measure: string;
  readonly method: string;
  readonly series?: Series;
  readonly at: number;
  /** "all" unless said */
  readonly who?: string;
}

/** Figures of the cells done so far. */
export interface Reading {
  seeds(of: At): BySeed;
  /** the same, seeds rising */
  rows(of: At): CellRow[];
  /** as it may be shown */
  figure(of: At): StudyFigure | undefined;
  /** how like real rows they are by a classifier, 0 to 1 */
  likeness(of: Omit<At, "measure">): StudyFigure | undefined;
  /** `a` less `b`, paired by seed: seeds that one of the two lacks do not count */
  difference(a: At, b: At): StudyFigure | undefined;
  /** rows tested, at least */
  tested(of: At): number;
}

const UNITS: Readonly<Record<string, StudyUnit>> = { c2st: "AUC", coverage: "share" };

/** 1 where rows cannot be told from real ones, 0 where they always can. */
const likenessOf = ([auc = NaN]: readonly number[]): number => Math.max(0, Math.min(1, 2 - 2 * auc));

export function readingOf({ cells, unit }: Pick<Told, "cells" | "unit">, done: readonly CellDone[]): Reading {
  const index = indexBySeed(cells, done, (factors, { measure, of }) =>
    placeOf({
      measure,
      method: String(factors["method"]),
      series: String(of?.["series"]),
      at: Number(of?.["at"]),
      who: String(of?.["who"]),
    }),
  );
  const seeds = (of: At): ReadonlyMap<number, CellRow> => index(placeOf(of));
  return {
    seeds,
    rows: (of) => [...seeds(of).values()],
    figure: (of) => levelBySeed(seeds(of), UNITS[of.measure] ?? unit),
    likeness: (of) => levelBySeed(combinedBySeed([seeds({ ...of, measure: "c2st" })], likenessOf), "share"),
    difference: (a, b) => figureBySeed(differenceBySeed(seeds(a), seeds(b))),
    tested: (of) => Math.min(...[...seeds(of).values()].map(({ n }) => n ?? 0), Infinity),
  };
}

interface Place {
  readonly measure: string;
  readonly method: string;
  readonly series?: string;
  readonly at: number;
  readonly who?: string;
}

const placeOf = ({ measure, method, series = "share", at, who = "all" }: Place): string =>
  JSON.stringify([measure, method, series, at, who]);

/** Loss in small subgroups less loss in large ones, at a share of `share`, seed by seed and draw by draw. */
export function gapOf(read: Reading, method: string, share: number): StudyFigure | undefined {
  const lost = (who: string): BySeed => {
    const place = { measure: "real", method, who };
    return differenceBySeed(read.seeds({ ...place, at: 0 }), read.seeds({ ...place, at: share }));
  };
  return figureBySeed(differenceBySeed(lost("small"), lost("large")));
}

/** "0.012 (95% interval 0.003 to 0.021)". */
export function figureWords({ value, interval }: StudyFigure, named = true): string {
  if (interval === undefined) return fixed(value, 3);
  const range = intervalWords(interval, (end) => fixed(end, 3));
  return `${fixed(value, 3)} (${named ? "95% interval " : ""}${range})`;
}

/** "75%", "12.5%". */
export const shareWords = (share: number): string => percent(share, Number.isInteger(100 * share) ? 0 : 1);
