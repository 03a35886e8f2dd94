import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote, noted } from "../measuring/bounds.ts";
import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { halvesOf, rowsInRandomOrder } from "../../table/whole-patients.ts";
import type { Metric, Pulse } from "../metric.ts";
import {
  combinations,
  countEach,
  listNames,
  outsiderNote,
  quasiIdentifiers,
  type KeyColumn,
} from "./disclosure/quasi-identifiers.ts";
import { around, besideReal, count, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 20_000;
const LEAST_ROWS = 20;
const MOST_COLUMNS = 6;
/** Combinations that only one patient has. */
const LEAST_UNIQUE = 20;
const [ASKED, OTHERS, SYNTHETIC] = [0, 1, 2] as const;

/**
 * Train is halved between patients. Of the combinations of 2 or 3 quasi-identifiers that exactly one patient of the first half
 * has: how many come back among as many synthetic rows as the second half has, beside how many do in that second half.
 */
export const rareCombinations: Metric = {
  id: "rare-combinations",
  name: "Rare combinations",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary: "How often a combination that only one patient has comes back in the synthetic table.",
  reference:
    "Replicated uniques of Taub et al. 2018 and Raab, Nowok and Dibben 2024 (synthpop), with other real patients as control",
  scored: true,
  needs: ["seen"],
  limits: "Sees combinations of the columns taken to be known, not of all columns.",
  claim: () => ({ not: "pass it on", because: "combinations that one patient alone has are found in it" }),
  remedy:
    "Merge rare levels or leave out columns that an outsider could know, and train again; nothing else lowers it.",

  async compute({ train, synthetic }, rng, pulse = breathe) {
    if (train.rows < LEAST_ROWS)
      return skipped(
        `${count(train.rows)} rows were trained on; at least ${LEAST_ROWS} are needed.`,
        "patients",
      );
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const [asked, others] = halvesOf(train, MOST_ROWS, rng.fork("halves"));
    const size = Math.min(others.rows, synthetic.rows);
    const drawn = [
      asked,
      ofPatients(others, size, rng.fork("others")),
      ofPatients(synthetic, size, rng.fork("synthetic")),
    ];
    const columns = alignColumns(drawn, columnNames(train));
    const known = quasiIdentifiers(columns, MOST_COLUMNS);
    if (known.length < 2)
      return skipped("Fewer than two columns look like something an outsider could know.");
    const found = await returned(known, asked.patients, pulse);
    const own = shareOf(found.unique, found.made);
    const usual = shareOf(found.unique, found.among);
    if (own.unique < LEAST_UNIQUE)
      return skipped(`Fewer than ${LEAST_UNIQUE} combinations are unique to one patient.`);
    const more = own.share - usual.share;
    const { error } = shareOf(
      found.unique,
      found.made.map((n, i) => n - (found.among[i] as number)),
    );
    return {
      ...besideReal(
        "lower",
        own.share,
        around(own.share, Z95 * own.error, [0, 1]),
        { value: usual.share, interval: around(usual.share, Z90 * usual.error, [0, 1]) },
        (value) => 100 - 100 * Math.max(0, value - usual.share),
        { low: more - Z95 * error, high: more + Z95 * error },
      ),
      sentence:
        `Of the combinations of 2 or 3 of ${listNames(known)} that one patient in a half of the training patients alone has, ` +
        `${percentage(own.share)} come back among ${count(size)} synthetic rows and ${percentage(usual.share)} among as many other real patients.`,
      ...noted(
        outsiderNote("know", known, columns),
        drawnNote("“Rare combinations” are sought in", [train, synthetic], 2 * MOST_ROWS),
      ),
    };
  },
};

/** At most `size` rows, those of a patient together: of more patients rows have more combinations. */
const ofPatients = (table: Table, size: number, rng: Rng): Table =>
  table.patients === undefined
    ? atMost(table, size, rng)
    : takeRows(table, rowsInRandomOrder(table.rows, rng, table.patients).slice(0, size));

/** For each patient, how many of its combinations no other has, and how many of those come back. */
interface Returned {
  readonly unique: Float64Array;
  readonly made: Float64Array;
  readonly among: Float64Array;
}

async function returned(
  known: readonly KeyColumn[],
  whose: Int32Array | undefined,
  pulse: Pulse,
): Promise<Returned> {
  const rows = known[0]?.keys[ASKED]?.length ?? 0;
  const patients = 1 + (whose?.reduce((a, b) => Math.max(a, b), -1) ?? rows - 1);
  const unique = new Float64Array(patients);
  const [made, among] = [new Float64Array(patients), new Float64Array(patients)];
  for (const columns of pairsAndTriples(known)) {
    const keys = combinations(columns, 3);
    const held = countEach(keys[ASKED] as Int32Array, whose);
    const [ofOthers, ofMade] = [new Set(keys[OTHERS]), new Set(keys[SYNTHETIC])];
    const counted = new Set<number>();
    keys[ASKED]?.forEach((key, row) => {
      if (held.get(key) !== 1 || counted.has(key)) return;
      counted.add(key);
      const patient = whose?.[row] ?? row;
      unique[patient] = (unique[patient] as number) + 1;
      if (ofMade.has(key)) made[patient] = (made[patient] as number) + 1;
      if (ofOthers.has(key)) among[patient] = (among[patient] as number) + 1;
    });
    await pulse();
  }
  return { unique, made, among };
}

function pairsAndTriples(known: readonly KeyColumn[]): KeyColumn[][] {
  return known.flatMap((a, i) =>
    known.slice(i + 1).flatMap((b, j) => [[a, b], ...known.slice(i + j + 2).map((c) => [a, b, c])]),
  );
}

/** The share of `unique` that comes back with its standard error, patients as the units (a ratio's, linearised). */
function shareOf(unique: Float64Array, back: Float64Array): { unique: number; share: number; error: number } {
  const all = unique.reduce((a, b) => a + b, 0);
  const share = all > 0 ? back.reduce((a, b) => a + b, 0) / all : 0;
  let spread = 0;
  for (let patient = 0; patient < unique.length; patient++) {
    spread += ((back[patient] as number) - share * (unique[patient] as number)) ** 2;
  }
  // A share of 0 or 1 has no spread: one more patient of either kind gives the least error there is.
  const least = 0.5 / Math.max(1, unique.filter((n) => n > 0).length);
  return { unique: all, share, error: Math.max(least, all > 0 ? Math.sqrt(spread) / all : 0) };
}
