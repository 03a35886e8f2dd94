import { createRng } from "../../../math/rng.ts";
import { pearson } from "../../../math/scores/association.ts";
import { mean, standardDeviation } from "../../../math/statistics.ts";
import { numbersWith } from "../numbers/numbers.ts";
import type { Pyramid } from "../population/pyramid.ts";
import { Rows } from "./rows.ts";
import type { Stage } from "./stage.ts";

/** Rows that stages make of one seed, to be held against what sources say. */
export interface Crowd {
  readonly rows: Rows;
  /** The values of a field where `of` holds and there is one. */
  readonly values: (field: string, of?: (row: number) => boolean) => Float64Array;
  readonly mean: (field: string, of?: (row: number) => boolean) => number;
  readonly sd: (field: string, of?: (row: number) => boolean) => number;
  /** Value below which a share of them lies. */
  readonly quantile: (field: string, share: number, of?: (row: number) => boolean) => number;
  /** Share of rows, of those where `of` holds, that are as `is` says. */
  readonly share: (is: (row: number) => boolean, of?: (row: number) => boolean) => number;
  /** Pearson's of two fields, of their logarithms where `scale` is so. */
  readonly correlation: (a: string, b: string, scale?: (x: number) => number) => number;
  readonly at: (field: string, row: number) => number;
}

const everyone = (_row: number): boolean => true;

/** @param more ages in the place of the stages' own, numbers in the place of published ones, another seed */
export function crowd(
  stages: readonly Stage[],
  count: number,
  more: { pyramid?: Pyramid; numbers?: Readonly<Record<string, number>>; seed?: number } = {},
): Crowd {
  const { pyramid, numbers = {}, seed = 1 } = more;
  const setting = {
    numbers: numbersWith(new Map(Object.entries(numbers))),
    pyramid,
    hospitals: 1,
    units: "one",
  } as const;
  const rows = new Rows(count, 0);
  for (const stage of stages) stage.prepare(setting)(rows, createRng(seed).fork(stage.name));
  const values = (field: string, of = everyone): Float64Array =>
    rows.get(field).filter((value, row) => !Number.isNaN(value) && of(row));
  return {
    rows,
    values,
    mean: (field, of) => mean(values(field, of)),
    sd: (field, of) => standardDeviation(values(field, of)),
    quantile: (field, share, of) => {
      const sorted = values(field, of).sort();
      return sorted[Math.round(share * (sorted.length - 1))] as number;
    },
    share: (is, of = everyone) => {
      let [some, all] = [0, 0];
      for (let row = 0; row < count; row++) {
        if (!of(row)) continue;
        all++;
        if (is(row)) some++;
      }
      return some / all;
    },
    correlation: (a, b, scale = (x) => x) => pearson(rows.get(a).map(scale), rows.get(b).map(scale)),
    at: (field, row) => rows.get(field)[row] as number,
  };
}
