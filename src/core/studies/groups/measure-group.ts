import { withholding } from "../../codec/columns/withheld.ts";
import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng } from "../../math/rng.ts";
import { binColumn } from "../../metrics/fidelity/binned-columns.ts";
import { c2st } from "../../metrics/fidelity/c2st.ts";
import { BINS } from "../../metrics/fidelity/column-divergences.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import type { Pulse, Tables } from "../../metrics/metric.ts";
import { countsOf, divergence } from "../measuring/binned-divergence.ts";
import { predicting, RESAMPLES } from "../measuring/measure-rows.ts";
import type { CellRow } from "../study.ts";

/**
 * One group's synthetic rows: kl, c2st and tstr, those that can be measured. All tables hold rows of the group alone; levels
 * that fewer than five of its patients share count as missing in all of them, so that a model of all is not the worse for
 * knowing them.
 */
export async function measureGroup(given: Tables, seed: number, pulse: Pulse): Promise<CellRow[]> {
  const known = withholding(given.train);
  const [train, holdout, synthetic] = [given.train, given.holdout, given.synthetic].map(known.apply) as [
    Tables["train"],
    Tables["holdout"],
    Tables["synthetic"],
  ];
  const tables = { train, holdout, synthetic };
  const rng = createRng(seed).fork("group");
  const told = await c2st.compute(tables, rng.fork("c2st"), pulse, true);
  return [
    { measure: "kl", ...heldOutDivergence(tables) },
    ...(told.status === "ok" ? [{ measure: "c2st", value: told.value }] : []),
    ...(await predicting(tables, rng.fork("tstr"), pulse)).map(({ measure, value, draws = [] }) => ({
      measure,
      value,
      draws,
    })),
  ];
}

/**
 * Mean over the columns of KL(held-out || synthetic) in nats, and the same on resampled held-out patients. Held-out and not
 * training rows: a model of few patients repeats their chance, which is no merit. Numbers in 20 bins between the quantiles of
 * the training rows.
 */
export function heldOutDivergence({ train, holdout, synthetic }: Tables): {
  readonly value: number;
  readonly draws: readonly number[];
} {
  const columns = alignColumns([train, holdout, synthetic], columnNames(train)).map((column) => {
    const { size, codes } = binColumn(column, BINS);
    const [, held = new Uint32Array(0), made = new Uint32Array(0)] = codes;
    return { size, held, made: countsOf(made, size) };
  });
  const dice = createRng(0).fork("resampled patients");
  const of = (weights?: Uint16Array): number => {
    const each = columns.map(({ size, held, made }) => divergence(countsOf(held, size, weights), made));
    return each.reduce((sum, one) => sum + one, 0) / Math.max(1, each.length);
  };
  return {
    value: of(),
    draws: Array.from({ length: RESAMPLES }, () =>
      of(bootstrapWeights(holdout.rows, dice, holdout.patients)),
    ),
  };
}
