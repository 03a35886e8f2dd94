import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote, noted } from "../measuring/bounds.ts";
import { isFew, LEAST_PATIENTS, patientsIn, patientsPerRow, patientsWhere } from "../measuring/patients.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, count, percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Interval, Metric, Pulse } from "../metric.ts";

const MOST_ROWS = 10_000;
const MOST_COLUMNS = 100;
/** A number of more different values has none that pair. */
const MOST_VALUES = 20;
const LISTED = 20;
/** Training rows that unrelated columns would give a pair: with 3, it is there in 95% of tables (rule of three). */
const EXPECTED = 3;
/** Counts of 1 to 4 patients. */
const A_FEW = 2.5;

const [TRAIN, HELD, MADE] = [0, 1, 2] as const;

/** Share of rows with a pair of common values that no training row has, of synthetic and of held-out rows. */
export const unseenPairs: Metric = {
  id: "unseen-pairs",
  name: "Pairs nobody has",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 0.02,
  range: [0, 1],
  summary:
    "How many rows hold two values that no real patient has together although both are common, such as pack-years of someone who never smoked.",
  reference: "Structural zeros of a contingency table (Bishop, Fienberg and Holland 1975); rule of three",
  scored: true,
  limits:
    "Two columns at a time: levels, numbers of at most 20 values, and missing cells. A pair that chance would give fewer than 3 training rows is not asked about.",
  remedy:
    "Do not count combinations of the two columns named. Forbid the combination by a rule before training, or use a method that learns it (Auto, decision trees).",
  claim: () => ({
    not: "rely on combinations of values in it",
    because: "its rows hold pairs of values that no real patient has",
  }),
  sees: (loss) => `${percentage(Math.max(0, loss))} more rows with a pair of values that nobody has`,
  effort: 2,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const given = [train, holdout, synthetic];
    const tables = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`))) as [
      Table,
      Table,
      Table,
    ];
    const columns = alignColumns(tables, columnNames(train)).flatMap((column) =>
      codedOf(column, tables[TRAIN]),
    );
    if (columns.length < 2) return skipped("Fewer than two columns have common values.");
    const tried = columns.slice(0, MOST_COLUMNS);
    const { found, held, made } = await unseenIn(tried, tables, pulse);
    if (found.length === 0)
      return skipped("Each two values that chance would bring together stand in a training row together.");
    const own = shareOf(made, tables[MADE]);
    if (valueOnly) return valueAlone(own.value);
    const usual = shareOf(held, tables[HELD], Z90);
    return {
      ...besideReal("lower", own.value, own.interval, usual, (value) => 100 * (1 - value)),
      sentence: sentenceOf(own.value, usual, found),
      detail: { type: "figures", rows: found.slice(0, LISTED).map((pair) => rowOf(pair, tables)) },
      ...noted(
        columns.length > tried.length
          ? `${count(columns.length - tried.length)} columns were not paired with the others.`
          : undefined,
        drawnNote("“Pairs nobody has” uses", given, MOST_ROWS),
      ),
    };
  },
};

interface Coded {
  readonly name: string;
  readonly size: number;
  /** a value's place per row of train, holdout and synthetic; -1 where fewer than five training patients have it */
  readonly places: readonly Int32Array[];
}

/** A missing cell is a value too, so that an answer of those who were not asked is seen. */
function codedOf(column: AlignedColumn, train: Table): Coded[] {
  const { name, kind } = column.schema;
  if (kind === "text" || kind === "identifier") return [];
  const { size, codes } =
    column.type === "coded" ? { size: column.levels.length, codes: column.codes } : valuesOf(column);
  const places = codes.map((own) => own.map((code) => (code < 0 ? size : code)));
  const patients = patientsIn(places[TRAIN] as Int32Array, size + 1, train.patients);
  const common = patients.map((own) => (own >= LEAST_PATIENTS ? 1 : 0));
  if (ones(common) < 2) return [];
  return [{ name, size: size + 1, places: places.map((own) => own.map((at) => (common[at] ? at : -1))) }];
}

/** The values of a number that has few in train; of another one value, that it is there. */
function valuesOf({ values }: Extract<AlignedColumn, { type: "numeric" }>): {
  size: number;
  codes: readonly Int32Array[];
} {
  const different = new Map<number, number>();
  for (const value of values[TRAIN] as Float64Array) {
    if (!Number.isNaN(value) && !different.has(value)) different.set(value, different.size);
    if (different.size > MOST_VALUES) break;
  }
  const size = different.size > MOST_VALUES ? 1 : different.size + 1;
  const codeOf = (value: number): number =>
    Number.isNaN(value) ? -1 : size === 1 ? 0 : (different.get(value) ?? size - 1);
  return { size, codes: values.map((own) => Int32Array.from(own, codeOf)) };
}

/** Two columns, and the rows that hold a pair of their values that no training row has. */
interface UnseenPair {
  readonly name: string;
  readonly held: Uint8Array;
  readonly made: Uint8Array;
  readonly heldShare: number;
  readonly madeShare: number;
}

/** Pairs of columns with values that train never has together, furthest beyond held-out rows first; and the rows with any. */
async function unseenIn(
  columns: readonly Coded[],
  tables: readonly [Table, Table, Table],
  pulse: Pulse,
): Promise<{ found: UnseenPair[]; held: Uint8Array; made: Uint8Array }> {
  const [held, made] = [HELD, MADE].map((side) => new Uint8Array(tables[side].rows)) as [
    Uint8Array,
    Uint8Array,
  ];
  const found: UnseenPair[] = [];
  for (const [i, a] of columns.entries()) {
    for (const b of columns.slice(i + 1)) {
      await pulse();
      const never = neverTogether(a, b);
      if (never === undefined) continue;
      const rows = ([HELD, MADE] as const).map((side) => rowsWith(never, a, b, side)) as [
        Uint8Array,
        Uint8Array,
      ];
      const shares = rows.map((own) => ones(own) / Math.max(1, own.length)) as [number, number];
      rows[0].forEach((one, row) => one && (held[row] = 1));
      rows[1].forEach((one, row) => one && (made[row] = 1));
      found.push({
        name: `${a.name} with ${b.name}`,
        held: rows[0],
        made: rows[1],
        heldShare: shares[0],
        madeShare: shares[1],
      });
    }
  }
  found.sort((x, y) => y.madeShare - y.heldShare - (x.madeShare - x.heldShare));
  return { found, held, made };
}

const ones = (flags: Uint8Array | Float64Array): number => {
  let sum = 0;
  for (const one of flags) sum += one;
  return sum;
};

/** 1 where two values, a * b.size + b, are in no training row together and chance would give some; undefined if none are. */
function neverTogether(a: Coded, b: Coded): Uint8Array | undefined {
  const [x, y] = [a.places[TRAIN] as Int32Array, b.places[TRAIN] as Int32Array];
  const together = new Int32Array(a.size * b.size);
  const [ofA, ofB] = [new Int32Array(a.size), new Int32Array(b.size)];
  let rows = 0;
  for (let row = 0; row < x.length; row++) {
    const [u, v] = [x[row] as number, y[row] as number];
    if (u < 0 || v < 0) continue;
    rows++;
    together[u * b.size + v] = (together[u * b.size + v] as number) + 1;
    ofA[u] = (ofA[u] as number) + 1;
    ofB[v] = (ofB[v] as number) + 1;
  }
  let some = false;
  const never = Uint8Array.from(together, (seen, at) => {
    const expected = ((ofA[Math.floor(at / b.size)] as number) * (ofB[at % b.size] as number)) / rows;
    const is = seen === 0 && expected >= EXPECTED;
    some ||= is;
    return is ? 1 : 0;
  });
  return some ? never : undefined;
}

function rowsWith(never: Uint8Array, a: Coded, b: Coded, side: typeof HELD | typeof MADE): Uint8Array {
  const [x, y] = [a.places[side] as Int32Array, b.places[side] as Int32Array];
  return Uint8Array.from(x, (u, row) => {
    const v = y[row] as number;
    return u >= 0 && v >= 0 ? (never[u * b.size + v] as number) : 0;
  });
}

interface Share {
  readonly value: number;
  readonly interval: Interval;
  /** of some patients, and too few to tell of */
  readonly few: boolean;
}

/** The share of flagged rows, with an interval as wide as so many patients make it; 1 to 4 patients count as 2.5. */
function shareOf(flags: Uint8Array, table: Table, z?: number): Share {
  const few = isFew(patientsWhere(flags.length, (row) => flags[row] === 1, table.patients));
  const [holding, rows] = [few ? Math.min(A_FEW, flags.length) : ones(flags), Math.max(1, flags.length)];
  const worth = patientsPerRow(table);
  return { value: holding / rows, interval: wilson(holding * worth, rows * worth, z), few };
}

function sentenceOf(own: number, usual: Share, [worst]: readonly UnseenPair[]): string {
  const held = usual.few ? "those of fewer than 5 patients do" : `${percentage(usual.value)} do`;
  const rows = own > 0 ? `${percentage(own)} of synthetic rows hold` : "No synthetic row holds";
  const most = worst && worst.madeShare > worst.heldShare ? ` Most of them by ${worst.name}.` : "";
  return `${rows} two common values that no training row has together; of held-out rows ${held}.${most}`;
}

function rowOf(
  { name, held, made }: UnseenPair,
  tables: readonly [Table, Table, Table],
): Extract<Detail, { type: "figures" }>["rows"][number] {
  const [own, usual] = [shareOf(made, tables[MADE]), shareOf(held, tables[HELD], Z90)];
  return {
    name,
    unit: "share",
    synthetic: { value: own.value, interval: own.interval },
    ...(usual.few
      ? { note: "fewer than 5 held-out patients" }
      : { baseline: { value: usual.value, interval: usual.interval } }),
  };
}
