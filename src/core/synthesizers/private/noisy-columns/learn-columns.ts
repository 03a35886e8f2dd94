import { breathe } from "../../../math/breathe.ts";
import { publicColumn, type PublicColumn, type PublicFacts } from "../../../private/public/public-facts.ts";
import type { CountQuery, PrivateRows, Purpose } from "../../../private/rows/private-rows.ts";
import type { CodedColumn, Column, ColumnSchema, NumericColumn } from "../../../table/table.ts";
import { cellOf, finerCells, firstCells, type Edges } from "./cells.ts";
import { inOrder, levelsColumn } from "./levels-column.ts";
import { likelyRun, rareness } from "./likely-run.ts";
import { combined, ontoSimplex, refined, sharesOf } from "./noisy-masses.ts";
import { cutBins, NO_BINS } from "./numbers-column.ts";
import { numbersColumn, type NoisyColumn, type NoisyColumns } from "./noisy-columns.ts";
import { publicSchema } from "./public-schema.ts";
import { ticksOf, type Ticks } from "./ticks.ts";

export interface LearnOptions {
  /** about so many bins a column of numbers; by the noisy count of rows where it is a function */
  readonly bins: number | ((rows: number) => number);
  /** a noisy count of the rows, where one is known; else a part of rho is spent on it */
  readonly rows?: number;
  /** columns whose levels matter most: they get more of rho to be found */
  readonly heed?: readonly string[];
}

/** Of rho, for the number of rows. */
const ROWS_SHARE = 0.05;
/** Of rho, for the levels of each column that matters most, and of all these together. */
const [HEEDED, ALL_HEEDED] = [0.15, 0.3];
/** What a column gets for each of its questions, relative to others. */
const WEIGHT = { levels: 3, range: 1, finer: 1, bins: 1.5, known: 0.5 } as const;
/** A share of missing cells below this many standard deviations is none; of a column that matters most, where a cell that only noise left missing costs most. */
const [NOTICED, NOTICED_HEEDED] = [2, 4];
/** Cells of the second look and of the last. */
const [FINER, FINEST] = [24, 64];
/** Up to so many bins two looks do. */
const FEW_BINS = 6;

interface Numbers {
  readonly type: "numbers";
  readonly ticks: Ticks;
  readonly values: Float64Array;
  readonly narrow: boolean;
  edges: Edges;
  /** of the present cells, from the last look */
  masses: Float64Array;
}

interface Levels {
  readonly type: "levels";
  readonly column: CodedColumn;
  levels: readonly string[] | undefined;
  readonly known: boolean;
  masses: Float64Array;
}

type Draft = (Numbers | Levels) & {
  readonly schema: ColumnSchema;
  readonly facts: PublicColumn;
  /** cells may be missing, or have a level that is not told */
  readonly gaps: boolean;
  /** standard deviations from which missing cells are believed */
  readonly noticed: number;
  /** of one noisy count, from the last look */
  variance: number;
  missing: { readonly count: number; readonly variance: number } | undefined;
};

/**
 * What all columns of the rows are made of, for exactly `rho` (and what of delta is kept for thresholds): the number of
 * rows; levels by a stability histogram where none are declared; where numbers lie by noisy counts over powers of two of
 * the column's unit (years for dates), then over finer cells, each cut by what the look before found; bins of about equal
 * noisy mass; missing shares in the same counts. Declared ranges and levels need no look.
 */
export async function learnNoisyColumns(
  rows: PrivateRows,
  facts: PublicFacts,
  rho: number,
  options: LearnOptions,
): Promise<NoisyColumns> {
  const { table } = rows;
  const heed = new Set(options.heed);
  const drafts = table.columns.map((column, j) => {
    const schema = table.schema.columns[j] as ColumnSchema;
    return draftOf(column, schema, facts, heed.has(schema.name));
  });
  const forRows = options.rows === undefined ? ROWS_SHARE * rho : 0;
  const total = options.rows ?? (await countRows(rows, forRows));
  const bins = typeof options.bins === "number" ? options.bins : options.bins(total);
  const unknown = drafts.filter((draft) => draft.type === "levels" && draft.levels === undefined);
  const known = drafts.filter((draft) => draft.type === "levels" && draft.known);
  const numbers = drafts.filter((draft) => draft.type === "numbers");
  const wide = drafts.filter((draft) => draft.type === "numbers" && !draft.narrow);
  const looks = bins > FEW_BINS ? 2 : 1;
  const heeded = unknown.filter(({ schema }) => heed.has(schema.name));
  const units =
    (unknown.length - heeded.length) * WEIGHT.levels +
    wide.length * (WEIGHT.range + (looks - 1) * WEIGHT.finer) +
    numbers.length * WEIGHT.bins +
    known.length * WEIGHT.known;
  const most = units === 0 ? 1 : ALL_HEEDED;
  const forHeeded = Math.min(units === 0 ? 1 : HEEDED, most / Math.max(1, heeded.length)) * (rho - forRows);
  const each = (rho - forRows - forHeeded * heeded.length) / Math.max(1, units);

  for (const draft of unknown) {
    await findLevels(rows, draft, {
      rho: heeded.includes(draft) ? forHeeded : WEIGHT.levels * each,
      delta: rows.budget.thresholds / unknown.length,
      total,
    });
    await breathe();
  }
  for (let look = 0; look < looks; look++) {
    if (wide.length === 0) break;
    const what = look === 0 ? "Where numbers lie" : "Where numbers lie, closer";
    const part = look === 0 ? WEIGHT.range : WEIGHT.finer;
    await count(rows, wide, part * each * wide.length, total, what);
    for (const draft of wide) if (draft.type === "numbers") zoom(draft, look === looks - 1 ? FINEST : FINER);
  }
  await count(rows, numbers, WEIGHT.bins * each * numbers.length, total, "Bins");
  await count(rows, known, WEIGHT.known * each * known.length, total, "How often levels come");
  return {
    schema: publicSchema(table.schema, facts),
    columns: drafts.map((draft) => columnOf(draft, total, bins)),
    rows: total,
  };
}

/** A noisy count of the rows, 1 at least. */
export async function countRows(rows: PrivateRows, rho: number): Promise<number> {
  const purpose = { what: "Number of rows", columns: "0" };
  const [counted] = await rows.counts([{ cells: 1, cellOf: () => 0 }], rho, purpose);
  return Math.max(1, counted?.[0] ?? 1);
}

function draftOf(column: Column, schema: ColumnSchema, all: PublicFacts, heeded: boolean): Draft {
  const facts = publicColumn(all, schema.name);
  const noticed = heeded ? NOTICED_HEEDED : NOTICED;
  const common = { schema, facts, noticed, missing: undefined, variance: 0, masses: new Float64Array(0) };
  if (column.type === "coded") {
    const levels = facts.levels && [...new Set(facts.levels.values)];
    const known = levels !== undefined;
    return { ...common, type: "levels", column, levels, known, gaps: !known || facts.missing !== false };
  }
  const ticks = ticksOf(schema);
  const edges = firstCells(ticks, facts);
  const { values } = column satisfies NumericColumn;
  return {
    ...common,
    type: "numbers",
    ticks,
    values,
    edges,
    narrow: edges.every((edge, k) => k === 0 || edge === (edges[k - 1] as number) + 1),
    gaps: facts.missing !== false,
  };
}

/** Levels that enough patients share; what is left of the rows is missing or has another level. */
async function findLevels(
  rows: PrivateRows,
  draft: Draft,
  { rho, delta, total }: { readonly rho: number; readonly delta: number; readonly total: number },
): Promise<void> {
  if (draft.type !== "levels") return;
  const { codes, levels } = draft.column;
  const found = await rows.keys((row) => levels[codes[row] as number], rho, delta, {
    what: `Levels of ${draft.schema.name}`,
    columns: "1",
  });
  draft.levels = inOrder(found.keys());
  draft.variance = (rows.budget.spent.at(-1)?.sigma ?? 0) ** 2;
  const counts = draft.levels.map((level) => found.get(level) ?? 0);
  const rest = total - counts.reduce((a, b) => a + b, 0);
  draft.missing = { count: rest, variance: draft.variance * Math.max(1, counts.length) };
  draft.masses = ontoSimplex(counts, total - missingOf(draft, total));
}

/** Noisy counts of the cells or levels of all `drafts`, and of what is missing beside them. */
async function count(
  rows: PrivateRows,
  drafts: readonly Draft[],
  rho: number,
  total: number,
  what: string,
): Promise<void> {
  if (drafts.length === 0) return;
  const purpose: Purpose = { what, columns: String(drafts.length) };
  const answers = await rows.counts(drafts.map(queryOf), rho, purpose);
  const variance = rows.budget.spent.at(-1)?.sigma ?? 0;
  answers.forEach((answer, i) => take(drafts[i] as Draft, answer, total, variance ** 2));
  await breathe();
}

const cellsIn = (draft: Draft): number =>
  draft.type === "numbers" ? draft.edges.length - 1 : (draft.levels?.length ?? 0);

function queryOf(draft: Draft): CountQuery {
  const cells = cellsIn(draft);
  const gap = draft.gaps ? cells : -1;
  if (draft.type === "numbers") {
    const { values, edges, ticks } = draft;
    return {
      cells: cells + 1,
      cellOf: (row) => {
        const value = values[row] as number;
        return Number.isFinite(value) ? cellOf(edges, ticks.toTick(value)) : gap;
      },
    };
  }
  const place = new Map(draft.levels?.map((level, token) => [level, token]));
  const places = draft.column.levels.map((level) => place.get(level) ?? gap);
  const { codes } = draft.column;
  return { cells: cells + 1, cellOf: (row) => places[codes[row] as number] ?? gap };
}

function take(draft: Draft, answer: Float64Array, total: number, variance: number): void {
  const last = answer.length - 1;
  draft.variance = variance;
  if (draft.gaps) {
    const here = { count: answer[last] as number, variance };
    const before = draft.missing;
    draft.missing =
      before === undefined
        ? here
        : {
            count: combined(before.count, before.variance, here.count, variance),
            variance: 1 / (1 / before.variance + 1 / variance),
          };
  }
  const present = total - missingOf(draft, total);
  const counts = answer.subarray(0, last);
  if (draft.type === "numbers" && !draft.narrow && draft.masses.length === 0) cropTo(draft, counts, present);
  else if (draft.masses.length === last) draft.masses = refined(counts, draft.masses, variance, present);
  else draft.masses = ontoSimplex(counts, present);
}

/** Leaves only the cells that numbers lie in. */
function cropTo(draft: Draft & Numbers, counts: Float64Array, total: number): void {
  const { first, last, expected } = likelyRun({
    counts,
    sigma: Math.sqrt(draft.variance),
    total,
    rare: rareness(draft.edges, draft.ticks),
  });
  draft.edges = draft.edges.slice(first, last + 2);
  draft.masses = refined(counts.slice(first, last + 1), expected, draft.variance, total);
}

function zoom(draft: Numbers, cells: number): void {
  const finer = finerCells(draft.edges, draft.masses, cells);
  draft.edges = finer.edges;
  draft.masses = finer.masses;
}

function missingOf({ missing, noticed }: Draft, total: number): number {
  if (missing === undefined) return 0;
  const { count: noisy, variance } = missing;
  if (noisy < noticed * Math.sqrt(variance)) return 0;
  return total - noisy < noticed * Math.sqrt(variance) ? total : noisy;
}

function columnOf(draft: Draft, total: number, bins: number): NoisyColumn {
  const { schema } = draft;
  const missing = missingOf(draft, total);
  const variance = draft.variance / total ** 2;
  if (draft.type === "levels") {
    const levels = draft.levels ?? [];
    const gaps = missing > 0 || levels.length === 0;
    const shares = sharesOf(gaps ? [...draft.masses, missing] : draft.masses);
    const untold = !draft.known && missing > 0;
    return levelsColumn(schema.name, levels, { shares, variance }, { missing: gaps, untold });
  }
  if (missing >= total) return numbersColumn(schema, NO_BINS, { shares: Float64Array.of(1), variance }, true);
  const cut = cutBins(draft.edges, draft.masses, bins);
  const masses = cut.knots.map((_, b) => {
    let mass = 0;
    for (let k = 0; k + 1 < draft.edges.length; k++) {
      const at = draft.edges[k] as number;
      if (at >= (cut.edges[b] as number) && at < (cut.edges[b + 1] as number))
        mass += draft.masses[k] as number;
    }
    return mass;
  });
  const shares = sharesOf(missing > 0 ? [...masses, missing] : masses);
  const cells = draft.edges.length / Math.max(1, masses.length);
  return numbersColumn(schema, cut, { shares, variance: variance * cells }, missing > 0);
}
