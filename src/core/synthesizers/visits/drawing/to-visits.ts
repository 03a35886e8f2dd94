import type { Column, ColumnSchema, Schema, Table } from "../../../table/table.ts";
import type { VisitParts } from "../network/course-state.ts";
import type { CategoryPart } from "../columns/category-part.ts";
import type { NumberPart } from "../columns/number-part.ts";
import { snap } from "../../../codec/columns/grid.ts";
import type { Round } from "./course-run.ts";
import { knownOf, visitCells } from "../columns/statics.ts";
import type { KnownOfPatients, StaticParts } from "../columns/statics.ts";

/** What a model's rows look like: the table's name and schema, and where its columns come from. */
export interface VisitColumns {
  readonly name: string;
  readonly schema: Schema;
  readonly time: number;
  readonly statics: StaticParts;
}

/** One visit: the round it was drawn in, its place there, and whose it is. */
interface Place {
  readonly round: number;
  readonly at: number;
  readonly patient: number;
}

/**
 * Visits of rounds as a table. `patients`: the table of patients, row by slot; `owner`: the number of a slot's patient, -1
 * where it is left out. Rows of a patient stand beside each other, patients by number, each in the order of rounds.
 */
export function visitsTable(
  parts: VisitParts,
  like: VisitColumns,
  patients: Table,
  rounds: readonly Round[],
  owner: Int32Array,
): Table {
  const places: Place[] = [];
  rounds.forEach(({ slots }, round) =>
    slots.forEach((slot, at) => {
      const patient = owner[slot] as number;
      if (patient >= 0) places.push({ round, at, patient });
    }),
  );
  places.sort((a, b) => a.patient - b.patient || a.round - b.round);
  const known = knownOf(patients, like.statics, parts.clock);
  const columns = like.schema.columns.map((schema, i) =>
    columnOf(i, schema, { parts, like, patients, known, rounds, places }),
  );
  return {
    name: like.name,
    rows: places.length,
    columns,
    schema: like.schema,
    patients: Int32Array.from(places, ({ patient }) => patient),
  };
}

interface Source {
  readonly parts: VisitParts;
  readonly like: VisitColumns;
  readonly patients: Table;
  readonly known: KnownOfPatients;
  readonly rounds: readonly Round[];
  readonly places: readonly Place[];
}

function columnOf(i: number, schema: ColumnSchema, source: Source): Column {
  const { parts, like, patients, known, rounds, places } = source;
  const numeric = (of: (place: Place) => number): Column => ({
    type: "numeric",
    values: Float64Array.from(places, of),
  });
  const slotOf = ({ round, at }: Place): number => rounds[round]?.slots[at] as number;
  if (i === like.time) return numeric(({ round, at }) => rounds[round]?.visits.times[at] as number);
  const fixed = like.statics.columns.indexOf(i);
  if (fixed >= 0) {
    const cells = visitCells(patients, like.statics, known, fixed, schema, parts.clock);
    if (cells.type === "numeric") return numeric((place) => cells.values[slotOf(place)] as number);
    return {
      type: "coded",
      codes: Int32Array.from(places, (place) => cells.codes[slotOf(place)] as number),
      levels: cells.levels,
    };
  }
  const j = parts.numbers.findIndex(({ column }) => column === i);
  if (j >= 0) {
    const width = parts.numbers.length;
    const part = parts.numbers[j] as NumberPart;
    return numeric(({ round, at }) => {
      const { values, times } = (rounds[round] as Round).visits;
      const value = values[at * width + j] as number;
      return part.dated ? snap((times[at] as number) + value * parts.clock.tick, part.grid) : value;
    });
  }
  const c = parts.categories.findIndex(({ column }) => column === i);
  const { code } = parts.categories[c] as CategoryPart;
  const width = parts.categories.length;
  return {
    type: "coded",
    codes: Int32Array.from(places, ({ round, at }) => rounds[round]?.visits.levels[at * width + c] as number),
    levels: code.levels,
  };
}
