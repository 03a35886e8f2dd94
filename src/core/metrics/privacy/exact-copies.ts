import { breathe } from "../../math/breathe.ts";
import { patientsPerRow, shareOfRows } from "../measuring/patients.ts";
import { takeRows } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { amongReal, besideAmongReal } from "./among-real.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import type { Metric, Pulse } from "../metric.ts";
import { hashRow } from "./row-hash.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 50_000;
const [TRAIN, SYNTHETIC] = [0, 1] as const;

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
  summary:
    "How many synthetic rows repeat a training row, beside how many real rows happen to repeat another.",
  reference: "NewRowSynthesis with exact matching: SDMetrics (DataCebo)",
  scored: true,
  needs: ["seen"],
  limits: "Sees only rows that are equal in every column.",
  copies: "copies",
  claim: () => ({ not: "pass it on", because: "it repeats rows of real patients" }),

  async compute({ train, synthetic }, rng, pulse = breathe) {
    if (train.rows === 0) return skipped("No rows were trained on.", "patients");
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const made = atMost(synthetic, MOST_ROWS, rng.fork("synthetic"));
    const columns = alignColumns([train, made], columnNames(train));
    const asked = rng.fork("train").choose(train.rows, Math.min(train.rows, MOST_ROWS)).sort();
    const found = await countCopies(columns, asked, made.rows, train.patients, pulse);
    const share = found.copies / made.rows;
    const own = shareOfRows(found.copies, made.rows, patientsPerRow(made));
    const usual = amongReal(asked.length, found.alone, found.paired, takeRows(train, asked));
    const { baseline, loss } = besideAmongReal(share, own, usual);
    return {
      ...besideReal(
        "lower",
        share,
        own,
        baseline,
        (value) => 100 - 500 * Math.max(0, value - usual.share),
        loss,
      ),
      sentence:
        `${count(found.copies)} of ${count(made.rows)} synthetic rows (${percentage(share, 2)}) equal a training row ` +
        `in every column; of the training rows themselves ${percentage(usual.share, 2)} equal another patient's.`,
      ...drawnNote("Exact copies are counted among", [synthetic, train], MOST_ROWS),
    };
  },
};

/** The patients whose training rows have one key: how many there are. */
interface Holders {
  patients: number;
  /** all of them, where a patient may have several rows */
  readonly all?: Set<number>;
}

/**
 * How many synthetic rows equal a training row; of the training rows `asked`, how many equal no other patient's, and how many
 * just one's. Rows are equal where 53 bits are. All training rows are walked once; only keys that are asked for are kept.
 */
async function countCopies(
  columns: readonly AlignedColumn[],
  asked: Int32Array,
  made: number,
  whose: Int32Array | undefined,
  pulse: Pulse,
): Promise<{ copies: number; alone: number; paired: number }> {
  const holders = new Map<number, Holders>();
  const keysOf = async (side: number, rows: ArrayLike<number>): Promise<Float64Array> => {
    const keys = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const key = (keys[i] = hashRow(columns, side, rows[i] as number));
      if (!holders.has(key)) holders.set(key, { patients: 0, ...(whose && { all: new Set() }) });
      if (i % 256 === 0) await pulse();
    }
    return keys;
  };
  const ofAsked = await keysOf(TRAIN, asked);
  const ofMade = await keysOf(
    SYNTHETIC,
    Int32Array.from({ length: made }, (_, row) => row),
  );
  const rows = columns[0]?.type === "coded" ? columns[0].codes[TRAIN] : columns[0]?.values[TRAIN];
  for (let row = 0; row < (rows?.length ?? 0); row++) {
    const of = holders.get(hashRow(columns, TRAIN, row));
    if (of) hold(of, whose?.[row] ?? row);
    if (row % 256 === 0) await pulse();
  }
  const patientsOf = (key: number): number => holders.get(key)?.patients ?? 0;
  return {
    copies: ofMade.reduce((sum, key) => sum + Number(patientsOf(key) > 0), 0),
    alone: ofAsked.reduce((sum, key) => sum + Number(patientsOf(key) === 1), 0),
    paired: ofAsked.reduce((sum, key) => sum + Number(patientsOf(key) === 2), 0),
  };
}

function hold(of: Holders, patient: number): void {
  of.all?.add(patient);
  of.patients = of.all?.size ?? of.patients + 1;
}
