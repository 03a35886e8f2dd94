import { namesGroup } from "../../table/column-names.ts";
import { isMissingCell, type Column, type Table } from "../../table/table.ts";
import type { CourseTrouble } from "./course-trouble.ts";

/** Named like a place that gives out ids of its own, in five languages. */
const SITE =
  /(hospital|site|centre|center|clinic|facility|practice|klinik|krankenhaus|standort|haus$|praxis|zentrum|hopital|centre|etablissement|hospital|centro|clinica|ospedale|sede|ziekenhuis)/i;

/** Fewest ids, and least share of them, within which a column of a person changes. */
const LEAST_IDS = 5;
const LEAST_SHARE = 0.05;
/** Most of these that may still change within id and place together. */
const STILL = 0.1;
const MOST_PLACES = 1_000;

interface Within {
  /** groups of two rows or more, and those within which the column changes */
  readonly several: number;
  readonly changing: number;
}

/**
 * Ids that are given out anew at every hospital: sex, race or birth change within an id, but hardly within an id of one
 * hospital, which is a column with few values that changes within those ids as well. Offers an id of both.
 */
export function reusedIds(table: Table): CourseTrouble[] {
  const { columns } = table.schema;
  const id = columns.findIndex(({ role }) => role === "identifier");
  const ids = table.columns[id];
  if (ids === undefined) return [];
  const own = keyOf(ids, table.rows);
  for (const [i, schema] of columns.entries()) {
    const person = schema.identifies?.what === "birth-date" || namesGroup(schema.name);
    if (!person || i === id) continue;
    const apart = withinOf(own, table.columns[i] as Column, table.rows);
    if (apart.changing < LEAST_IDS || apart.changing < LEAST_SHARE * apart.several) continue;
    const place = placeFor(table, { id, own, person: i, apart });
    if (place !== undefined) return [troubleOf(table, { id, person: i, place, apart })];
  }
  return [];
}

interface Suspect {
  readonly id: number;
  readonly own: Int32Array;
  readonly person: number;
  readonly apart: Within;
}

/** The column that, together with the id, tells the persons apart; one named like a place first. */
function placeFor(table: Table, { id, own, person, apart }: Suspect): number | undefined {
  const { columns } = table.schema;
  const possible = columns
    .map((_, i) => i)
    .filter(
      (i) => i !== id && i !== person && (SITE.test(columns[i]?.name ?? "") || isGroup(table.columns[i])),
    )
    .sort((a, b) => Number(SITE.test(columns[b]?.name ?? "")) - Number(SITE.test(columns[a]?.name ?? "")));
  return possible.find((i) => {
    const places = keyOf(table.columns[i] as Column, table.rows);
    const different = places.reduce((most, place) => Math.max(most, place + 1), 0);
    if (different < 2 || different > MOST_PLACES) return false;
    const both = Int32Array.from(own, (one, row) =>
      one < 0 || (places[row] as number) < 0 ? -1 : one * different + (places[row] as number),
    );
    const together = withinOf(both, table.columns[person] as Column, table.rows);
    return together.several >= apart.several / 2 && together.changing <= STILL * apart.changing;
  });
}

const isGroup = (column: Column | undefined): boolean =>
  column?.type === "coded" && column.levels.length >= 2 && column.levels.length <= 50;

/** Row -> the same number for the same value; -1 = missing. */
function keyOf(column: Column, rows: number): Int32Array {
  const places = new Map<number, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    if (isMissingCell(column, row)) return -1;
    const value = (column.type === "coded" ? column.codes[row] : column.values[row]) as number;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
}

function withinOf(keys: Int32Array, column: Column, rows: number): Within {
  const values = keyOf(column, rows);
  const first = new Map<number, number>();
  const [several, changing] = [new Set<number>(), new Set<number>()];
  keys.forEach((key, row) => {
    const value = values[row] as number;
    if (key < 0 || value < 0) return;
    const before = first.get(key);
    if (before === undefined) first.set(key, value);
    else {
      several.add(key);
      if (before !== value) changing.add(key);
    }
  });
  return { several: several.size, changing: changing.size };
}

function troubleOf(
  { schema: { columns } }: Table,
  { id, person, place, apart }: { id: number; person: number; place: number; apart: Within },
): CourseTrouble {
  const [ids, persons, places] = [id, person, place].map((i) => columns[i]?.name ?? "") as [
    string,
    string,
    string,
  ];
  const taken = columns.map(({ name }) => name);
  const free = (name: string): string => (taken.includes(name) ? free(`${name}_`) : name);
  const column = free(`${places}_${ids}`);
  return {
    level: "check",
    words: `${persons} changes within ${apart.changing.toLocaleString("en-US")} of ${apart.several.toLocaleString("en-US")} values of ${ids}, but not within those of one ${places}: the same ${ids} may be another person in another ${places}.`,
    ways: [
      {
        label: `Tell patients apart by ${places} and ${ids}`,
        changes: [
          { type: "clean", step: { step: "combine", column, columns: [places, ids], at: "-" } },
          { type: "role", column, role: "identifier" },
        ],
      },
    ],
  };
}
