import { withholding } from "../../codec/columns/withheld.ts";
import { advantageOf, isAttack } from "../../lab/plane/advantage.ts";
import { measureOne } from "../../lab/evaluate/measure-each.ts";
import { createRng } from "../../math/rng.ts";
import { c2st } from "../../metrics/fidelity/c2st.ts";
import type { Metric, Pulse, Tables } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Table } from "../../table/table.ts";
import { coursesOf } from "../../visits/courses.ts";
import { predicting } from "../measuring/measure-rows.ts";
import type { CellRow } from "../study.ts";

/** The attacks of a report that fit `train`: see `isAttack`. */
export function attacksOn(train: Table): readonly Metric[] {
  const courses = coursesOf(train) !== undefined;
  return metrics.filter(
    (metric) => isAttack(metric) && (metric.about === undefined || (metric.about === "courses" && courses)),
  );
}

/** What use is read from: a model of the target, or how like the rows are to held-out ones (2 - 2 AUC of a classifier). */
export type Use = "tstr" | "likeness";

/** Levels that no model may know count as what they come out as, in the real rows too. */
const known = (given: Tables): Tables => {
  const { apply } = withholding(given.train);
  return { train: apply(given.train), holdout: apply(given.holdout), synthetic: given.synthetic };
};

/** Use of synthetic rows: "use", with draws where it is a model of the target. */
export async function measureUse(given: Tables, use: Use, seed: number, pulse: Pulse): Promise<CellRow[]> {
  const tables = known(given);
  const rng = createRng(seed).fork("use");
  if (use === "tstr")
    return (await predicting(tables, rng, pulse)).map((row) => ({ ...row, measure: "use" }));
  const told = await c2st.compute(tables, rng, pulse, true);
  return told.status === "ok"
    ? [{ measure: "use", value: Math.max(0, Math.min(1, 2 - 2 * told.value)) }]
    : [];
}

/** Risk of synthetic rows: "risk", the largest advantage of the attacks that could be made, and "advantage" of each of them. */
export async function measureRisk(
  given: Tables,
  attacks: readonly Metric[],
  seed: number,
  pulse: Pulse,
): Promise<CellRow[]> {
  const tables = known(given);
  const rng = createRng(seed).fork("risk");
  const each: CellRow[] = [];
  for (const metric of attacks) {
    const { result } = await measureOne(valueOnly(metric), tables, rng, pulse);
    if (result.status !== "ok" || !Number.isFinite(result.value)) continue;
    each.push({
      measure: "advantage",
      value: advantageOf(metric, result).value,
      of: { attack: metric.name },
    });
  }
  const most = Math.max(...each.map(({ value }) => value));
  return each.length === 0 ? [] : [{ measure: "risk", value: most }, ...each];
}

/** Without the resamples, which seeds take the place of; of attacks by rates the control rate is needed too. */
const valueOnly = (metric: Metric): Metric =>
  metric.attack === true
    ? metric
    : { ...metric, compute: (tables, rng, pulse) => metric.compute(tables, rng, pulse, true) };
