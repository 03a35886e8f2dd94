import { breathe } from "../../../math/breathe.ts";
import { Z95 } from "../../../math/intervals.ts";
import { drawnNote, noted } from "../../measuring/bounds.ts";
import { judge } from "../../measuring/judge.ts";
import { percentage, skipped } from "../../measuring/verdict.ts";
import type { Metric, Pulse } from "../../metric.ts";
import { listNames, outsiderNote, secretColumns, type KeyColumn } from "./quasi-identifiers.ts";
import {
  besideHeldOut,
  HOLDOUT,
  knownTables,
  meanShare,
  MOST_ROWS,
  SYNTHETIC,
  TRAIN,
  type KnownTables,
} from "./known-tables.ts";

const MOST_SECRETS = 6;
const MARGIN = 0.09;
/** The synthetic rows of one combination have several values. */
const MIXED = NaN;

/**
 * DiSCO (disclosive in synthetic, correct original): share of patients of whom the synthetic rows with the same
 * quasi-identifiers all have one value of a secret, and it is the patient's; mean over the secrets.
 */
export const disco: Metric = {
  id: "disco",
  name: "Secrets that combinations give away",
  family: "privacy",
  criterion: "inference",
  better: "lower",
  ideal: 0,
  margin: MARGIN,
  range: [0, 1],
  summary: "How often all synthetic rows with what is known of a patient agree on a secret, and are right.",
  reference:
    "DiSCO: Raab, Nowok and Dibben 2024 (synthpop's disclosure()), with held-out patients as control",
  scored: false,
  needs: ["seen", "unseen"],
  limits:
    "A value that nearly everybody has is given away without the table too: only what exceeds the held-out patients is disclosed by it.",

  async compute(tables, rng, pulse = breathe) {
    const found = knownTables(tables, rng);
    if (typeof found === "string") return skipped(found);
    const { known, columns, drawn } = found;
    const secrets = secretColumns(columns, known, MOST_SECRETS);
    if (secrets.length === 0) return skipped("No column is left that could be a secret.");
    const given = await Promise.all(
      [TRAIN, HOLDOUT].map((side) => givenAway(found, secrets, side as 0 | 1, pulse)),
    );
    const [ofTrain, ofHeld] = given as [Float64Array[], Float64Array[]];
    const own = meanShare(average(ofTrain), drawn[TRAIN].patients);
    const usual = meanShare(average(ofHeld), drawn[HOLDOUT].patients);
    return {
      ...besideHeldOut(own, usual),
      sentence:
        `Synthetic rows with the same ${listNames(known)} agree on ${secrets.length > 1 ? "a secret" : secrets[0]?.name} and are right for ` +
        `${percentage(own.value)} of the patients who were learned from, and for ${percentage(usual.value)} of those who were held out.`,
      detail: {
        type: "figures",
        rows: secrets.map(({ name }, k) => {
          const [a, b] = [
            meanShare(ofTrain[k] as Float64Array, drawn[TRAIN].patients),
            meanShare(ofHeld[k] as Float64Array, drawn[HOLDOUT].patients),
          ];
          return {
            name,
            unit: "share" as const,
            synthetic: { value: a.value, interval: a.interval(Z95) },
            baseline: { value: b.value, interval: b.interval(Z95) },
            verdict: judge(besideHeldOut(a, b).loss, MARGIN, secrets.length).verdict,
          };
        }),
      },
      ...noted(
        outsiderNote("know", known, columns),
        outsiderNote("seek", secrets, columns),
        drawnNote(`“${this.name}” are sought in`, [tables.train, tables.synthetic], MOST_ROWS),
      ),
    };
  },
};

/** For each secret and row of table `side`: 1 where all synthetic rows of its combination have its value. */
async function givenAway(
  { keys }: KnownTables,
  secrets: readonly KeyColumn[],
  side: typeof TRAIN | typeof HOLDOUT,
  pulse: Pulse,
): Promise<Float64Array[]> {
  const shares: Float64Array[] = [];
  for (const secret of secrets) {
    const values = secret.keys[SYNTHETIC] as Int32Array;
    const agreed = new Map<number, number>();
    keys[SYNTHETIC].forEach((key, row) => {
      const before = agreed.get(key);
      const value = values[row] as number;
      agreed.set(key, before === undefined || before === value ? value : MIXED);
    });
    const truth = secret.keys[side] as Int32Array;
    shares.push(Float64Array.from(keys[side], (key, row) => (agreed.get(key) === truth[row] ? 1 : 0)));
    await pulse();
  }
  return shares;
}

function average(shares: readonly Float64Array[]): Float64Array {
  const [first] = shares as [Float64Array];
  return first.map((_, row) => shares.reduce((sum, of) => sum + (of[row] as number), 0) / shares.length);
}
