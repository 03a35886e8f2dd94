import type { Pulse } from "../../math/breathe.ts";
import { withholding } from "../../codec/columns/withheld.ts";
import { spearman } from "../../math/scores/rank-correlation.ts";
import { learnedColumns } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import type { ColumnStates, StatePairs } from "./column-states.ts";
import { columnStates } from "./column-states.ts";
import { fixedCombinations } from "./combinations.ts";
import type { Constraint, FoundRule } from "../constraint.ts";
import { rulesOfPair } from "./pair-rules.ts";
import { missingTogether } from "./missing-together.ts";

/** Rows, evenly spread, in which absences are looked for; every row is asked about what was found there. */
const SEARCHED_ROWS = 20_000;
/** Rows that chance would give a pair at least, and the chance that any one of all pairs looked at is found wrongly. */
const LEAST_EXPECTED = 10;
const MISTAKEN = 0.01;
/** Two numbers of five values or more whose ranks go together so closely never have their ends together. */
const RISING_TOGETHER = 0.3;

/**
 * What no row combines though chance would give many: levels, numbers that come often and missing cells of two columns,
 * combinations of levels of which only few of those possible occur, columns that are missing together. Under
 * independence n_a n_b / n = E of n rows are expected to have both states, and none has with probability
 * C(n - n_a, n_b) / C(n, n_b) <= p = min((1 - n_a / n)^n_b, (1 - n_b / n)^n_a); a pair is taken to be one that cannot be
 * where E >= 10 and M p <= .01, M pairs looked at (Bonferroni). A state beside which the other column never has a cell is
 * asked about all its values at once. Rows are counted in patients.
 * Only states that five or more patients share are named. `pulse` is awaited between columns; rejects as it does.
 */
export async function findNever(train: Table, pulse: Pulse = () => Promise.resolve()): Promise<FoundRule[]> {
  const known = withholding(train).apply(train);
  const columns = learnedColumns(known.schema);
  await pulse();
  const together = missingTogether(known, columns);
  await pulse();
  const fixed = await fixedCombinations(known, columns, pulse);
  const all: ColumnStates[] = [];
  for (const j of columns) {
    const states = columnStates(known, j);
    if (states) all.push(states);
    await pulse();
  }
  const pairs = await absentPairs(all, known, pulse);
  const apart = new Set(fixed.map(({ constraint }) => keyOf(constraint)));
  const silent = new Set(together.flatMap(({ columns: names }) => names.slice(1)));
  const gates = rulesOfPair(
    pairs.map((pair) =>
      apart.has([pair.a.name, pair.b.name].sort().join("\n")) ? besideMissing(pair) : pair,
    ),
    silent,
    known.patients,
  );
  return [
    ...together.map(({ columns: names, rows }) => held({ kind: "missing-together", columns: names }, rows)),
    ...fixed,
    ...gates.map(({ constraint, rows }) => held(constraint, rows)),
  ];
}

const held = (constraint: Constraint, rows: number): FoundRule => ({
  constraint,
  support: { rows, broken: 0 },
  nearly: false,
});

const keyOf = (constraint: Constraint): string =>
  constraint.kind === "combinations" ? [...constraint.columns].sort().join("\n") : "";

/** Only the absences beside missing cells: a fixed combination says nothing of those. */
const besideMissing = (pair: StatePairs): StatePairs => ({
  ...pair,
  absent: pair.absent.map((is, at) => {
    const [x, y] = [Math.floor(at / pair.b.states.length), at % pair.b.states.length];
    return x === pair.a.missing || y === pair.b.missing ? is : 0;
  }),
});

/** Pairs of columns some of whose states are never together in any row of `table`. */
async function absentPairs(
  all: readonly ColumnStates[],
  { rows, patients }: Table,
  pulse: Pulse,
): Promise<StatePairs[]> {
  const people = patients ? new Set(patients).size / Math.max(1, rows) : 1;
  const searched = Math.min(rows, SEARCHED_ROWS);
  const sample = all.map(({ codes }) =>
    searched === rows
      ? codes
      : Uint8Array.from({ length: searched }, (_, i) => codes[Math.floor((i * rows) / searched)] as number),
  );
  const expected = (a: ColumnStates, x: number, b: ColumnStates, y: number): number =>
    (((a.counts[x] as number) * (b.counts[y] as number)) / rows) * people;
  let looked = 0;
  for (const [i, a] of all.entries())
    for (const b of all.slice(0, i))
      for (let x = 0; x < a.counts.length; x++)
        for (let y = 0; y < b.counts.length; y++) if (expected(a, x, b, y) >= LEAST_EXPECTED) looked++;
  looked += 2 * all.length * all.filter(({ missing }) => missing >= 0).length;
  const least = Math.log(Math.max(1, looked) / MISTAKEN);
  const surprise = (a: ColumnStates, x: number, b: ColumnStates, y: number): number =>
    people * surpriseOfNone(a.counts[x] as number, b.counts[y] as number, rows);
  const found: StatePairs[] = [];
  for (const [i, b] of all.entries()) {
    for (const [k, a] of all.slice(0, i).entries()) {
      const seen = jointly(sample[k] as Uint8Array, sample[i] as Uint8Array, a, b);
      const chance: Chance = {
        of: (x, y) => expected(a, x, b, y),
        excluded: (x, y) => expected(a, x, b, y) >= LEAST_EXPECTED && surprise(a, x, b, y) >= least,
        least: Math.max(LEAST_EXPECTED, least),
      };
      const maybe = absences(seen, a, b, chance);
      if (!maybe.includes(1)) continue;
      const joint = searched === rows ? seen : jointly(a.codes, b.codes, a, b);
      const absent = searched === rows ? maybe : absences(joint, a, b, chance);
      if (absent.includes(1)) found.push({ a, b, joint, absent });
    }
    await pulse(i / all.length);
  }
  return found;
}

/** -log of a bound on the chance that no row is among both `one` and `other` of `rows` rows. */
const surpriseOfNone = (one: number, other: number, rows: number): number =>
  Math.max(-other * Math.log1p(-one / rows), -one * Math.log1p(-other / rows));

/** What chance would give states x and y of two columns. */
interface Chance {
  /** rows, counted in patients */
  readonly of: (x: number, y: number) => number;
  /** whether that it gives none can be excluded */
  readonly excluded: (x: number, y: number) => boolean;
  /** rows of all values together from which it can */
  readonly least: number;
}

/** Rows of each pair of states, a's x b's. */
function jointly(one: Uint8Array, other: Uint8Array, a: ColumnStates, b: ColumnStates): Float64Array {
  const width = b.states.length;
  const joint = new Float64Array(a.states.length * width);
  for (let i = 0; i < one.length; i++) {
    const at = (one[i] as number) * width + (other[i] as number);
    joint[at] = (joint[at] as number) + 1;
  }
  return joint;
}

/** 1 for the pairs of named states without a row, of which chance would give `least`, alone or with all values of one. */
function absences(joint: Float64Array, a: ColumnStates, b: ColumnStates, chance: Chance): Uint8Array {
  const out = new Uint8Array(joint.length);
  let together: boolean | undefined;
  joint.forEach((count, at) => {
    if (count > 0) return;
    const [x, y] = [Math.floor(at / b.states.length), at % b.states.length];
    const nameless = a.states[x]?.type === "unnamed" || b.states[y]?.type === "unnamed";
    if (nameless || !chance.excluded(x, y)) return;
    if (x !== a.missing && y !== b.missing) {
      together ??= risingTogether(a, b);
      if (together) return;
    }
    out[at] = 1;
  });
  const width = b.states.length;
  const rows = a.states.map((_, x) => b.states.map((_state, y) => x * width + y));
  const columns = b.states.map((_, y) => a.states.map((_state, x) => x * width + y));
  const of = (at: number): number => chance.of(Math.floor(at / width), at % width);
  markEmpty(rows, a, b, { joint, out, of, least: chance.least });
  markEmpty(columns, b, a, { joint, out, of, least: chance.least });
  return out;
}

/** Marks the pairs of each state of `one` beside which `other` never has a cell though chance would give enough. */
function markEmpty(
  lines: readonly (readonly number[])[],
  one: ColumnStates,
  other: ColumnStates,
  {
    joint,
    out,
    of,
    least,
  }: { joint: Float64Array; out: Uint8Array; of: (at: number) => number; least: number },
): void {
  if (other.missing < 0) return;
  lines.forEach((line, k) => {
    if (one.states[k]?.type === "unnamed") return;
    const cells = line.filter((_, y) => y !== other.missing);
    const never = cells.every((at) => joint[at] === 0);
    if (never && cells.reduce((sum, at) => sum + of(at), 0) >= least) for (const at of cells) out[at] = 1;
  });
}

/** Whether two numbers of five values or more rise or fall together, so that their ends do not meet by nature. */
function risingTogether(a: ColumnStates, b: ColumnStates): boolean {
  if (!a.ordered || !b.ordered) return false;
  const step = Math.max(1, Math.floor(a.codes.length / 5000));
  const rows: number[] = [];
  for (let i = 0; i < a.codes.length; i += step)
    if (a.codes[i] !== a.missing && b.codes[i] !== b.missing) rows.push(i);
  const rho = spearman(
    rows.map((i) => a.codes[i] as number),
    rows.map((i) => b.codes[i] as number),
  );
  return Math.abs(rho) >= RISING_TOGETHER;
}
