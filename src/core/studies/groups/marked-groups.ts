import { FaultError } from "../../fault.ts";
import { placesOf } from "../../metrics/fairness/group-columns.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { patientsIn } from "../../metrics/measuring/patients.ts";
import { takeRows, targetColumn, type Table } from "../../table/table.ts";
import { HELD_OUT } from "../measuring/split-source.ts";
import { refusedStudy } from "../study.ts";

/** Patients of a group without whom no model of it is learned. */
export const LEAST_TO_LEARN = 50;
/** Held-out patients of a group without whom nothing is measured on it. */
export const LEAST_TO_MEASURE = 20;

/** People who share a value of a column, or a band of its numbers. */
export interface MarkedGroup {
  /** its own value, with the column's name where the value says nothing alone: "Female", "age 40 to 64", "sex 1" */
  readonly name: string;
  /** patients to learn from; never 1 to 4 */
  readonly patients: number;
  readonly place: number;
  /** why it has no model of its own, after its name */
  readonly refused?: string;
}

export interface Marking {
  readonly column: string;
  readonly groups: readonly MarkedGroup[];
  /** how a number was cut, one sentence */
  readonly how?: string;
}

const SAYS_NOTHING = /^([-\d]|under |other \(|not recorded|(yes|no|true|false|y|n|t|f|m)$)/i;

/** The place of each row of `others` by the groups that `train` has in `column`. */
function placesIn(train: Table, column: string, others: readonly Table[]) {
  const [aligned] = alignColumns([train, ...others], [column]);
  if (aligned === undefined) throw new RangeError(`There is no column ${column}.`);
  return placesOf(aligned, (own, size) => patientsIn(own, size, train.patients));
}

/** Row numbers of `table` in the group at `place`. */
export function rowsInGroup(train: Table, column: string, place: number, table: Table): Int32Array {
  const [, places = new Int32Array(0)] = placesIn(train, column, [table]).of;
  return Int32Array.from(places.keys()).filter((row) => places[row] === place);
}

/**
 * The groups of `column` among `train`, the largest first, with those too small to be learned or measured. Values of 1 to 4
 * patients are one group together, as everywhere.
 */
export function markedGroups(train: Table, holdout: Table, column: string): Marking {
  const { labels, of, how } = placesIn(train, column, [holdout]);
  const [learned, held] = [train, holdout].map((table, t) =>
    patientsIn(of[t] ?? new Int32Array(0), labels.length, table.patients),
  );
  const groups = labels.map((label, place): MarkedGroup => {
    const name = SAYS_NOTHING.test(label) ? `${column} ${label}` : label;
    const patients = learned?.[place] ?? 0;
    const refused = refusalOf(patients, held?.[place] ?? 0);
    return { name, patients, place, ...(refused !== undefined && { refused }) };
  });
  return {
    column,
    groups: groups.toSorted((a, b) => b.patients - a.patients),
    ...(how !== undefined && { how }),
  };
}

function refusalOf(learned: number, held: number): string | undefined {
  if (learned < LEAST_TO_LEARN)
    return `${learned} patients to learn from, at least ${LEAST_TO_LEARN} are needed`;
  return held < LEAST_TO_MEASURE
    ? `fewer than ${LEAST_TO_MEASURE} held-out patients to measure on`
    : undefined;
}

/** Throws FaultError `study-refused` where fewer than two groups are large enough. */
export function checkedGroups(marking: Marking): Marking {
  const { column, groups } = marking;
  const enough = groups.filter(({ refused }) => refused === undefined);
  if (enough.length >= 2) return marking;
  const small = groups.filter(({ refused }) => refused !== undefined);
  const listed = small
    .slice(0, 5)
    .map(({ name, refused = "" }) => `${name} (${refused})`)
    .join("; ");
  const reason =
    groups.length < 2
      ? `“${column}” marks one group only, so there is nothing to compare.`
      : `${enough.length === 0 ? "No group" : "Only one group"} of “${column}” is large enough. Too small: ${listed}.`;
  throw new FaultError(
    refusedStudy(
      reason,
      "Take another column, join its small values to larger ones, or open a larger table.",
    ),
  );
}

/** A column that may mark groups. */
export interface GroupColumn {
  readonly name: string;
  /** groups that would likely be large enough */
  readonly large: number;
}

/** Columns of `learned` that mark at least two groups: sensitive ones first, then those with large groups, values before bands. */
export function groupColumns(learned: Table): GroupColumn[] {
  const target = targetColumn(learned.schema);
  const whole = takeRows(
    learned,
    Int32Array.from({ length: learned.rows }, (_, row) => row),
  );
  return learned.schema.columns
    .flatMap((schema, at) => {
      if (at === target || schema.kind === "datetime" || schema.kind === "constant") return [];
      const { labels, of } = placesIn(whole, schema.name, []);
      if (labels.length < 2) return [];
      const patients = patientsIn(of[0] ?? new Int32Array(0), labels.length, learned.patients);
      const large = patients.filter((count) => count * (1 - HELD_OUT) >= LEAST_TO_LEARN).length;
      const rank =
        (large >= 2 ? 0 : 4) +
        (schema.role === "sensitive" ? 0 : 2) +
        (learned.columns[at]?.type === "coded" ? 0 : 1);
      return [{ name: schema.name, large, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank || a.large - b.large)
    .map(({ name, large }) => ({ name, large }));
}
