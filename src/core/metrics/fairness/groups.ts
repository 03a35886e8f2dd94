import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost } from "../measuring/bounds.ts";
import { placesOf } from "./group-columns.ts";
import type { Places } from "./group-columns.ts";
import type { Pulse, Tables } from "../metric.ts";
import { LEAST_PATIENTS, patientsIn } from "../measuring/patients.ts";
import { count } from "../measuring/verdict.ts";

/** Patients of a group in train, and in the holdout, below which nothing about a distribution or a model is said. */
export const LEAST_TRAIN = 30;
export const LEAST_HELD = 20;
const MOST_ROWS = 100_000;
const MOST_COLUMNS = 6;
const MOST_CROSSED_COLUMNS = 4;
const MOST_CROSSED_GROUPS = 12;

/** People who share a value of a sensitive column, or of two. */
export interface Group {
  /** "sex: Female", "age: 85 or over, race: Black" */
  readonly name: string;
  /** after "patients": "with sex Female" */
  readonly phrase: string;
  /** row numbers in train, holdout and synthetic */
  readonly rows: readonly [Int32Array, Int32Array, Int32Array];
  /** different patients in train and in the holdout; rows, where a row is a patient */
  readonly patients: { readonly train: number; readonly holdout: number };
  /** why nothing about a distribution or a model is said of it */
  readonly tooSmall?: string;
}

/** All groups of one sensitive column, or of two that are crossed. Every group has at least 5 patients in train. */
export interface Grouping {
  readonly columns: readonly string[];
  readonly groups: readonly Group[];
}

export interface Groupings {
  readonly single: readonly Grouping[];
  readonly crossed: readonly Grouping[];
  /** The tables that the row numbers are of. */
  readonly tables: Tables;
  /** how numbers were cut and what was drawn or left out */
  readonly notes: readonly string[];
}

export const NO_GROUPS =
  "No column is marked as a group to be compared, such as sex, race or age; mark one and the groups are compared.";

/**
 * The groups of the sensitive columns: categories as they are, ages in bands (under 40, 40 to 64, 65 to 84, 85 or over),
 * other numbers in quarters, and two columns crossed. Groups of 1 to 4 patients are pooled or hidden, with one more where
 * a difference would give them away. At most 100,000 rows of each table, 6 columns, 4 of them crossed, 12 crossed groups
 * a pair. Undefined when no column is sensitive.
 */
export async function groupingsOf(given: Tables, rng: Rng, pulse: Pulse): Promise<Groupings | undefined> {
  const sensitive = given.train.schema.columns
    .filter(({ role }) => role === "sensitive")
    .map(({ name }) => name);
  if (sensitive.length === 0) return undefined;
  const drawn = (table: Table, label: string): Table => atMost(table, MOST_ROWS, rng.fork(`groups ${label}`));
  const tables: Tables = {
    train: drawn(given.train, "train"),
    holdout: drawn(given.holdout, "holdout"),
    synthetic: drawn(given.synthetic, "synthetic"),
  };
  const all = [tables.train, tables.holdout, tables.synthetic];
  const columns = alignColumns(all, sensitive.slice(0, MOST_COLUMNS));
  const places: Places[] = [];
  for (const column of columns) {
    places.push(placesOf(column, (own, size) => patientsIn(own, size, tables.train.patients)));
    await pulse();
  }
  const single = places.map((own) =>
    grouped(
      [own],
      own.labels.map((_, i) => i),
      own.of,
      tables,
    ),
  );
  const crossed: Grouping[] = [];
  const few = places.slice(0, MOST_CROSSED_COLUMNS);
  for (const [i, a] of few.entries()) {
    for (const b of few.slice(i + 1)) {
      crossed.push(cross(a, b, tables));
      await pulse();
    }
  }
  return { single, crossed, tables, notes: notesOf(places, sensitive, given) };
}

function notesOf(places: readonly Places[], sensitive: readonly string[], given: Tables): string[] {
  const notes = places.flatMap(({ how }) => (how ? [how] : []));
  if (sensitive.length > MOST_COLUMNS) {
    notes.push(`The first ${MOST_COLUMNS} of ${sensitive.length} columns of groups are compared.`);
  }
  if ([given.train, given.holdout, given.synthetic].some((table) => table.rows > MOST_ROWS)) {
    notes.push(`Groups are compared on at most ${count(MOST_ROWS)} rows drawn from each table.`);
  }
  return notes;
}

/** The groups at `shown` places; a place is a's, or a's times b's labels plus b's. */
function grouped(
  from: readonly Places[],
  shown: readonly number[],
  of: readonly Int32Array[],
  { train, holdout }: Tables,
): Grouping {
  const size = from.reduce((product, { labels }) => product * labels.length, 1);
  const patients = [train, holdout].map((table, t) => patientsIn(of[t] as Int32Array, size, table.patients));
  const rows = of.map((places) => rowsByPlace(places, size));
  const groups = shown.map((place): Group => {
    const at = from.length === 1 ? [place] : split(place, from[1] as Places);
    const counts = { train: patients[0]?.[place] as number, holdout: patients[1]?.[place] as number };
    const reason = tooSmall(counts.train, counts.holdout);
    return {
      name: from.map(({ column, labels }, i) => `${column}: ${labels[at[i] as number]}`).join(", "),
      phrase: from.map(({ phrases }, i) => phrases[at[i] as number] as string).join(" and "),
      rows: rows.map((byPlace) => byPlace[place] as Int32Array) as [Int32Array, Int32Array, Int32Array],
      patients: counts,
      ...(reason === undefined ? {} : { tooSmall: reason }),
    };
  });
  return { columns: from.map(({ column }) => column), groups };
}

const split = (place: number, b: Places): [number, number] => [
  Math.floor(place / b.labels.length),
  place % b.labels.length,
];

function rowsByPlace(places: Int32Array, size: number): Int32Array[] {
  const counts = new Int32Array(size);
  for (const place of places) if (place >= 0) counts[place] = (counts[place] as number) + 1;
  const rows = Array.from(counts, (n) => new Int32Array(n));
  counts.fill(0);
  places.forEach((place, row) => {
    if (place < 0) return;
    (rows[place] as Int32Array)[counts[place] as number] = row;
    counts[place] = (counts[place] as number) + 1;
  });
  return rows;
}

function tooSmall(train: number, held: number): string | undefined {
  if (train < LEAST_TRAIN) return `Fewer than ${LEAST_TRAIN} patients are among the training rows.`;
  return held < LEAST_HELD ? `Fewer than ${LEAST_HELD} patients were held out.` : undefined;
}

/**
 * Two columns crossed. Shown are the largest groups of at least 30 patients; where what is hidden of a value adds up to 1
 * to 4 patients, its smallest shown group is hidden too (secondary suppression, Hundepool et al. 2012).
 */
function cross(a: Places, b: Places, tables: Tables): Grouping {
  const width = b.labels.length;
  const of = a.of.map((own, t) => {
    const other = b.of[t] as Int32Array;
    return own.map((place, row) => {
      const beside = other[row] as number;
      return place < 0 || beside < 0 ? -1 : place * width + beside;
    });
  });
  const patients = patientsIn(of[0] as Int32Array, a.labels.length * width, tables.train.patients);
  const order = Array.from(patients.keys()).sort((x, y) => (patients[y] as number) - (patients[x] as number));
  const shown = new Set(
    order.slice(0, MOST_CROSSED_GROUPS).filter((place) => (patients[place] as number) >= LEAST_TRAIN),
  );
  const lines = [
    ...a.labels.map((_, i) => order.filter((place) => Math.floor(place / width) === i)),
    ...b.labels.map((_, i) => order.filter((place) => place % width === i)),
  ];
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines) {
      const hidden = line
        .filter((place) => !shown.has(place))
        .reduce((sum, place) => sum + (patients[place] as number), 0);
      const smallest = line.findLast((place) => shown.has(place));
      if (hidden === 0 || hidden >= LEAST_PATIENTS || smallest === undefined) continue;
      shown.delete(smallest);
      changed = true;
    }
  }
  return grouped(
    [a, b],
    order.filter((place) => shown.has(place)),
    of,
    tables,
  );
}
