import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import type { Metric, Pulse } from "../metric.ts";
import { hashRow, sixDigits } from "./row-hash.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 50_000;
const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/** Share of synthetic rows that equal a training row in every learned column (numbers to 6 significant digits). */
export const exactCopies: Metric = {
  id: "exact-copies",
  name: "Exact copies",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.01,
  range: [0, 1],
  summary: "How many synthetic rows repeat a training row, beside how many held-out real rows happen to.",
  reference: "NewRowSynthesis with exact matching: SDMetrics (DataCebo)",
  scored: true,
  limits: "Sees only rows that are equal in every column.",
  claim: () => "giving to others: it repeats training rows",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const asked = atMost(synthetic, MOST_ROWS, rng.fork("synthetic"));
    const held = atMost(holdout, MOST_ROWS, rng.fork("holdout"));
    const columns = alignColumns([train, held, asked], columnNames(train));
    const copies = await countCopies(columns, [train.rows, held.rows, asked.rows], pulse);
    const share = copies.synthetic / asked.rows;
    const usual = copies.holdout / held.rows;
    return {
      ...besideReal(
        "lower",
        share,
        wilson(copies.synthetic, asked.rows),
        { value: usual, interval: wilson(copies.holdout, held.rows, Z90) },
        (value) => 100 - 500 * Math.max(0, value - usual),
      ),
      sentence:
        `${count(copies.synthetic)} of ${count(asked.rows)} synthetic rows (${percentage(share, 2)}) equal a training row ` +
        `in every column; of held-out real rows ${percentage(usual, 2)} do.`,
      ...drawnNote("Exact copies are counted among", [synthetic, holdout], MOST_ROWS),
    };
  },
};

/** The training rows are walked once past a table of the other rows' hashes, so that memory does not grow with them. */
async function countCopies(
  columns: readonly AlignedColumn[],
  rows: readonly [number, number, number],
  pulse: Pulse,
): Promise<{ holdout: number; synthetic: number }> {
  const found = [HOLDOUT, SYNTHETIC].map((side) => ({ side, copied: new Uint8Array(rows[side]) }));
  const places = new Map<number, { side: number; row: number; copied: Uint8Array }[]>();
  for (const { side, copied } of found) {
    for (let row = 0; row < rows[side]; row++) {
      const key = hashRow(columns, side, row);
      const known = places.get(key);
      if (known) known.push({ side, row, copied });
      else places.set(key, [{ side, row, copied }]);
      if (row % 256 === 0) await pulse();
    }
  }
  for (let row = 0; row < rows[TRAIN]; row++) {
    for (const place of places.get(hashRow(columns, TRAIN, row)) ?? []) {
      if (place.copied[place.row] === 0 && sameRow(columns, row, place.side, place.row))
        place.copied[place.row] = 1;
    }
    if (row % 256 === 0) await pulse();
  }
  const [holdout, synthetic] = found.map(({ copied }) => copied.reduce((a, b) => a + b, 0));
  return { holdout: holdout ?? 0, synthetic: synthetic ?? 0 };
}

function sameRow(columns: readonly AlignedColumn[], trainRow: number, side: number, row: number): boolean {
  return columns.every((column) => {
    if (column.type === "coded") return column.codes[TRAIN]?.[trainRow] === column.codes[side]?.[row];
    const a = sixDigits(column.values[TRAIN]?.[trainRow] as number);
    return Object.is(a, sixDigits(column.values[side]?.[row] as number));
  });
}
