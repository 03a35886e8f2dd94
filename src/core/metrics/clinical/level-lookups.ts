import type { PlausibilityRule } from "../../clinic/rules/rule.ts";
import type { Rng } from "../../math/rng.ts";
import type { CodedColumn, ColumnSchema, Table } from "../../table/table.ts";
import { LEAST_PATIENTS, patientsIn } from "../measuring/patients.ts";

const MOST_COLUMNS = 40;
const LEAST_LEVELS = 3;
const MOST_LEVELS = 2000;
const LEAST_ROWS = 30;
const MAY_FAIL = 0.005;
const SAYS_SOMETHING = 0.2;

interface Levels {
  readonly schema: ColumnSchema;
  readonly column: CodedColumn;
  readonly used: number;
}

/**
 * Columns whose level says another's in nearly all rows of `train` (a city its county, a code its name), and would not if the
 * columns were shuffled. Levels of fewer than five patients say nothing.
 */
export function levelLookups(train: Table, rng: Rng): PlausibilityRule[] {
  const columns = train.columns.flatMap((column, i): Levels[] => {
    const schema = train.schema.columns[i] as ColumnSchema;
    if (column.type !== "coded" || schema.kind === "text" || schema.kind === "identifier") return [];
    const used = new Set(column.codes.filter((code) => code >= 0)).size;
    return used >= 2 && used <= MOST_LEVELS ? [{ schema, column, used }] : [];
  });
  const tried = columns.slice(0, MOST_COLUMNS);
  const order = rng.permutation(train.rows);
  return tried.flatMap((from) =>
    tried.flatMap((to) => {
      const finer = from.used > to.used || (from.used === to.used && tried.indexOf(from) < tried.indexOf(to));
      if (from === to || from.used < LEAST_LEVELS || !finer) return [];
      return lookup(from, to, train, order);
    }),
  );
}

function lookup(from: Levels, to: Levels, train: Table, order: Int32Array): PlausibilityRule[] {
  const patients = patientsIn(from.column.codes, from.column.levels.length, train.patients);
  const counts = new Map<number, Map<number, number>>();
  for (let row = 0; row < train.rows; row++) {
    const [a, b] = [from.column.codes[row] as number, to.column.codes[row] as number];
    if (a < 0 || b < 0 || (patients[a] as number) < LEAST_PATIENTS) continue;
    const own = counts.get(a) ?? new Map<number, number>();
    own.set(b, (own.get(b) ?? 0) + 1);
    counts.set(a, own);
  }
  const says = new Map<number, number>();
  for (const [a, own] of counts) says.set(a, [...own].reduce((x, y) => (y[1] > x[1] ? y : x))[0]);
  const broken = (other: (row: number) => number): { asked: number; broken: number } => {
    const sum = { asked: 0, broken: 0 };
    for (let row = 0; row < train.rows; row++) {
      const [expected, b] = [
        says.get(from.column.codes[row] as number),
        to.column.codes[other(row)] as number,
      ];
      if (expected === undefined || b < 0) continue;
      sum.asked++;
      if (b !== expected) sum.broken++;
    }
    return sum;
  };
  const real = broken((row) => row);
  const mixed = broken((row) => order[row] as number);
  if (real.asked < LEAST_ROWS || real.broken > MAY_FAIL * real.asked) return [];
  if (mixed.broken < SAYS_SOMETHING * mixed.asked) return [];
  return [ruleOf(from, to, says)];
}

/** By the levels' texts, since another table may have other codes. */
function ruleOf(from: Levels, to: Levels, says: ReadonlyMap<number, number>): PlausibilityRule {
  const texts = new Map([...says].map(([a, b]) => [from.column.levels[a], to.column.levels[b]]));
  return {
    text: `${from.schema.name} says ${to.schema.name}`,
    columns: [from.schema.name, to.schema.name],
    breaks: ([a, b]) => {
      if (a?.type !== "coded" || b?.type !== "coded") return () => undefined;
      const expected = a.levels.map((level) => texts.get(level));
      return (row) => {
        const [wanted, level] = [expected[a.codes[row] as number], b.levels[b.codes[row] as number]];
        return wanted === undefined || level === undefined ? undefined : level !== wanted;
      };
    },
  };
}
