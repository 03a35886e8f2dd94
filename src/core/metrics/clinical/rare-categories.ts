import { breathe } from "../../math/breathe.ts";
import { Z90, Z95, wilson } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns, countCodes } from "../measuring/align.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import type { Detail, Metric } from "../metric.ts";
import { LEAST_PATIENTS, patientsIn, patientsPerRow } from "../measuring/patients.ts";
import { agreement, logRatio, ratioInterval } from "../measuring/ratio.ts";
import type { LogRatio } from "../measuring/ratio.ts";
import { around, count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 100_000;
const MOST_LEVELS = 2000;
const MOST_LISTED = 40;
const RARE = 0.02;
const [HOLDOUT, SYNTHETIC] = [1, 2] as const;

/** Levels of 5 patients or more but fewer than 2%: how much of their frequency is kept, on average. */
export const rareCategories: Metric = {
  id: "rare-categories",
  name: "Rare categories",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.1,
  range: [0, 1],
  summary: "How many of the rare categories, those of fewer than 2% of patients, come back, and how often.",
  reference:
    "Category coverage (SDMetrics) restricted to rare levels, with ratios beyond chance (Katz et al. 1978)",
  scored: false,
  limits: "Levels that fewer than five patients share do not count.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const taken = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)));
    const worth = taken.map(patientsPerRow);
    const blocks = taken.map(({ rows, patients }, i) => blocksOf(rows, rng.fork(`blocks ${i}`), patients));
    const levels: Level[] = [];
    for (const column of alignColumns(taken, columnNames(train))) {
      await pulse();
      if (column.type !== "coded" || column.schema.kind === "text" || column.schema.kind === "identifier")
        continue;
      levels.push(...rareLevels(column, blocks, taken, worth));
    }
    if (levels.length === 0)
      return skipped("No category is as rare as that: fewer than 2% of the patients, and 5 or more.");
    const chosen =
      levels.length <= MOST_LEVELS
        ? levels
        : [...rng.fork("levels").choose(levels.length, MOST_LEVELS)].map((i) => levels[i] as Level);
    await pulse();
    const own = meanKept(chosen, SYNTHETIC, valueOnly);
    const held = meanKept(chosen, HOLDOUT, valueOnly);
    await pulse();
    const back = chosen.filter(({ counts }) => left(counts[SYNTHETIC], -1) > 0).length;
    const heldBack = chosen.filter(({ counts }) => left(counts[HOLDOUT], -1) > 0).length;
    const ranked = chosen.toSorted(
      (x, y) => kept(x, SYNTHETIC) - kept(y, SYNTHETIC) || ratio(x).value - ratio(y).value,
    );
    return {
      ...besideReal(
        "higher",
        own.value,
        around(own.value, Z95 * own.error, [0, 1]),
        { value: held.value, interval: around(held.value, Z90 * held.error, [0, 1]) },
        (value) => 100 * value,
      ),
      sentence:
        (chosen.length === 1
          ? `The one rare category ${back === 1 ? "comes back" : "does not come back"} (${heldBack === 1 ? "it does" : "it does not"} in held-out real rows); its frequency agrees `
          : `${count(back)} of ${count(chosen.length)} rare categories come back (${count(heldBack)} in held-out real rows); ` +
            "their frequencies agree ") +
        `with the training rows' to ${percentage(own.value)} beyond chance, held-out ones to ${percentage(held.value)}.`,
      detail: { type: "groups", unit: "share of rows", groups: ranked.slice(0, MOST_LISTED).map(rowOf) },
      ...noteOf(levels.length, drawnNote("Rare categories are counted on", given, MOST_ROWS).note),
    };
  },
};

interface Level {
  readonly name: string;
  readonly patients: number;
  /** for train, holdout, synthetic: rows of the level in each block, and in all; known rows in each block, and in all */
  readonly counts: readonly Float64Array[];
  readonly all: readonly Float64Array[];
  /** independent rows that a row counts for, in train, holdout and synthetic */
  readonly worth: readonly number[];
}

function rareLevels(
  column: Extract<ReturnType<typeof alignColumns>[number], { type: "coded" }>,
  blocks: readonly Uint8Array[],
  tables: readonly Table[],
  worth: readonly number[],
): Level[] {
  const { codes, levels, schema } = column;
  const real = codes[0] as Int32Array;
  const rows = countCodes(real, levels.length);
  const known = rows.reduce((a, b) => a + b, 0);
  const patients = patientsIn(real, levels.length, tables[0]?.patients);
  const rare = levels
    .map((_, i) => i)
    .filter((i) => (patients[i] as number) >= LEAST_PATIENTS && (rows[i] as number) < RARE * known);
  if (rare.length === 0) return [];
  const place = new Int32Array(levels.length).fill(-1);
  rare.forEach((level, k) => (place[level] = k));
  const counted = codes.map((own, t) => tally(own, place, rare.length, blocks[t] as Uint8Array));
  return rare.map((level, k) => ({
    name: `${schema.name}: ${levels[level]}`,
    patients: patients[level] as number,
    counts: counted.map(({ each }) => each[k] as Float64Array),
    all: counted.map(({ all }) => all),
    worth,
  }));
}

function tally(codes: Int32Array, place: Int32Array, size: number, blocks: Uint8Array) {
  const each = Array.from({ length: size }, () => new Float64Array(BLOCKS + 1));
  const all = new Float64Array(BLOCKS + 1);
  const add = (counts: Float64Array, block: number): void => {
    counts[block] = (counts[block] as number) + 1;
    counts[BLOCKS] = (counts[BLOCKS] as number) + 1;
  };
  codes.forEach((code, row) => {
    if (code < 0) return;
    add(all, blocks[row] as number);
    const own = each[place[code] as number];
    if (own) add(own, blocks[row] as number);
  });
  return { each, all };
}

const left = (counts: Float64Array | undefined, block: number): number =>
  (counts?.[BLOCKS] as number) - (block < 0 ? 0 : (counts?.[block] as number));

function ratio({ counts, all, worth }: Level, side: 1 | 2 = SYNTHETIC, block = -1): LogRatio {
  const [real, other] = [worth[0] as number, worth[side] as number];
  return logRatio(
    other * left(counts[side], block),
    other * left(all[side], block),
    real * left(counts[0], -1),
    real * left(all[0], -1),
  );
}
const kept = (level: Level, side: 1 | 2, block = -1): number => agreement(ratio(level, side, block));

function meanKept(
  levels: readonly Level[],
  side: 1 | 2,
  valueOnly: boolean,
): { value: number; error: number } {
  const of = (block: number): number =>
    levels.reduce((sum, level) => sum + kept(level, side, block), 0) / levels.length;
  return valueOnly ? { value: of(-1), error: 0 } : jackknifed(of);
}

function rowOf(level: Level): Extract<Detail, { type: "groups" }>["groups"][number] {
  const [x, n] = [left(level.counts[0], -1), left(level.all[0], -1)];
  const [y, m] = [left(level.counts[SYNTHETIC], -1), left(level.all[SYNTHETIC], -1)];
  const agree = kept(level, SYNTHETIC);
  return {
    name: level.name,
    patients: level.patients,
    figures: [
      {
        name: "Share of rows",
        unit: "share",
        real: { value: x / n, interval: wilson(x, n) },
        synthetic: { value: m > 0 ? y / m : 0, interval: wilson(y, m) },
      },
      {
        name: "Ratio",
        unit: "number",
        real: { value: 1 },
        synthetic: {
          value: m > 0 ? y / m / (x / n) : 0,
          interval: { ...ratioInterval(ratio(level)), ...(y === 0 ? { low: 0 } : {}) },
        },
      },
    ],
    verdict: agree >= 0.95 ? "good" : agree >= 0.8 ? "worse" : "much-worse",
  };
}

function noteOf(levels: number, drawn: string | undefined): { note?: string } {
  const all = [
    ...(levels > MOST_LEVELS
      ? [`${count(MOST_LEVELS)} of ${count(levels)} rare categories are compared.`]
      : []),
    ...(drawn === undefined ? [] : [drawn]),
  ];
  return all.length > 0 ? { note: all.join(" ") } : {};
}
