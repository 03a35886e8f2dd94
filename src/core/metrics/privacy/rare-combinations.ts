import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote, noted } from "../measuring/bounds.ts";
import type { Metric, Pulse } from "../metric.ts";
import {
  combinations,
  countEach,
  listNames,
  outsiderNote,
  quasiIdentifiers,
  type KeyColumn,
} from "./disclosure/quasi-identifiers.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 20_000;
const LEAST_ROWS = 20;
const MOST_COLUMNS = 6;
/** Combinations that only one patient has, in each real table. */
const LEAST_UNIQUE = 20;
const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/**
 * Of the combinations of 2 or 3 quasi-identifiers that exactly one of all real patients has: how many come back in the
 * synthetic table when that patient was learned from, beside how many when it was held out.
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
    "Replicated uniques of Taub et al. 2018 and Raab, Nowok and Dibben 2024 (synthpop), with held-out uniques as control",
  scored: false,
  limits: "Sees combinations of the columns taken to be known, not of all columns.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    if (holdout.rows < LEAST_ROWS)
      return skipped(`Fewer than ${LEAST_ROWS} rows were held out to compare with.`);
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const drawn = [train, holdout, synthetic].map((table, i) =>
      atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)),
    );
    const columns = alignColumns(drawn, columnNames(train));
    const known = quasiIdentifiers(columns, MOST_COLUMNS);
    if (known.length < 2)
      return skipped("Fewer than two columns look like something an outsider could know.");
    const found = await returned(known, [drawn[TRAIN]?.patients, drawn[HOLDOUT]?.patients], pulse);
    const own = shareOf(found[TRAIN]);
    const usual = shareOf(found[HOLDOUT]);
    if (own.unique < LEAST_UNIQUE || usual.unique < LEAST_UNIQUE) {
      return skipped(`Fewer than ${LEAST_UNIQUE} combinations are unique to one patient.`);
    }
    return {
      ...besideReal(
        "lower",
        own.share,
        around(own.share, Z95 * own.error, [0, 1]),
        { value: usual.share, interval: around(usual.share, Z90 * usual.error, [0, 1]) },
        (value) => 100 - 100 * Math.max(0, value - usual.share),
      ),
      sentence:
        `Of the combinations of 2 or 3 of ${listNames(known)} that one patient alone has, ${percentage(own.share)} come back in the ` +
        `synthetic table when that patient was learned from, ${percentage(usual.share)} when it was held out.`,
      ...noted(
        outsiderNote("know", known, columns),
        drawnNote("“Rare combinations” are sought in", [train, holdout, synthetic], MOST_ROWS),
      ),
    };
  },
};

/** For each patient, how many of its combinations no other patient has, and how many of those come back. */
interface Uniques {
  readonly unique: Uint16Array;
  readonly back: Uint16Array;
}

async function returned(
  known: readonly KeyColumn[],
  whose: readonly (Int32Array | undefined)[],
  pulse: Pulse,
): Promise<readonly [Uniques, Uniques]> {
  const blank = (side: number): Uniques => {
    const rows = known[0]?.keys[side]?.length ?? 0;
    const patients = 1 + (whose[side]?.reduce((a, b) => Math.max(a, b), -1) ?? rows - 1);
    return { unique: new Uint16Array(patients), back: new Uint16Array(patients) };
  };
  const found = [blank(TRAIN), blank(HOLDOUT)] as const;
  for (const columns of pairsAndTriples(known)) {
    const keys = combinations(columns, 3);
    const [ofTrain, ofHoldout] = [
      countEach(keys[TRAIN] as Int32Array, whose[TRAIN]),
      countEach(keys[HOLDOUT] as Int32Array, whose[HOLDOUT]),
    ];
    const made = new Set(keys[SYNTHETIC]);
    for (const side of [TRAIN, HOLDOUT] as const) {
      const { unique, back } = found[side];
      const counted = new Set<number>();
      keys[side]?.forEach((key, row) => {
        if ((ofTrain.get(key) ?? 0) + (ofHoldout.get(key) ?? 0) !== 1 || counted.has(key)) return;
        counted.add(key);
        const patient = whose[side]?.[row] ?? row;
        unique[patient] = (unique[patient] as number) + 1;
        if (made.has(key)) back[patient] = (back[patient] as number) + 1;
      });
    }
    await pulse();
  }
  return found;
}

function pairsAndTriples(known: readonly KeyColumn[]): KeyColumn[][] {
  return known.flatMap((a, i) =>
    known.slice(i + 1).flatMap((b, j) => [[a, b], ...known.slice(i + j + 2).map((c) => [a, b, c])]),
  );
}

/** The share that comes back with its standard error, patients as the units (a ratio's, linearised). */
function shareOf({ unique, back }: Uniques): { unique: number; share: number; error: number } {
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
