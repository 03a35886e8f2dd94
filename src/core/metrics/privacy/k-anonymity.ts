import { breathe } from "../../math/breathe.ts";
import { Z90 } from "../../math/intervals.ts";
import { patientsPerRow, shareOfRows } from "../measuring/patients.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote, noted } from "../measuring/bounds.ts";
import type { Measured, Metric, Pulse } from "../metric.ts";
import {
  combinations,
  countEach,
  listNames,
  outsiderNote,
  quasiIdentifiers,
} from "./disclosure/quasi-identifiers.ts";
import { besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 50_000;
const LEAST_ROWS = 20;
const MOST_COLUMNS = 5;
const FEW = 5;
const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/**
 * k-map: share of synthetic rows whose combination of quasi-identifiers 1 to 4 training patients have; beside it
 * k-anonymity and l-diversity of the synthetic table itself.
 */
export const kAnonymity: Metric = {
  id: "k-anonymity",
  name: "Small groups",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary: "How many synthetic rows match only 1 to 4 real patients in what an outsider could know.",
  reference:
    "k-map and k-anonymity: Samarati and Sweeney 1998, El Emam and Dankar 2008; l-diversity: Machanavajjhala et al. 2007",
  scored: false,
  needs: ["seen", "unseen"],
  limits:
    "Rests on which columns an outsider is taken to know; it counts matches and does not show that a match is the same person.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    if (holdout.rows < LEAST_ROWS)
      return skipped(`Fewer than ${LEAST_ROWS} rows were held out to compare with.`);
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const size = Math.min(MOST_ROWS, holdout.rows, synthetic.rows);
    const drawn = [
      atMost(train, MOST_ROWS, rng.fork("train")),
      atMost(holdout, size, rng.fork("holdout")),
      atMost(synthetic, size, rng.fork("synthetic")),
    ];
    const columns = alignColumns(drawn, columnNames(train));
    const known = quasiIdentifiers(columns, MOST_COLUMNS);
    if (known.length === 0) return skipped("No column looks like something an outsider could know.");
    const keys = combinations(known, 3);
    const whose = drawn.map(({ patients }) => patients);
    const secret =
      columns.find(({ schema }) => schema.outsider === "seeks") ??
      columns.find(({ schema }) => schema.role === "target");
    const own = await groupsOf(keys, SYNTHETIC, whose, secret, pulse);
    const usual = await groupsOf(keys, HOLDOUT, whose, secret, pulse);
    const worth = drawn.map(patientsPerRow) as [number, number, number];
    const share = own.few / size;
    const usualShare = usual.few / size;
    return {
      ...besideReal(
        "lower",
        share,
        shareOfRows(own.few, size, worth[SYNTHETIC]),
        { value: usualShare, interval: shareOfRows(usual.few, size, worth[HOLDOUT], Z90) },
        (value) => 100 - 100 * Math.max(0, value - usualShare),
      ),
      sentence:
        `By ${listNames(known)}, ${percentage(share)} of synthetic rows match only 1 to 4 of the patients who were learned from; ` +
        `of held-out real rows ${percentage(usualShare)} do.`,
      detail: {
        type: "figures",
        rows: [
          figure("Match 1 to 4 patients (k-map)", own.few, usual.few, size, worth),
          figure("Match no patient", own.none, usual.none, size, worth),
          figure(
            "In a group of fewer than 5 of their table (k-anonymity)",
            own.small,
            usual.small,
            size,
            worth,
          ),
          ...(secret
            ? [
                figure(
                  `In a group with one value of ${secret.schema.name} (l-diversity)`,
                  own.alike,
                  usual.alike,
                  size,
                  worth,
                ),
              ]
            : []),
        ],
      },
      ...noted(outsiderNote("know", known, columns), drawnNote("“Small groups” counts", [train], MOST_ROWS)),
    };
  },
};

/** Shares of as many rows of both tables; one that rests on 1 to 4 patients is not shown. */
function figure(
  name: string,
  own: number,
  usual: number,
  rows: number,
  worth: readonly [number, number, number],
) {
  const measured = (n: number, side: 1 | 2): Measured => ({
    value: n / rows,
    interval: shareOfRows(n, rows, worth[side]),
  });
  const hidden = usual > 0 && usual < FEW;
  return {
    name,
    unit: "share" as const,
    synthetic: measured(own, SYNTHETIC),
    ...(hidden ? { note: "held-out: 1 to 4 patients, not shown" } : { baseline: measured(usual, HOLDOUT) }),
  };
}

/** Rows of table `side` by how many patients of train have their combination, and how many of their own table. */
async function groupsOf(
  keys: readonly Int32Array[],
  side: number,
  whose: readonly (Int32Array | undefined)[],
  secret: AlignedColumn | undefined,
  pulse: Pulse,
): Promise<{ few: number; none: number; small: number; alike: number }> {
  const real = countEach(keys[TRAIN] as Int32Array, whose[TRAIN]);
  const own = countEach(keys[side] as Int32Array, whose[side]);
  const cells = secret?.type === "numeric" ? secret.values[side] : secret?.codes[side];
  const values = new Map<number, Set<number>>();
  const rows = keys[side] as Int32Array;
  for (let row = 0; row < rows.length; row++) {
    const key = rows[row] as number;
    const seen = values.get(key);
    if (seen) seen.add(cells?.[row] ?? 0);
    else values.set(key, new Set([cells?.[row] ?? 0]));
    if (row % 256 === 0) await pulse();
  }
  let [few, none, small, alike] = [0, 0, 0, 0];
  for (let row = 0; row < rows.length; row++) {
    if (row % 256 === 0) await pulse();
    const key = rows[row] as number;
    const matches = real.get(key) ?? 0;
    if (matches === 0) none++;
    else if (matches < FEW) few++;
    const group = own.get(key) as number;
    if (group < FEW) small++;
    if (values.get(key)?.size === 1) alike++;
  }
  return { few, none, small, alike };
}
