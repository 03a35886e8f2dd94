import { breathe } from "../../math/breathe.ts";
import { Z90, Z95, jackknifeError } from "../../math/intervals.ts";
import { squaredDistances } from "../../math/space/nearest.ts";
import type { Points } from "../../math/space/nearest.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { BLOCKS, blocksOf } from "../measuring/blocks.ts";
import type { Detail, Measured, Metric, Pulse } from "../metric.ts";
import { mostPlaced, placeSamples, squaredRadii } from "./placed-samples.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { equalSizes, samplesOf, type Draws } from "../measuring/equal-sizes.ts";
import { besideEstimate, overDraws, type Estimate } from "../measuring/estimate.ts";
import { patientsOf } from "../measuring/patients.ts";
import type { Table } from "../../table/table.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

/** Neighbours that make a neighbourhood: Naeem et al.'s choice. */
const K = 5;
/** Draws of every table that are averaged, where only the value is asked for, and up to how many held-out rows. */
const [DRAWS, FEW_DRAWS] = [10, 3];
const DEAR = 500;

/**
 * Coverage with precision, recall and density (Naeem et al. 2020, equations 1 to 4; Kynkäänniemi et al. 2019). A row's
 * neighbourhood is the closed ball up to its 5th nearest other row of the same table.
 */
export const coverage: Metric = {
  id: "coverage",
  name: "Coverage",
  family: "fidelity",
  better: "higher",
  ideal: 1,
  margin: 0.05,
  range: [0, 1],
  summary: "Whether there are synthetic rows wherever there are real ones, rare patients too.",
  reference: "Coverage, density, precision and recall, k = 5: Naeem et al. 2020; Kynkäänniemi et al. 2019",
  scored: true,
  limits: "Distances say little where there are very many columns or fewer than about 100 rows.",
  effort: 2,
  claim: () => ({
    not: "assume that every kind of patient is in it",
    because: "some kinds of patients have no synthetic row like them",
  }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const rows = Math.min(patientsOf(tables.train), mostPlaced(tables.train));
    const draws = valueOnly ? FEW_DRAWS : tables.holdout.rows <= DEAR ? DRAWS : 1;
    const sizes = equalSizes(tables, rng, { most: rows, draws });
    const train = samplesOf(tables.train, sizes.rows, draws, rng.fork("training samples"));
    const samples = [train, sizes.holdout, sizes.synthetic];
    const found: { own: Measures; reference: Measures }[] = [];
    const different = Math.max(...samples.map((one) => one.tables.length));
    for (let i = 0; i < different; i++) {
      const [a, b, c] = samples.map((one) => one.tables[i % one.tables.length] as Table) as [
        Table,
        Table,
        Table,
      ];
      const dice = rng.fork(`draw ${i}`);
      const placed = placeSamples({ train: a, holdout: b, synthetic: c }, dice);
      if ("reason" in placed) return skipped(placed.reason, "patients");
      const { real, holdout, synthetic } = placed;
      const radii = await squaredRadii(real, K, pulse);
      const own = await neighbourhoods(real, radii, synthetic, dice.fork("synthetic"), pulse, valueOnly);
      if (valueOnly) found.push({ own, reference: own });
      else {
        const reference = await neighbourhoods(
          real,
          radii,
          holdout,
          rng.fork(b === tables.holdout ? "holdout" : `holdout ${i}`),
          pulse,
        );
        found.push({ own, reference });
      }
    }
    const own = meanOf(
      found.map((one) => one.own),
      sizes.synthetic,
    );
    if (valueOnly) return valueAlone(own.coverage.value);
    const reference = meanOf(
      found.map((one) => one.reference),
      sizes.holdout,
    );
    const { loss } = besideEstimate("higher", own.coverage, reference.coverage, [0, 1], (value) => value);
    return {
      ...besideReal(
        "higher",
        own.coverage.value,
        within(own.coverage, Z95),
        { value: reference.coverage.value, interval: within(reference.coverage, Z90) },
        (value) => 100 * value,
        loss.interval,
      ),
      sentence:
        `${percentage(own.coverage.value)} of real rows have a synthetic row in their neighbourhood; ` +
        `as many held-out real rows reach ${percentage(reference.coverage.value)}.`,
      detail: figuresOf(own, reference),
      ...drawnNote("Coverage is measured on", [tables.train, tables.holdout, tables.synthetic], sizes.rows),
    };
  },
};

/** `error`: given the real rows that are counted; `whole`: for other real rows too. */
interface Counted extends Estimate {
  readonly whole: number;
  /** the value without each block of the other table's rows */
  readonly leftOut: readonly number[];
}
type Measures = Readonly<Record<"precision" | "recall" | "density" | "coverage", Counted>>;

const within = ({ value, whole }: Counted, z: number) => around(value, z * whole, [0, 1]);

/** The mean over draws of each measure. Where all draws share one table, their mean is left without its blocks in turn. */
function meanOf(found: readonly Measures[], { tables, variance }: Draws): Measures {
  const of = (name: keyof Measures): Counted => {
    const draws = found.map((one) => one[name]);
    const leftOut = Array.from({ length: BLOCKS }, (_, g) =>
      mean(draws.map((one) => one.leftOut[g] as number)),
    );
    const own = overDraws(draws, variance);
    const error = tables.length > 1 ? own.error : jackknifeError(leftOut);
    return { value: own.value, error, whole: mean(draws.map(({ whole }) => whole)), leftOut };
  };
  return {
    precision: of("precision"),
    recall: of("recall"),
    density: of("density"),
    coverage: of("coverage"),
  };
}

const NAMES = {
  precision: "Precision: synthetic rows that lie among real ones",
  recall: "Recall: real rows that lie among synthetic ones",
  density: "Density: how many real neighbourhoods a synthetic row lies in, over 5",
  coverage: "Coverage: real rows with a synthetic one in their neighbourhood",
} as const;

function figuresOf(own: Measures, reference: Measures): Detail {
  const range = (name: keyof Measures): [number, number] => [0, name === "density" ? Infinity : 1];
  const measured = (of: Measures, name: keyof Measures, z: number): Measured => ({
    value: of[name].value,
    interval: around(of[name].value, z * of[name].whole, range(name)),
  });
  return {
    type: "figures",
    rows: (Object.keys(NAMES) as (keyof Measures)[]).map((name) => ({
      name: NAMES[name],
      unit: name === "density" ? "number" : "share",
      synthetic: measured(own, name, Z95),
      baseline: measured(reference, name, Z90),
    })),
  };
}

/**
 * The four measures of `other` against `real`, as many rows of each. Errors: the mean's over the rows that are counted,
 * and the jackknife over groups of the rows that they are compared with. `coverageOnly`: recall is not measured.
 */
async function neighbourhoods(
  real: Points,
  realRadii: Float32Array,
  other: Points,
  rng: Rng,
  pulse: Pulse,
  coverageOnly = false,
): Promise<Measures> {
  const otherRadii = coverageOnly
    ? new Float32Array(other.rows).fill(-1)
    : await squaredRadii(other, K, pulse);
  const groupOfReal = blocksOf(real.rows, rng.fork("real"));
  const groupOfOther = blocksOf(other.rows, rng.fork("other"));
  const covered = new Hits(real.rows);
  const recalled = new Hits(real.rows);
  const placed = new Hits(other.rows);
  const distances = new Float32Array(other.rows);
  for (let row = 0; row < real.rows; row++) {
    squaredDistances(real, row, other, distances);
    const radius = realRadii[row] as number;
    const group = groupOfReal[row] as number;
    for (let j = 0; j < distances.length; j++) {
      const distance = distances[j] as number;
      if (distance <= radius) {
        covered.add(row, groupOfOther[j] as number);
        placed.add(j, group);
      }
      if (distance <= (otherRadii[j] as number)) recalled.add(row, groupOfOther[j] as number);
    }
    await pulse();
  }
  const any = (hits: number): number => (hits > 0 ? 1 : 0);
  return {
    precision: placed.mean(any),
    recall: recalled.mean(any),
    density: placed.mean((hits, share) => hits / K / share),
    coverage: covered.mean(any),
  };
}

/** For each row how many rows of each group of the other table hit it. */
class Hits {
  private readonly byGroup: Uint16Array;
  private readonly rows: number;

  constructor(rows: number) {
    this.rows = rows;
    this.byGroup = new Uint16Array(rows * BLOCKS);
  }

  add(row: number, group: number): void {
    const at = row * BLOCKS + group;
    this.byGroup[at] = (this.byGroup[at] as number) + 1;
  }

  /** The mean over rows of `of` the hits; `share` of the other table's rows that could hit. */
  mean(of: (hits: number, share: number) => number): Counted {
    const single = new Float64Array(this.rows);
    const leftOut = new Float64Array(BLOCKS);
    for (let row = 0; row < this.rows; row++) {
      const groups = this.byGroup.subarray(row * BLOCKS, (row + 1) * BLOCKS);
      const hits = groups.reduce((a, b) => a + b, 0);
      single[row] = of(hits, 1);
      for (let g = 0; g < BLOCKS; g++) {
        const without = of(hits - (groups[g] as number), 1 - 1 / BLOCKS);
        leftOut[g] = (leftOut[g] as number) + without / this.rows;
      }
    }
    const sampling = standardDeviation(single) / Math.sqrt(this.rows);
    const error = jackknifeError([...leftOut]);
    return { value: mean(single), error, whole: Math.hypot(sampling, error), leftOut: [...leftOut] };
  }
}
