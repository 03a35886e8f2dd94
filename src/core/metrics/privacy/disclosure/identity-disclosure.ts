import { breathe } from "../../../math/breathe.ts";
import { quantileSorted, sortedPresent } from "../../../math/statistics.ts";
import type { AlignedColumn } from "../../measuring/align.ts";
import { drawnNote, noted } from "../../measuring/bounds.ts";
import { percentage, skipped } from "../../measuring/verdict.ts";
import type { Metric, Pulse } from "../../metric.ts";
import { listNames, outsiderNote, secretColumns } from "./quasi-identifiers.ts";
import {
  besideHeldOut,
  knownTables,
  meanShare,
  MOST_ROWS,
  originalsOf,
  patientsOfOriginals,
  SYNTHETIC,
  TRAIN,
  type KnownTables,
  type Originals,
} from "./known-tables.ts";

const MOST_SECRETS = 12;
/** Something is learned of a patient when this share of the secrets is, at least one. */
const LEARNED = 0.05;
/** A value that half of the patients have teaches nothing. */
const USUAL = 0.5;
/** Makes the median absolute deviation of a normal variable its standard deviation. */
const NORMAL = 1.48;
/** Synthetic rows of one combination that are looked at. */
const MOST_MATCHES = 20;

/**
 * Meaningful identity disclosure: the chance that a patient is found by the quasi-identifiers and that the synthetic row
 * found tells something about them that is right and not what most patients have. The training table stands for the
 * population, matches are taken to be sure, and one of several synthetic rows is taken at random.
 */
export const identityDisclosure: Metric = {
  id: "identity-disclosure",
  name: "Identity disclosure",
  family: "privacy",
  criterion: "linkability",
  better: "lower",
  ideal: 0,
  margin: 0.09,
  range: [0, 1],
  summary:
    "The chance that somebody finds a patient's row and learns something from it that most patients do not have.",
  reference: "Meaningful identity disclosure: El Emam, Mosquera and Bass 2020, without a population",
  scored: false,
  needs: ["seen", "unseen"],
  limits:
    "Takes the training table for the whole population and every match for sure, which is cautious; sees only exact matches of what is known.",

  async compute(tables, rng, pulse = breathe) {
    const found = knownTables(tables, rng);
    if (typeof found === "string") return skipped(found);
    const { known, columns } = found;
    const names = new Set(secretColumns(columns, known, MOST_SECRETS).map(({ name }) => name));
    const secrets = columns.filter(({ schema }) => names.has(schema.name));
    if (secrets.length === 0) return skipped("No column is left that could be a secret.");
    const { train, holdout } = originalsOf(found);
    const teaches = secrets.map(teacher);
    const own = meanShare(await disclosed(found, teaches, train, pulse), patientsOfOriginals(found, train));
    const usual = meanShare(
      await disclosed(found, teaches, holdout, pulse),
      patientsOfOriginals(found, holdout),
    );
    return {
      ...besideHeldOut(own, usual),
      sentence:
        `Who knows ${listNames(known)} of a patient who was learned from finds the synthetic row and learns something unusual ` +
        `with a chance of ${percentage(own.value)}; of held-out patients it would be ${percentage(usual.value)}.`,
      ...noted(
        outsiderNote("know", known, columns),
        outsiderNote(
          "seek",
          secrets.map(({ schema }) => schema),
          columns,
        ),
        drawnNote("“Identity disclosure” is sought in", [tables.train, tables.synthetic], MOST_ROWS),
      ),
    };
  },
};

/** Whether synthetic row `made` tells something of the patient of row `row` of table `side`. */
type Teaches = (side: number, row: number, made: number) => boolean;

/**
 * Levels: equal, and under half of train's patients have it. Numbers: within one robust standard deviation (1.48 MAD) of
 * the truth, which lies farther than that from the median. Nothing is learned of a missing cell.
 */
function teacher(column: AlignedColumn): Teaches {
  if (column.type === "coded") {
    const real = column.codes[TRAIN] as Int32Array;
    const counts = new Map<number, number>();
    for (const code of real) counts.set(code, (counts.get(code) ?? 0) + 1);
    return (side, row, made) => {
      const code = column.codes[side]?.[row] as number;
      const share = (counts.get(code) ?? 0) / real.length;
      return code >= 0 && code === column.codes[SYNTHETIC]?.[made] && share < USUAL;
    };
  }
  const present = sortedPresent(column.values[TRAIN] as Float64Array);
  if (present.length === 0) return () => false;
  const median = quantileSorted(present, 0.5);
  const spread = NORMAL * quantileSorted(present.map((value) => Math.abs(value - median)).sort(), 0.5);
  return (side, row, made) => {
    const [truth, said] = [column.values[side]?.[row] as number, column.values[SYNTHETIC]?.[made] as number];
    return Math.abs(truth - median) > spread && Math.abs(said - truth) <= spread;
  };
}

/**
 * For each row (1 / patients with its combination among the originals) times the share of the synthetic rows with that
 * combination that teach something.
 */
async function disclosed(
  { keys }: KnownTables,
  teaches: readonly Teaches[],
  originals: readonly Originals[],
  pulse: Pulse,
): Promise<Float64Array> {
  const needed = Math.max(1, LEARNED * teaches.length);
  const matches = new Map<number, number[]>();
  keys[SYNTHETIC].forEach((key, row) => {
    const own = matches.get(key);
    if (own === undefined) matches.set(key, [row]);
    else if (own.length < MOST_MATCHES) own.push(row);
  });
  const chances: number[] = [];
  for (const { side, from, to, patients } of originals) {
    for (let row = from; row < to; row++) {
      const key = keys[side][row] as number;
      const made = matches.get(key) ?? [];
      const learned = made.filter(
        (other) => teaches.filter((teach) => teach(side, row, other)).length >= needed,
      );
      const sure = made.length > 0 ? learned.length / made.length : 0;
      chances.push(sure / (patients.get(key) ?? 1));
      if (row % 256 === 0) await pulse();
    }
  }
  return Float64Array.from(chances);
}
