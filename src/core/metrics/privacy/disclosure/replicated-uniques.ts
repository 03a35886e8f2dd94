import { breathe } from "../../../math/breathe.ts";
import { Z95 } from "../../../math/intervals.ts";
import { drawnNote, noted } from "../../measuring/bounds.ts";
import { percentage, skipped } from "../../measuring/verdict.ts";
import type { Metric, Pulse } from "../../metric.ts";
import { countEach, listNames, outsiderNote } from "./quasi-identifiers.ts";
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

/** Share of patients who are unique in what an outsider knows and whose combination is unique in the synthetic table too. */
export const replicatedUniques: Metric = {
  id: "rep-u",
  name: "Replicated uniques",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How many patients are the only one with what an outsider knows, in the real and the synthetic table.",
  reference: "repU: Raab, Nowok and Dibben 2024 (synthpop's disclosure()), with held-out patients as control",
  scored: false,
  needs: ["seen", "unseen"],
  limits:
    "A unique synthetic row looks like that patient and need not be; how many are unique depends on the columns taken to be known.",

  async compute(tables, rng, pulse = breathe) {
    const found = knownTables(tables, rng);
    if (typeof found === "string") return skipped(found);
    const { known, columns, keys, drawn } = found;
    const { train, holdout } = originalsOf(found);
    const own = meanShare(await replicated(found, train, pulse), patientsOfOriginals(found, train));
    const usual = meanShare(await replicated(found, holdout, pulse), patientsOfOriginals(found, holdout));
    const whole: Originals = {
      side: TRAIN,
      from: 0,
      to: drawn[TRAIN].rows,
      patients: countEach(keys[TRAIN], drawn[TRAIN].patients),
    };
    const all = meanShare(await replicated(found, [whole], pulse), drawn[TRAIN].patients);
    const shown = ({ value, interval }: typeof own) => ({ value, interval: interval(Z95) });
    return {
      ...besideHeldOut(own, usual),
      sentence:
        `By ${listNames(known)}, ${percentage(own.value)} of the patients who were learned from are alone with their combination ` +
        `and it comes once in the synthetic table; of as many held-out patients ${percentage(usual.value)} are.`,
      detail: {
        type: "figures",
        rows: [
          {
            name: "Among as many patients as were held out",
            unit: "share",
            synthetic: shown(own),
            baseline: shown(usual),
          },
          { name: "Among all who were learned from (synthpop's repU)", unit: "share", synthetic: shown(all) },
        ],
      },
      ...noted(
        outsiderNote("know", known, columns),
        drawnNote("“Replicated uniques” are counted in", [tables.train, tables.synthetic], MOST_ROWS),
      ),
    };
  },
};

/** For each row 1 where its patient is alone among the originals with a combination that comes once in the synthetic table. */
async function replicated(
  { keys }: KnownTables,
  originals: readonly Originals[],
  pulse: Pulse,
): Promise<Float64Array> {
  const made = countEach(keys[SYNTHETIC]);
  const parts: number[] = [];
  for (const { side, from, to, patients } of originals) {
    for (const key of keys[side].subarray(from, to)) {
      parts.push(patients.get(key) === 1 && made.get(key) === 1 ? 1 : 0);
    }
    await pulse();
  }
  return Float64Array.from(parts);
}
