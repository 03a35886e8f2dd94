import { placesOf, type Places } from "../../metrics/fairness/group-columns.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { patientsIn, patientsOf } from "../../metrics/measuring/patients.ts";
import type { Table } from "../../table/table.ts";
import { listWords } from "../reducing/list-words.ts";

/** Share of the patients below which a subgroup is small. */
export const SMALL = 0.1;
const MOST_COLUMNS = 6;

export interface Subgroup {
  /** "race: Black" */
  readonly name: string;
  /** patients to learn from */
  readonly patients: number;
  readonly small: boolean;
}

export interface Subgroups {
  readonly groups: readonly Subgroup[];
  /** how they are cut and what small means, one sentence each */
  readonly how: readonly string[];
}

/** 1 for each row of a table that is in a part of the patients, by table. */
export interface Members {
  /** a subgroup's name, "small" (in any small subgroup), "large" (in none) or "all" */
  readonly who: string;
  readonly of: readonly Uint8Array[];
}

/**
 * The levels and bands of the columns that are marked sensitive, as everywhere in Semblance: levels as they are, ages in bands,
 * other numbers in quarters, those of fewer than five patients together. Small are those of fewer than a tenth of the patients
 * in `train`; where there are none, those of fewer than their column's equal share. Undefined where no column is sensitive or
 * none has two subgroups.
 */
export function subgroupsOf(train: Table): Subgroups | undefined {
  const places = sensitivePlaces([train], train);
  const all = patientsOf(train);
  const counted = places.map((own) => ({
    own,
    patients: patientsIn(own.of[0] as Int32Array, own.labels.length, train.patients),
  }));
  const listed = counted.flatMap(({ own, patients }) =>
    own.labels.map((label, i) => ({
      name: nameOf(own, label),
      patients: patients[i] as number,
      equal: all / own.labels.length,
    })),
  );
  if (listed.length === 0) return undefined;
  const tenth = listed.some(({ patients }) => patients < SMALL * all);
  const groups = listed
    .map(({ name, patients, equal }) => ({
      name,
      patients,
      small: patients < (tenth ? SMALL * all : equal),
    }))
    .toSorted((a, b) => b.patients - a.patients);
  const few = groups.filter(({ small }) => small).map(({ name }) => name);
  if (few.length === 0) return undefined;
  const bar = tenth
    ? `fewer than a tenth of the patients (${Math.ceil(SMALL * all)})`
    : "fewer patients than an equal share of their column, since none has fewer than a tenth";
  return {
    groups,
    how: [
      ...places.flatMap(({ how }) => (how ? [how] : [])),
      `Small subgroups have ${bar}: ${listWords(few)}. A patient who is in any of them counts as small, everybody else as large.`,
    ],
  };
}

/** Which rows of `tables` are in which part; levels and cuts are those of `train`. */
export function membersOf(train: Table, { groups }: Subgroups, tables: readonly Table[]): Members[] {
  const places = sensitivePlaces([train, ...tables], train);
  const named: Members[] = places.flatMap((own) =>
    own.labels.map((label, i) => ({
      who: nameOf(own, label),
      of: tables.map((_, t) =>
        Uint8Array.from(own.of[t + 1] as Int32Array, (place) => (place === i ? 1 : 0)),
      ),
    })),
  );
  const small = new Set(groups.filter((group) => group.small).map(({ name }) => name));
  const few = named.filter(({ who }) => small.has(who));
  const inSmall = tables.map((table, t) =>
    Uint8Array.from({ length: table.rows }, (_, row) => (few.some(({ of }) => of[t]?.[row] === 1) ? 1 : 0)),
  );
  return [
    { who: "small", of: inSmall },
    { who: "large", of: inSmall.map((own) => own.map((one) => 1 - one)) },
    ...named,
  ];
}

const nameOf = ({ column }: Places, label: string): string => `${column}: ${label}`;

/** Of the sensitive columns that have at least two places; the target is none of them. */
function sensitivePlaces(tables: readonly Table[], train: Table): Places[] {
  const sensitive = train.schema.columns.filter(({ role }) => role === "sensitive").map(({ name }) => name);
  return alignColumns(tables, sensitive.slice(0, MOST_COLUMNS))
    .map((column) => placesOf(column, (own, size) => patientsIn(own, size, train.patients)))
    .filter(({ labels }) => labels.length > 1);
}
