import type { StudyFigure } from "../../report/study.ts";
import { differenceOf, figureOf } from "../reducing/figures.ts";
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
  rows(of: At): CellRow[];
  figure(of: At): StudyFigure | undefined;
  /** `a` less `b`, paired by seed: seeds that one of the two lacks do not count */
  difference(a: At, b: At): StudyFigure | undefined;
  /** rows tested, at least */
  tested(of: At): number;
}

export function readingOf(cells: readonly StudyCell[], done: readonly CellDone[]): Reading {
  const index = new Map<string, Map<number, CellRow>>();
  const factors = new Map(cells.map((cell) => [cell.key, cell.factors]));
  for (const { key, rows } of done) {
    const of = factors.get(key);
    if (of === undefined) continue;
    for (const row of rows) {
      const place = placeOf({
        measure: row.measure,
        method: String(of["method"]),
        series: String(row.of?.["series"]),
        at: Number(row.of?.["at"]),
        who: String(row.of?.["who"]),
      });
      const known = index.get(place) ?? new Map<number, CellRow>();
      index.set(place, known.set(Number(of["seed"]), row));
    }
  }
  const bySeed = (of: At): ReadonlyMap<number, CellRow> =>
    index.get(placeOf(of)) ?? new Map<number, CellRow>();
  const rows = (of: At): CellRow[] => [...bySeed(of)].toSorted(([a], [b]) => a - b).map(([, row]) => row);
  return {
    rows,
    figure: (of) => figureOf(rows(of)),
    difference: (a, b) => {
      const [first, second] = [bySeed(a), bySeed(b)];
      const shared = [...first.keys()].filter((seed) => second.has(seed)).toSorted((x, y) => x - y);
      const pick = (from: ReadonlyMap<number, CellRow>) => shared.flatMap((seed) => from.get(seed) ?? []);
      return differenceOf(pick(first), pick(second));
    },
    tested: (of) => Math.min(...rows(of).map(({ n }) => n ?? 0), Infinity),
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
  const rows = (who: string, at: number) => read.rows({ measure: "real", method, at, who });
  const less = (a: readonly CellRow[], b: readonly CellRow[]): CellRow[] =>
    a.length === b.length
      ? a.map((one, i) => ({
          ...one,
          value: one.value - (b[i]?.value ?? NaN),
          ...(one.draws && { draws: one.draws.map((draw, d) => draw - (b[i]?.draws?.[d] ?? NaN)) }),
        }))
      : [];
  const small = less(rows("small", 0), rows("small", share));
  const large = less(rows("large", 0), rows("large", share));
  return small.length === large.length ? differenceOf(small, large) : undefined;
}

/** "0.012 (95% interval 0.003 to 0.021)". */
export function figureWords({ value, interval }: StudyFigure, named = true): string {
  if (interval === undefined) return fixed(value, 3);
  const range = intervalWords(interval, (end) => fixed(end, 3));
  return `${fixed(value, 3)} (${named ? "95% interval " : ""}${range})`;
}

/** "75%", "12.5%". */
export const shareWords = (share: number): string => percent(share, Number.isInteger(100 * share) ? 0 : 1);
