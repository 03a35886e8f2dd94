import type { Pulse } from "../../math/breathe.ts";
import { breathe } from "../../math/breathe.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import type { FoundRule } from "../constraint.ts";
import type { Expression } from "../expression.ts";
import type { FewValued } from "./few-valued.ts";
import { fewValuedIn, isOneOf, isSameAs } from "./few-valued.ts";
import { beyondChance, patientCounter, searchedRows } from "./searched-rows.ts";

/** Rows in which something must be so, and rows in which it must not, before it is worth asking when it is. */
const LEAST_EITHER = 10;
/** Share of the rows in which two columns, or a column and one number, are equal. */
const LEAST_TIED = 0.02;
/** Different values of columns that are told to be equal: few are equal by chance. */
const LEAST_VALUES = 10;
/** Levels of each of two columns that are looked at together; conditions that are kept for one conclusion. */
const MOST_TOGETHER = 6;
/** Columns that are looked at two by two: those by whose levels the fact differs most. */
const MOST_PAIRED = 12;
const MOST_CONDITIONS = 4;

/** What is so in some rows: 1 where it is, 0 where it is not, 2 in rows that it asks nothing of. */
interface Fact {
  readonly holds: Uint8Array;
  /** columns that cannot be its condition */
  readonly about: readonly number[];
  readonly then: Expression;
  /** whether conditions on one column are found elsewhere */
  readonly pairsOnly: boolean;
}

/** Rows of the same values of one or two columns. */
interface Condition {
  readonly when: Expression;
  readonly rows: readonly number[];
}

/**
 * What is so in all rows of some levels of one or two columns, and not in others: two columns are equal; or, where two
 * columns together decide (`findNever` says what one does), a cell is empty or a number always the same. Every condition
 * stands for at least five patients, and for so many that chance is excluded among all conditions that are looked at.
 * The fewest conditions that explain the most rows are kept.
 */
export async function findGates(table: Table, pulse: Pulse = breathe): Promise<FoundRule[]> {
  const few = fewValuedIn(table);
  const tied = await tiedPairs(table, pulse);
  const empty = emptyCells(table);
  await pulse();
  const facts = [...tied, ...empty, ...constantCells(table)];
  const levels = few.reduce((sum, { values }) => sum + values.length, 0);
  const found: FoundRule[] = [];
  for (const [at, fact] of facts.entries()) {
    await pulse(at / facts.length);
    const conditions = conditionsOf(fact, few, table, facts.length * levels);
    for (const { when, rows } of conditions)
      found.push({
        constraint: { kind: "implies", when, then: fact.then },
        support: { rows: rows.length, broken: 0 },
        nearly: false,
      });
  }
  return found;
}

const valuesOf = (table: Table, j: number): Float64Array => (table.columns[j] as NumericColumn).values;
const nameOf = (table: Table, j: number): string => table.schema.columns[j]?.name ?? "";

function manyValued(table: Table): number[] {
  return table.columns.flatMap((column, j) =>
    column.type === "numeric" && new Set(column.values.filter(Number.isFinite)).size > LEAST_VALUES
      ? [j]
      : [],
  );
}

function counts(holds: Uint8Array): { so: number; not: number } {
  let so = 0;
  let not = 0;
  for (const is of holds)
    if (is === 1) so++;
    else if (is === 0) not++;
  return { so, not };
}

const worthAsking = (fact: Fact): boolean => {
  const { so, not } = counts(fact.holds);
  return so >= LEAST_EITHER && not >= LEAST_EITHER;
};

/** Pairs of numbers, or of dates, that are equal in some rows. */
async function tiedPairs(table: Table, pulse: Pulse): Promise<Fact[]> {
  const sample = searchedRows(table);
  const columns = manyValued(table);
  const isDate = (j: number): boolean => table.schema.columns[j]?.kind === "datetime";
  const facts: Fact[] = [];
  for (const [k, a] of columns.entries()) {
    await pulse();
    for (const b of columns.slice(k + 1)) {
      if (isDate(a) !== isDate(b)) continue;
      const x = valuesOf(sample, a);
      const y = valuesOf(sample, b);
      let both = 0;
      let equal = 0;
      for (let i = 0; i < x.length; i++) {
        const difference = (x[i] as number) - (y[i] as number);
        if (difference === 0) equal++;
        if (!Number.isNaN(difference)) both++;
      }
      if (equal < LEAST_TIED * both || equal === both) continue;
      const other = valuesOf(table, b);
      const holds = Uint8Array.from(valuesOf(table, a), (value, i) => {
        const difference = value - (other[i] as number);
        return Number.isNaN(difference) ? 2 : difference === 0 ? 1 : 0;
      });
      facts.push({
        holds,
        about: [a, b],
        then: isSameAs(nameOf(table, a), nameOf(table, b)),
        pairsOnly: false,
      });
    }
  }
  return facts.filter(worthAsking);
}

/** Columns with empty cells, one of all those that are empty in the same rows. */
function emptyCells(table: Table): Fact[] {
  const seen = new Set<string>();
  return table.columns.flatMap((column, j): Fact[] => {
    const cells = column.type === "numeric" ? column.values : column.codes;
    const holds = Uint8Array.from(cells, (cell) =>
      Number.isNaN(cell) || (column.type === "coded" && cell < 0) ? 1 : 0,
    );
    const pattern = holds.join("");
    if (seen.has(pattern)) return [];
    seen.add(pattern);
    const fact: Fact = {
      holds,
      about: [j],
      then: { type: "missing", column: nameOf(table, j) },
      pairsOnly: true,
    };
    return worthAsking(fact) ? [fact] : [];
  });
}

/** Numbers of which one value comes often. */
function constantCells(table: Table): Fact[] {
  return manyValued(table).flatMap((j): Fact[] => {
    const values = valuesOf(table, j);
    const times = new Map<number, number>();
    for (const value of values) if (Number.isFinite(value)) times.set(value, (times.get(value) ?? 0) + 1);
    const [most] = [...times].sort((a, b) => b[1] - a[1]);
    if (most === undefined || most[1] < LEAST_TIED * values.length) return [];
    const holds = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 2 : value === most[0] ? 1 : 0));
    const fact: Fact = { holds, about: [j], then: isOneOf(nameOf(table, j), [most[0]]), pairsOnly: true };
    return worthAsking(fact) ? [fact] : [];
  });
}

/** The conditions under which `fact` is always so: levels of one column, then of two where that explains more. */
function conditionsOf(fact: Fact, few: readonly FewValued[], table: Table, looked: number): Condition[] {
  const { so, not } = counts(fact.holds);
  const asked = few.filter(({ column }) => !fact.about.includes(column));
  const enough = patientCounter(table);
  const always = (rows: readonly number[], among: number, share = so / (so + not)): boolean =>
    rows.length >= 5 && beyondChance(enough(rows), share, among);
  const left = Uint8Array.from(fact.holds);
  const chosen: Condition[] = [];
  const take = (conditions: readonly Condition[], named = true): void => {
    for (const { rows } of conditions) for (const row of rows) left[row] = 2;
    if (named) chosen.push(...conditions);
  };
  const still = (rows: readonly number[]): readonly number[] => rows.filter((row) => left[row] === 1);
  const single = asked.flatMap((one) => levelsOf(one, fact, (rows) => always(rows, looked)) ?? []);
  for (let k = 0; k < MOST_CONDITIONS; k++) {
    const best = bestOf(single, (rows) => enough(still(rows)));
    if (!best) break;
    take([best], !fact.pairsOnly);
  }
  const open = counts(left).so;
  if (open < LEAST_EITHER || chosen.length >= MOST_CONDITIONS) return chosen;
  const narrow = asked
    .filter(({ values }) => values.length <= MOST_TOGETHER)
    .map((one) => ({ one, apart: differenceBy(one, left) }))
    .sort((a, b) => b.apart - a.apart)
    .slice(0, MOST_PAIRED)
    .map(({ one }) => one)
    .sort((a, b) => a.column - b.column);
  const both = (looked * asked.length * MOST_TOGETHER) / 2;
  let best: { conditions: Condition[]; rows: number } = { conditions: [], rows: 0 };
  narrow.forEach((one, k) => {
    for (const other of narrow.slice(k + 1)) {
      const conditions = combinationsOf(one, other, left, (rows, share) => always(rows, both, share));
      const rows = conditions.reduce((sum, condition) => sum + condition.rows.length, 0);
      if (rows > best.rows) best = { conditions, rows };
    }
  });
  if (best.rows >= LEAST_EITHER) take(best.conditions.slice(0, MOST_CONDITIONS - chosen.length));
  return chosen;
}

/** The condition that explains most patients of those left, at least five. */
function bestOf(
  conditions: readonly Condition[],
  explained: (rows: readonly number[]) => number,
): Condition | undefined {
  let best: Condition | undefined;
  let most = 4;
  for (const condition of conditions) {
    const patients = explained(condition.rows);
    if (patients > most) [best, most] = [condition, patients];
  }
  return best;
}

/** All levels of one column in which the fact is always so, together. */
function levelsOf(
  { codes, values, name }: FewValued,
  { holds }: Fact,
  always: (rows: readonly number[]) => boolean,
): Condition | undefined {
  const groups = groupsOf(codes, values.length, holds);
  const levels = groups.flatMap((rows, code) => (rows && always(rows) ? [code] : []));
  if (levels.length === 0) return undefined;
  return {
    when: isOneOf(
      name,
      levels.map((code) => values[code] as string | number),
    ),
    rows: levels.flatMap((code) => groups[code] as number[]),
  };
}

/**
 * Pairs of levels with which the fact is always so, beyond chance: where one level alone nearly brings it, some part of its
 * rows has no exception anyway.
 */
function combinationsOf(
  one: FewValued,
  other: FewValued,
  left: Uint8Array,
  always: (rows: readonly number[], share: number) => boolean,
): Condition[] {
  const [ofOne, ofOther] = [sharesBy(one, left), sharesBy(other, left)];
  const breadth = other.values.length;
  const codes = one.codes.map((code, i) => {
    const second = other.codes[i] as number;
    return code < 0 || second < 0 ? -1 : code * breadth + second;
  });
  return groupsOf(codes, one.values.length * breadth, left).flatMap((rows, at) => {
    const [first, second] = [Math.floor(at / breadth), at % breadth];
    if (!rows || !always(rows, Math.max(ofOne[first] as number, ofOther[second] as number))) return [];
    const parts = [
      isOneOf(one.name, [one.values[first] as string | number]),
      isOneOf(other.name, [other.values[second] as string | number]),
    ];
    return [{ when: { type: "and", parts }, rows }];
  });
}

/** Share of each level's rows in which the fact is so. */
function sharesBy({ codes, values }: FewValued, holds: Uint8Array): Float64Array {
  const [all, so] = [new Float64Array(values.length), new Float64Array(values.length)];
  codes.forEach((code, i) => {
    if (code < 0 || holds[i] === 2) return;
    all[code] = (all[code] as number) + 1;
    so[code] = (so[code] as number) + (holds[i] as number);
  });
  return so.map((rows, code) => rows / Math.max(1, all[code] as number));
}

/** How much the share of rows in which the fact is so differs between the levels of a column: rows times squares. */
function differenceBy({ codes, values }: FewValued, holds: Uint8Array): number {
  const all = new Float64Array(values.length);
  const so = new Float64Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code < 0 || holds[i] === 2) continue;
    all[code] = (all[code] as number) + 1;
    so[code] = (so[code] as number) + (holds[i] as number);
  }
  const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
  const share = sum(so) / Math.max(1, sum(all));
  return all.reduce((total, rows, code) => {
    const own = (so[code] as number) / Math.max(1, rows);
    return total + rows * (own - share) ** 2;
  }, 0);
}

/** Per code the rows in which the fact is so; undefined for codes with a row in which it is not. */
function groupsOf(codes: Int32Array, count: number, holds: Uint8Array): (number[] | undefined)[] {
  const not = new Uint8Array(count);
  let left = count;
  for (let i = 0; i < codes.length && left > 0; i++) {
    const code = codes[i] as number;
    if (code < 0 || holds[i] !== 0 || not[code] === 1) continue;
    not[code] = 1;
    left--;
  }
  const groups = Array.from(not, (is): number[] | undefined => (is === 1 ? undefined : []));
  if (left === 0) return groups;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code >= 0 && holds[i] !== 2) groups[code]?.push(i);
  }
  return groups;
}
