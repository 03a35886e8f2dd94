import { withholding } from "../../codec/columns/withheld.ts";
import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng } from "../../math/rng.ts";
import { binColumn } from "../../metrics/fidelity/binned-columns.ts";
import { c2st } from "../../metrics/fidelity/c2st.ts";
import { BINS } from "../../metrics/fidelity/column-divergences.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import type { Pulse, Tables } from "../../metrics/metric.ts";
import { predicting, RESAMPLES } from "../measuring/measure-rows.ts";
import type { CellRow } from "../study.ts";

/** Added to every share, as the Kullback-Leibler divergence of a report has it. */
const SMOOTHING = 1e-6;

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
    return { size, held, made: weighted(made, size) };
  });
  const dice = createRng(0).fork("resampled patients");
  const of = (weights?: Uint16Array): number => {
    const each = columns.map(({ size, held, made }) => divergence(weighted(held, size, weights), made));
    return each.reduce((sum, one) => sum + one, 0) / Math.max(1, each.length);
  };
  return {
    value: of(),
    draws: Array.from({ length: RESAMPLES }, () =>
      of(bootstrapWeights(holdout.rows, dice, holdout.patients)),
    ),
  };
}

function weighted(codes: Uint32Array, size: number, weights?: Uint16Array): Float64Array {
  const counts = new Float64Array(size);
  codes.forEach((code, row) => (counts[code] = (counts[code] ?? 0) + (weights?.[row] ?? 1)));
  return counts;
}

/** KL of two lists of counts, over the cells that one of them has. */
export function divergence(held: Float64Array, made: Float64Array): number {
  const used = Array.from(held.keys()).filter((i) => (held[i] ?? 0) + (made[i] ?? 0) > 0);
  const [p, q] = [held, made].map((counts) => {
    const total = counts.reduce((sum, one) => sum + one, 0);
    const shares = used.map((i) => (total > 0 ? (counts[i] ?? 0) / total : 0) + SMOOTHING);
    const sum = shares.reduce((all, one) => all + one, 0);
    return shares.map((share) => share / sum);
  });
  return Math.max(
    0,
    (p ?? []).reduce((sum, share, i) => sum + share * Math.log(share / (q?.[i] ?? share)), 0),
  );
}
