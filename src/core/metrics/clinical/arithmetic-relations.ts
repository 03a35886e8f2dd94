import type { PlausibilityRule } from "../../clinic/rules/rule.ts";
import { gridOf, stepOf } from "../../codec/columns/grid.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";

/** Columns that are tried with each other; the work grows with the third power. */
const MOST_COLUMNS = 30;
const LEAST_ROWS = 30;
/** Share of the complete rows in which an identity, or an order, may fail. */
const MAY_FAIL = { identity: 0.02, order: 0.004 } as const;
/** Share of the rows that must break it once the columns are shuffled: else it holds whatever the columns do. */
const SAYS_SOMETHING = { identity: 0.2, order: 0.05 } as const;
const DAY = 86_400_000;
const UNITS = [
  ["days", DAY],
  ["years", 365.25 * DAY],
  ["hours", DAY / 24],
  ["minutes", DAY / 1440],
] as const;

interface Numbers {
  readonly schema: ColumnSchema;
  readonly values: Float64Array;
  /** distance between neighbouring values as they are written */
  readonly step: number;
  readonly date: boolean;
}

/** What ties some columns: how far a row is from it, in units of what rounding explains; NaN where a cell is missing. */
interface Tie {
  readonly text: string;
  readonly columns: readonly Numbers[];
  readonly kind: keyof typeof MAY_FAIL;
  /** above 1: broken */
  off(values: readonly number[]): number;
}

/**
 * Identities and orders between numbers or dates that hold in nearly all complete rows of `train`, and would not if the
 * columns were shuffled: a = b, a = k b + c, a = b + c, a = (date - date) in days, a = k b c, a = k b / c, a = k b / c², a <= b.
 * @returns rules, the plainest first, and how many numbers were left out to bound the work
 */
export function arithmeticRelations(train: Table, rng: Rng): { rules: PlausibilityRule[]; leftOut: number } {
  const all = train.columns.flatMap((column, i) =>
    numbersOf(column, train.schema.columns[i] as ColumnSchema),
  );
  const tried =
    all.length <= MOST_COLUMNS
      ? all
      : [...rng.choose(all.length, MOST_COLUMNS)].sort((a, b) => a - b).map((i) => all[i] as Numbers);
  const orders = shuffles(train.rows, rng.fork("shuffled"));
  const rules: PlausibilityRule[] = [];
  const tied = new Set<string>();
  for (const tie of ties(tried)) {
    const key = `${tie.kind} ${tie.columns
      .map(({ schema }) => schema.name)
      .sort()
      .join("\n")}`;
    if (tied.has(key) || !holds(tie, train.rows) || !saysSomething(tie, orders)) continue;
    tied.add(key);
    rules.push(ruleOf(tie));
  }
  return { rules, leftOut: all.length - tried.length };
}

function numbersOf(column: Column, schema: ColumnSchema): Numbers[] {
  if (column.type !== "numeric") return [];
  const different = new Set<number>();
  for (const value of column.values) {
    if (Number.isFinite(value)) different.add(value);
    if (different.size > 2) break;
  }
  const step = stepOf(gridOf(schema));
  return different.size > 2
    ? [{ schema, values: column.values, step, date: schema.kind === "datetime" }]
    : [];
}

/** Every tie that could be, plainest first; constants are those of the rows. */
function* ties(columns: readonly Numbers[]): Generator<Tie> {
  for (const [i, a] of columns.entries())
    for (const b of columns.slice(i + 1)) {
      if (a.date === b.date) yield same(a, b);
      if (!a.date && !b.date) yield* scaled(a, b);
    }
  for (const a of columns)
    for (const [i, b] of columns.entries())
      for (const [j, c] of columns.entries()) {
        if (a === b || a === c || i === j) continue;
        if (!a.date && b.date && c.date) yield* elapsed(a, b, c);
        if (a.date || b.date || c.date) continue;
        if (i < j) yield sum(a, b, c);
        if (i < j) yield* product(a, b, c, 1);
        yield* product(a, b, c, -2);
      }
  for (const a of columns) for (const b of columns) if (a !== b && a.date === b.date) yield order(a, b);
}

const nameOf = ({ schema }: Numbers): string => schema.name;

const same = (a: Numbers, b: Numbers): Tie => ({
  text: `${nameOf(a)} equals ${nameOf(b)}`,
  columns: [a, b],
  kind: "identity",
  off: ([x, y]) => distance(x as number, y as number, Math.max(a.step, b.step) / 2),
});

const order = (a: Numbers, b: Numbers): Tie => ({
  text: `${nameOf(a)} is not ${a.date ? "after" : "above"} ${nameOf(b)}`,
  columns: [a, b],
  kind: "order",
  off: ([x, y]) => ((x as number) - (y as number) > 0 ? 2 : (x as number) - (y as number)),
});

/** a = b + c. Whole numbers add up exactly; others to the rounding of all three. */
const sum = (a: Numbers, b: Numbers, c: Numbers): Tie => {
  const steps = [a, b, c].map(({ step }) => step);
  const within = steps.every((step) => step === 1) ? 0.5 : steps.reduce((x, y) => x + y, 0) / 2;
  return {
    text: `${nameOf(a)} is ${nameOf(b)} + ${nameOf(c)}`,
    columns: [a, b, c],
    kind: "identity",
    off: ([x, y, z]) => distance(x as number, (y as number) + (z as number), within),
  };
};

/** a is the time from c to b. Parts of a unit may be rounded either way, or counted by calendar days. */
function* elapsed(a: Numbers, b: Numbers, c: Numbers): Generator<Tie> {
  for (const [unit, length] of UNITS) {
    const fine = Math.max(b.step, c.step) < length * a.step;
    yield {
      text: `${nameOf(a)} is ${nameOf(b)} − ${nameOf(c)} in ${unit}`,
      columns: [a, b, c],
      kind: "identity",
      off: ([x, y, z]) =>
        distance(x as number, ((y as number) - (z as number)) / length, fine ? 1.01 * a.step : a.step / 2),
    };
  }
}

/** a = k b + d: another unit of the same quantity. */
function* scaled(a: Numbers, b: Numbers): Generator<Tie> {
  const rows = complete([a, b], 400);
  if (rows.length < LEAST_ROWS) return;
  const [x, y] = [b, a].map(({ values }) => rows.map((row) => values[row] as number)) as [number[], number[]];
  const [mx, my] = [average(x), average(y)];
  const xx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  const k = x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] as number) - my), 0) / xx;
  if (!Number.isFinite(k) || Math.abs(k) < 1e-12) return;
  const d = my - k * mx;
  const within = 0.55 * (a.step + Math.abs(k) * b.step);
  yield {
    text: `${nameOf(a)} is ${short(k)} × ${nameOf(b)}${Math.abs(d) > within ? ` ${d < 0 ? "−" : "+"} ${short(Math.abs(d))}` : ""}`,
    columns: [a, b],
    kind: "identity",
    off: ([u, v]) => distance(u as number, k * (v as number) + d, within),
  };
}

/** a = k b c^power, k from the rows; tolerance: rounding of all three. */
function* product(a: Numbers, b: Numbers, c: Numbers, power: 1 | -2): Generator<Tie> {
  const rows = complete([a, b, c], 60).filter((row) =>
    [a, b, c].every(({ values }) => (values[row] as number) > 0),
  );
  if (rows.length < LEAST_ROWS) return;
  const of = (y: number, z: number): number => y * z ** power;
  const ratios = rows.map(
    (row) => (a.values[row] as number) / of(b.values[row] as number, c.values[row] as number),
  );
  const k = ratios.toSorted((x, y) => x - y)[ratios.length >> 1] as number;
  if (!(k > 0) || !Number.isFinite(k)) return;
  const times = Math.abs(k - 1) < 0.01 ? "" : `${short(k)} × `;
  yield {
    text: `${nameOf(a)} is ${times}${nameOf(b)} ${power === 1 ? `× ${nameOf(c)}` : `/ ${nameOf(c)}²`}`,
    columns: [a, b, c],
    kind: "identity",
    off: ([x, y, z]) => {
      const expected = k * of(y as number, z as number);
      const slack =
        a.step +
        Math.abs(expected) *
          (b.step / Math.abs(y as number) + (Math.abs(power) * c.step) / Math.abs(z as number));
      return distance(x as number, expected, 0.55 * slack);
    },
  };
}

const distance = (value: number, expected: number, within: number): number =>
  Math.abs(value - expected) / (within + 1e-9 * Math.abs(expected));

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** The first rows, at most `most`, in which all are known. */
function complete(columns: readonly Numbers[], most: number): number[] {
  const rows: number[] = [];
  const length = columns[0]?.values.length ?? 0;
  for (let row = 0; row < length && rows.length < most; row++)
    if (columns.every(({ values }) => Number.isFinite(values[row]))) rows.push(row);
  return rows;
}

/** Whether nearly all complete rows keep the tie; ends at the first rows that say no. */
function holds({ columns, kind, off }: Tie, rows: number): boolean {
  const allowed = MAY_FAIL[kind];
  let [asked, broken] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const answer = off(columns.map(({ values }) => values[row] as number));
    if (Number.isNaN(answer)) continue;
    asked++;
    if (answer > 1 && ++broken > allowed * rows) return false;
  }
  return asked >= LEAST_ROWS && broken <= allowed * asked;
}

const shuffles = (rows: number, rng: Rng): readonly Int32Array[] =>
  Array.from({ length: 3 }, () => rng.permutation(rows).slice(0, 1000));

/** Whether rows put together from different patients would break it. */
function saysSomething({ columns, kind, off }: Tie, orders: readonly Int32Array[]): boolean {
  let [asked, broken] = [0, 0];
  const length = orders[0]?.length ?? 0;
  for (let i = 0; i < length; i++) {
    const answer = off(columns.map(({ values }, c) => values[orders[c]?.[i] as number] as number));
    if (Number.isNaN(answer)) continue;
    asked++;
    if (answer > 1) broken++;
  }
  return broken > SAYS_SOMETHING[kind] * asked;
}

const ruleOf = ({ text, columns, off }: Tie): PlausibilityRule => ({
  text,
  columns: columns.map(nameOf),
  breaks: (cells) => {
    const values = cells.map((cell) => (cell?.type === "numeric" ? cell.values : undefined));
    return (row) => {
      const answer = off(values.map((own) => own?.[row] ?? NaN));
      return Number.isNaN(answer) ? undefined : answer > 1;
    };
  },
});
