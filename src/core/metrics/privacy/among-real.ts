import { Z90, Z95 } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import type { Interval } from "../metric.ts";
import { patientsPerRow } from "../measuring/patients.ts";

/** How often real rows have another real row as near as counts; what chance alone gives a synthetic row. */
export interface AmongReal {
  readonly share: number;
  /** standard error of `share` as the chance that one more real row has such a neighbour */
  readonly error: number;
}

/**
 * Each of `rows` real rows is asked for its neighbours among the others: `alone` have none that is near enough, `paired` just
 * one. The share of one more real row is 1 - alone / rows (Good 1953), its error that of Esty 1983: rows find each other, so it
 * is wider than a binomial's, twice the variance where all that are near are pairs.
 */
export function amongReal(rows: number, alone: number, paired: number, table: Table): AmongReal {
  const variance = Math.max(0, alone + paired - (alone * alone) / rows) / (rows * rows);
  return { share: 1 - alone / rows, error: Math.sqrt(variance / patientsPerRow(table)) };
}

/** 5 to 95% of it, and the loss of `share`, whose own 95% interval is `own`, against it. */
export function besideAmongReal(
  share: number,
  own: Interval,
  usual: AmongReal,
): { baseline: { value: number; interval: Interval }; loss: Interval } {
  const [below, above] = [share - own.low, own.high - share];
  const more = share - usual.share;
  return {
    baseline: {
      value: usual.share,
      interval: {
        low: Math.max(0, usual.share - Z90 * usual.error),
        high: Math.min(1, usual.share + Z90 * usual.error),
      },
    },
    loss: {
      low: more - Math.hypot(below, Z95 * usual.error),
      high: more + Math.hypot(above, Z95 * usual.error),
    },
  };
}
