import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { quantileSorted } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { patientsPerRow } from "../measuring/patients.ts";
import type { Interval, Metric, Pulse } from "../metric.ts";
import { askedNote, neighboursOf, type Nearest } from "./neighbours.ts";
import { count, besideReal, skipped } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;

/** Median ratio of the distances to the nearest and second nearest training row; near 0 = one row alone is imitated. */
export const nndr: Metric = {
  id: "nndr",
  name: "Nearest neighbour ratio",
  family: "privacy",
  criterion: "singling-out",
  better: "higher",
  ideal: 1,
  margin: 0.1,
  range: [0, 1],
  summary:
    "Whether synthetic rows cling to single training rows: distance to the nearest over the second nearest.",
  reference: "Nearest neighbour distance ratio: Lowe 2004; for synthetic tables Zhao et al. 2021 (CTAB-GAN)",
  scored: true,
  needs: ["seen"],
  claim: () => ({ not: "pass it on", because: "its rows cling to single real patients" }),
  remedy: "Train another model, with fewer steps or one that memorises less.",
  limits:
    "Says nothing where real rows lie in tight groups, since their ratio is then near 1 or near 0 by itself.",

  async compute(tables, _rng, pulse = breathe) {
    const { train, synthetic } = tables;
    if (train.rows < LEAST_ROWS)
      return skipped(
        `${count(train.rows)} rows were trained on; at least ${LEAST_ROWS} are needed.`,
        "patients",
      );
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const neighbours = neighboursOf(tables);
    const found = await neighbours.toTrain(pulse);
    const made = await ratios(found.synthetic, pulse);
    const real = await ratios(found.train, pulse);
    // Real rows find each other, so half as many of them count.
    const usualAt = (q: number) => at(real, q, Z90 * Math.SQRT2 * spreadOf(train));
    const at = (sorted: Float64Array, q: number, z: number) => ({
      value: quantileSorted(sorted, q),
      interval: quantileInterval(sorted, q, z),
    });
    const median = at(made, 0.5, Z95 * spreadOf(synthetic));
    const usual = usualAt(0.5);
    return {
      ...besideReal(
        "higher",
        median.value,
        median.interval,
        usual,
        (value) => 100 - 200 * Math.max(0, usual.value - value),
      ),
      sentence:
        `A synthetic row's nearest training row lies at ${median.value.toFixed(2)} of the distance of its second nearest ` +
        `(median); for the real rows themselves it is ${usual.value.toFixed(2)}.`,
      detail: {
        type: "figures",
        rows: [
          { name: "Median", unit: "number", synthetic: median, baseline: usual },
          {
            name: "5th percentile",
            unit: "number",
            synthetic: at(made, 0.05, Z95 * spreadOf(synthetic)),
            baseline: usualAt(0.05),
          },
        ],
      },
      ...askedNote("“Nearest neighbour ratio”", neighbours, tables),
    };
  },
};

/** How much wider an interval is where rows are fewer patients. */
const spreadOf = (table: Table): number => 1 / Math.sqrt(patientsPerRow(table));

/** In ascending order; 1 where the second nearest is no farther, also where both equal the row. */
async function ratios([first, second]: Nearest, pulse: Pulse): Promise<Float64Array> {
  const values = new Float64Array(first.length);
  for (let i = 0; i < values.length; i++) {
    const [near, next] = [first[i] as number, second[i] as number];
    values[i] = next > 0 ? near / next : 1;
    if (i % 256 === 0) await pulse();
  }
  return values.sort();
}

/** Order statistics that hold quantile `q` (normal approximation of the binomial of their ranks). */
function quantileInterval(sorted: Float64Array, q: number, z: number): Interval {
  const half = z * Math.sqrt(q * (1 - q) * sorted.length);
  const rank = (at: number): number => Math.max(0, Math.min(sorted.length - 1, at));
  const centre = q * (sorted.length - 1);
  return {
    low: sorted[rank(Math.floor(centre - half))] as number,
    high: sorted[rank(Math.ceil(centre + half))] as number,
  };
}
