import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import { sortedPresent } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, columnNames, noted, drawnNote } from "../measuring/bounds.ts";
import { isFew, patientsPerRow, patientsWhere } from "../measuring/patients.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, count, percentage, skipped } from "../measuring/verdict.ts";
import { lossOfLooks, reachOf, typicalDifference } from "../measuring/worst-look.ts";
import type { Look } from "../measuring/worst-look.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { differenceOf } from "./relation-features.ts";

const MOST_ROWS = 10_000;
/** Numbers that are tried with each other. */
const MOST_COLUMNS = 200;
const LISTED = 40;
const MARGIN = 0.02;
/** Training rows with both cells. */
const LEAST_ROWS = 50;
/** An order holds in all but this share of them, */
const MAY_FAIL = 0.005;
/** and fails in this share of all pairings of a value of the one with a value of the other. */
const SAYS_SOMETHING = 0.05;
/** Two columns are tied where they are equal in this share of the rows, and the first has more different values than that. */
const TIED = 0.02;
const LEAST_VALUES = 10;

/** How often an order of two columns is broken, or two columns are equal, against real rows. */
export const ordersAndTies: Metric = {
  id: "orders-and-ties",
  name: "Orders and equal values",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: MARGIN,
  range: [0, 1],
  summary:
    "Whether what never comes after something else in real rows never does in synthetic ones, and whether two columns are equal as often.",
  reference:
    "Order constraints found in the training rows (Chu, Ilyas and Papotti 2013); Bonferroni over all orders and ties",
  scored: true,
  limits:
    "Two columns at a time. An order that fails in more than 0.5% of training rows is none. Which rows are equal is not asked, only how many.",
  remedy:
    "Do not compute with the two columns named. Train with a method that keeps orders and equal values (Auto), or set the order as a rule.",
  claim: () => ({
    not: "compute times or differences between its columns",
    because: "columns stand in an order, or are equal, that real patients do not have",
  }),
  sees: (loss) =>
    `an order broken in ${percentage(Math.max(0, loss))} more rows, or two columns equal in as many fewer`,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const given = [train, holdout, synthetic];
    const tables = given.map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`))) as [
      Table,
      Table,
      Table,
    ];
    const { pairs, leftOut } = await pairsOf(tables, pulse);
    if (pairs.length === 0)
      return skipped("No two numbers or dates stand in an order, or are often equal, in the training rows.");
    const asked = pairs.flatMap((pair) => lookOf(pair, REAL, MADE, tables));
    if (asked.length === 0) return skipped("No synthetic row has both columns of an order or a tie.");
    const { loss, found, ranked } = lossOf(asked);
    if (valueOnly) return valueAlone(clamped(loss.value));
    const held = pairs.flatMap((pair) => lookOf(pair, LEARNED, HELD, tables));
    const usual = typicalDifference(held, held.length);
    return {
      ...besideReal(
        "lower",
        clamped(loss.value),
        { low: clamped(loss.interval.low), high: clamped(loss.interval.high) },
        { value: clamped(usual.value), interval: { low: 0, high: clamped(usual.high) } },
        (value) => 100 * (1 - value),
      ),
      loss,
      sentence: sentenceOf(ranked, found),
      detail: { type: "figures", rows: rowsOf(ranked, found) },
      ...noted(
        leftOut > 0 ? `${count(leftOut)} numbers were not tried for an order with the others.` : undefined,
        drawnNote("Orders and equal values are counted in", given, MOST_ROWS),
      ),
    };
  },
};

/**
 * The worst look that stands alone; else the typical one, as uncertain as looks are on the whole: an order that nobody breaks
 * is known far better than a share of equal rows, so that the middle one says little of either.
 */
function lossOf(looks: readonly Found[]): ReturnType<typeof lossOfLooks<Found>> {
  const average = typicalDifference(looks, looks.length);
  const looked = lossOfLooks(looks, MARGIN, average);
  if (looked.found.length > 0) return looked;
  const error = Math.sqrt(looks.reduce((sum, look) => sum + look.error ** 2, 0) / looks.length);
  const low = average.value - reachOf(looks.length) * error;
  return { ...looked, loss: { value: average.value, interval: { low, high: average.high } } };
}

const clamped = (x: number): number => Math.max(0, Math.min(1, x));

/** `order`: a is never above b. `tie`: a equals b often. One sign of a - b a row of train, holdout and synthetic; NaN where one is missing. */
interface Pair {
  readonly kind: "order" | "tie";
  readonly text: string;
  readonly signs: readonly [Float64Array, Float64Array, Float64Array];
}

const LEARNED = [0] as const;
const HELD = [1] as const;
const REAL = [0, 1] as const;
const MADE = [2] as const;

interface Numbers {
  readonly name: string;
  readonly date: boolean;
  readonly sides: readonly Float64Array[];
  /** those of train, in order */
  readonly sorted: Float64Array;
  readonly different: number;
}

async function pairsOf(
  tables: readonly [Table, Table, Table],
  pulse: Pulse,
): Promise<{ pairs: Pair[]; leftOut: number }> {
  const all = alignColumns(tables, columnNames(tables[0])).flatMap((column): Numbers[] => {
    if (column.type !== "numeric") return [];
    const sorted = sortedPresent(column.values[0] as Float64Array);
    const different = new Set(sorted).size;
    const { name, kind } = column.schema;
    return different > 1
      ? [{ name, date: kind === "datetime", sides: column.values, sorted, different }]
      : [];
  });
  const tried = all.slice(0, MOST_COLUMNS);
  const pairs: Pair[] = [];
  for (const [i, a] of tried.entries()) {
    await pulse();
    for (const b of tried.slice(i + 1)) if (a.date === b.date) pairs.push(...related(a, b));
  }
  return { pairs, leftOut: all.length - tried.length };
}

/** The order and the tie of two columns, as far as the training rows have them. */
function related(a: Numbers, b: Numbers): Pair[] {
  const { above, below, equal, rows } = signsOf(a, b, 0);
  if (rows < LEAST_ROWS) return [];
  const ordered =
    above <= MAY_FAIL * rows && exceeds(a.sorted, b.sorted) >= SAYS_SOMETHING
      ? ([a, b] as const)
      : below <= MAY_FAIL * rows && exceeds(b.sorted, a.sorted) >= SAYS_SOMETHING
        ? ([b, a] as const)
        : undefined;
  const tied = equal >= TIED * rows && equal < rows && a.different > LEAST_VALUES;
  const pair = (kind: Pair["kind"], x: Numbers, y: Numbers, words: string): Pair => ({
    kind,
    text: `${x.name} ${words} ${y.name}`,
    signs: [signsOf(x, y, 0).signs, signsOf(x, y, 1).signs, signsOf(x, y, 2).signs],
  });
  return [
    ...(ordered ? [pair("order", ...ordered, ordered[0].date ? "is not after" : "is not above")] : []),
    ...(tied ? [pair("tie", a, b, "equals")] : []),
  ];
}

interface Signs {
  readonly signs: Float64Array;
  readonly above: number;
  readonly below: number;
  readonly equal: number;
  /** that have both */
  readonly rows: number;
}

function signsOf(a: Numbers, b: Numbers, side: number): Signs {
  const [x, y] = [a.sides[side] as Float64Array, b.sides[side] as Float64Array];
  const signs = new Float64Array(x.length);
  let [above, below, equal] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const sign = Math.sign(differenceOf(x[row] as number, y[row] as number));
    signs[row] = sign;
    if (sign > 0) above++;
    else if (sign < 0) below++;
    else if (sign === 0) equal++;
  }
  return { signs, above, below, equal, rows: above + below + equal };
}

/** Share of all pairings of a value of `x` with a value of `y`, both sorted, in which x is above. */
function exceeds(x: Float64Array, y: Float64Array): number {
  let [sum, below] = [0, 0];
  for (const value of x) {
    while (below < y.length && (y[below] as number) < value) below++;
    sum += below;
  }
  return sum / (x.length * y.length);
}

interface Found extends Look {
  readonly kind: Pair["kind"];
  /** rows in which the order is broken, or the two are equal */
  readonly real: Counted;
  readonly made: Counted;
}

interface Counted {
  readonly rows: number;
  readonly holding: number;
  readonly few: boolean;
}

/** How much more often an order is broken, or how far off the share of equal rows is, on `own` sides against the `usual` ones. */
function lookOf(
  pair: Pair,
  usual: readonly number[],
  own: readonly number[],
  tables: readonly [Table, Table, Table],
): Found[] {
  const [real, made] = [usual, own].map((sides) => countedIn(pair, sides, tables)) as [Counted, Counted];
  if (real.rows === 0 || made.rows === 0) return [];
  const off = made.holding / made.rows - real.holding / real.rows;
  const pooled = (real.holding + made.holding + 0.5) / (real.rows + made.rows + 1);
  const worth = patientsPerRow(tables[0]);
  const error = Math.sqrt((pooled * (1 - pooled) * (1 / real.rows + 1 / made.rows)) / worth);
  return [
    {
      name: pair.text,
      effect: pair.kind === "order" ? off : Math.abs(off),
      error,
      kind: pair.kind,
      real,
      made,
    },
  ];
}

function countedIn(
  { kind, signs }: Pair,
  sides: readonly number[],
  tables: readonly [Table, Table, Table],
): Counted {
  const wanted = kind === "order" ? 1 : 0;
  let [rows, holding, patients] = [0, 0, 0];
  for (const side of sides) {
    const own = signs[side] as Float64Array;
    for (const sign of own) {
      if (Number.isNaN(sign)) continue;
      rows++;
      if (sign === wanted) holding++;
    }
    patients += patientsWhere(own.length, (row) => own[row] === wanted, tables[side]?.patients);
  }
  return { rows, holding, few: isFew(patients) };
}

const shareOf = ({ holding, rows }: Counted): number => (rows > 0 ? holding / rows : 0);

function sentenceOf(ranked: readonly Found[], found: readonly Found[]): string {
  const orders = ranked.filter(({ kind }) => kind === "order").length;
  const ties = ranked.length - orders;
  const all = [
    ...(orders > 0 ? [`${count(orders)} ${orders === 1 ? "order" : "orders"}`] : []),
    ...(ties > 0 ? [`${count(ties)} ${ties === 1 ? "pair" : "pairs"} of columns that are often equal`] : []),
  ].join(" and ");
  const [worst] = ranked;
  if (worst === undefined || found.length === 0)
    return `Of ${all} in real rows, none is off by more than chance allows.`;
  const off = found.length === 1 ? "1 is off" : `${count(found.length)} are off`;
  return `Of ${all} in real rows, ${off}. Worst: ${wordsOf(worst)}.`;
}

function wordsOf({ kind, name, real, made }: Found): string {
  const rows = `${percentage(shareOf(made))} of synthetic rows`;
  const usual = real.few
    ? "those of fewer than 5 real patients"
    : real.holding === 0
      ? "no real row"
      : `${percentage(shareOf(real))} of real ones`;
  return kind === "order"
    ? `“${name}” is broken in ${rows} and in ${usual}`
    : `${name} in ${rows} and in ${usual}`;
}

/** Means over all orders and ties, then each, the furthest off first. */
function rowsOf(
  ranked: readonly Found[],
  found: readonly Found[],
): Extract<Detail, { type: "figures" }>["rows"] {
  const ofKind = (kind: Pair["kind"]): Found[] => ranked.filter((look) => look.kind === kind);
  const mean = (looks: readonly Found[], of: (look: Found) => number): number =>
    looks.reduce((sum, look) => sum + of(look), 0) / looks.length;
  const [orders, ties] = [ofKind("order"), ofKind("tie")];
  return [
    ...(orders.length > 0
      ? [
          {
            name: "Rows in order, mean of all orders",
            unit: "share" as const,
            synthetic: { value: mean(orders, ({ made }) => 1 - shareOf(made)) },
          },
        ]
      : []),
    ...(ties.length > 0
      ? [
          {
            name: "Difference of equal rows, mean of all pairs",
            unit: "share" as const,
            synthetic: { value: mean(ties, ({ effect }) => effect) },
          },
        ]
      : []),
    ...ranked.slice(0, LISTED).map((look) => rowOf(look, found)),
  ];
}

function rowOf(look: Found, found: readonly Found[]): Extract<Detail, { type: "figures" }>["rows"][number] {
  const { kind, name, real, made, effect } = look;
  const kept = (holding: number, rows: number): number => (kind === "order" ? rows - holding : holding);
  const [of, all] = [kept(made.holding, made.rows), made.rows];
  const usual = kept(real.holding, real.rows);
  return {
    name,
    unit: "share",
    synthetic: { value: of / all, interval: wilson(of, all) },
    ...(real.few
      ? { note: "fewer than 5 real patients differ" }
      : { baseline: { value: usual / real.rows, interval: wilson(usual, real.rows, Z90) } }),
    verdict: !found.includes(look) ? "good" : effect > 3 * MARGIN ? "much-worse" : "worse",
  };
}
