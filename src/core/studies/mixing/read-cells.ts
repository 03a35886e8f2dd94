import type { StudyFigure } from "../../report/study.ts";
import { differenceOf, figureOf } from "../reducing/figures.ts";
import { rowsOf } from "../reducing/rows-of.ts";
import type { CellDone, CellRow, StudyCell } from "../study.ts";
import type { Subgroups } from "./subgroups.ts";
import type { Series } from "./run-mix.ts";
import { fixed, percent } from "../../words/numbers.ts";

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
  rows(of: At): CellRow[];
  figure(of: At): StudyFigure | undefined;
  /** `a` less `b`, paired by seed: seeds that one of the two lacks do not count */
  difference(a: At, b: At): StudyFigure | undefined;
  /** rows tested, at least */
  tested(of: At): number;
}

export function readingOf(cells: readonly StudyCell[], done: readonly CellDone[]): Reading {
  const wanted = ({ method, series = "share", at, who = "all" }: At) => ({ method, series, at, who });
  const rows = (of: At): CellRow[] => rowsOf(cells, done, of.measure, wanted(of));
  const bySeed = (of: At): Map<string, CellRow> =>
    new Map(
      cells.flatMap((cell) => {
        const [row] = rowsOf([cell], done, of.measure, wanted(of));
        return row === undefined ? [] : [[String(cell.factors["seed"]), row] as const];
      }),
    );
  return {
    rows,
    figure: (of) => figureOf(rows(of)),
    difference: (a, b) => {
      const [first, second] = [bySeed(a), bySeed(b)];
      const shared = [...first.keys()].filter((seed) => second.has(seed));
      const pick = (from: Map<string, CellRow>) => shared.flatMap((seed) => from.get(seed) ?? []);
      return differenceOf(pick(first), pick(second));
    },
    tested: (of) => Math.min(...rows(of).map(({ n }) => n ?? 0), Infinity),
  };
}

/** "0.012 (95% interval 0.003 to 0.021)". */
export function figureWords({ value, interval }: StudyFigure, named = true): string {
  if (interval === undefined) return fixed(value, 3);
  const range = `${fixed(interval.low, 3)} to ${fixed(interval.high, 3)}`;
  return `${fixed(value, 3)} (${named ? "95% interval " : ""}${range})`;
}

/** "75%", "12.5%". */
export const shareWords = (share: number): string => percent(share, Number.isInteger(100 * share) ? 0 : 1);
