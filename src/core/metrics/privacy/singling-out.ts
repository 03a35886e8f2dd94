import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { riskResult, type Attack } from "./attack-risk.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import { tooFewToAttack } from "../measuring/least-rows.ts";
import type { Measurement, Metric, Pulse, Tables } from "../metric.ts";
import { patientsOf } from "../measuring/patients.ts";
import { hashRow } from "./row-hash.ts";
import {
  randomGuess,
  guessOf,
  matching,
  mediansOf,
  rareGuesses,
  sortColumn,
  type Guess,
  type GuessIndex,
  type SortedColumn,
} from "./singling-out-guesses.ts";
import { skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 20_000;
const LEAST_TABLE = 2000;
/** Cells of a table that are sorted. */
const CELLS = 600_000;
const MOST_GUESSES = 1500;
/** With fewer guesses (of a small table: fewer than it has rows) one column more is used. */
const ENOUGH_GUESSES = 1000;
const LEAST_GUESSES = 20;
const COLUMNS = 3;
const MOST_COLUMNS = 6;
/** Guesses that are made up for each number of columns, of which those stay that fit one synthetic row. */
const MOST_ATTEMPTS = 6000;

/**
 * Anonymeter's singling out: the attacker makes guesses ("age >= 91 and ward = W7") that fit exactly one synthetic row
 * and wins where they fit exactly one real patient. Both real tables are asked in as many rows: the training rows are cut
 * into blocks as large as the holdout, and what is gained on a block counts for all blocks. The value is the risk by 3
 * columns or, where those give too few guesses, up to 6; that by one column, which shuffled columns run too, stands beside it.
 */
export const singlingOut: Metric = {
  id: "singling-out",
  name: "Singling out",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.09,
  range: [0, 1],
  summary:
    "Whether what is unique in the synthetic table is unique among the patients who were learned from.",
  reference: "Anonymeter: Giomi et al. 2023, univariate and multivariate singling out risk",
  scored: true,
  needs: ["seen", "unseen"],
  limits:
    "Tries as many random questions as there is time for; an attacker who knows which columns to ask may do better.",
  attack: true,
  effort: 3,
  claim: () => ({ not: "pass it on", because: "it helps to single out training patients" }),

  compute: (tables, rng, pulse = breathe, valueOnly = false) =>
    singledOut(tables, "the synthetic rows", { rng, pulse, valueOnly }),
};

/** The attack by guesses that fit one row of the synthetic table alone; `of`: what its rows are, in words. */
export async function singledOut(
  tables: Tables,
  of: string,
  { rng, pulse, valueOnly }: { readonly rng: Rng; readonly pulse: Pulse; readonly valueOnly: boolean },
): Promise<Measurement> {
  const reason = tooFewToAttack(tables);
  if (reason !== undefined) return skipped(reason);
  const { train, holdout, synthetic } = tables;
  const drawn = distinctRows(tables, rng);
  const columns = alignColumns(drawn, columnNames(train));
  const indices = await sorted(columns, pulse);
  const made = indices[2] as GuessIndex;
  let wide = Math.min(COLUMNS, columns.length);
  const rows = (drawn[2] as Table).rows;
  let many = await multivariate(columns, made, rows, wide, rng.fork("many"), pulse);
  while (many.length < Math.min(ENOUGH_GUESSES, rows) && wide < Math.min(MOST_COLUMNS, columns.length)) {
    wide++;
    const wider = await multivariate(columns, made, rows, wide, rng.fork(`many ${wide}`), pulse);
    if (wider.length > many.length) many = wider;
  }
  const single = valueOnly ? [] : await univariate(columns, made, rng.fork("single"), pulse);
  const attacks: Attack[] = [];
  for (const [name, guesses, width] of [
    [`${many[0]?.conditions.length ?? 1} columns`, many, many[0]?.conditions.length ?? 1],
    ["One column", single, 1],
  ] as const) {
    if (guesses.length < LEAST_GUESSES) continue;
    attacks.push(
      await attackOf(
        name,
        guesses,
        columns,
        indices,
        drawn as [Table, Table, Table],
        width,
        rng.fork(name),
        pulse,
      ),
    );
  }
  const [usual] = attacks;
  if (!usual || many.length < LEAST_GUESSES) {
    return skipped(
      `Fewer than ${LEAST_GUESSES} guesses single out a synthetic row; there is nothing to try.`,
    );
  }
  const result = riskResult(
    usual,
    attacks,
    patientsOf(holdout),
    ({ main, control, chance }) =>
      `An attacker who uses ${usual.name.toLowerCase()} of ${of} singles out one training patient with ${main} of the guesses, ` +
      `one patient who was never used with ${control}, and one training patient with ${chance} of guesses made without them.`,
  );
  const most = rowsFor(columns.length);
  return { ...result, ...drawnNote("“Singling out” uses", [train, holdout, synthetic], most) };
}

/** The three tables, sorted by each column. */
async function sorted(columns: readonly AlignedColumn[], pulse: Pulse): Promise<GuessIndex[]> {
  const indices: SortedColumn[][] = [[], [], []];
  for (const column of columns) {
    for (const [side, index] of indices.entries()) {
      index.push(sortColumn(column, side));
      await pulse();
    }
  }
  return indices;
}

/** At most so many rows of each table, fewer for many columns. */
const rowsFor = (columns: number): number =>
  Math.max(LEAST_TABLE, Math.min(MOST_ROWS, Math.floor(CELLS / Math.max(1, columns))));

/** Each table without its repeated rows, as Anonymeter takes them, in random order. */
function distinctRows({ train, holdout, synthetic }: Tables, rng: Rng): Table[] {
  return [train, holdout, synthetic].map((table, i) => {
    const most = atMost(table, rowsFor(train.columns.length), rng.fork(`rows ${i}`));
    const columns = alignColumns([most], columnNames(train));
    const seen = new Set<number>();
    const kept = Array.from(rng.fork(`order ${i}`).permutation(most.rows)).filter((row) => {
      const key = hashRow(columns, 0, row);
      return seen.size < seen.add(key).size;
    });
    return takeRows(most, kept);
  });
}

/** Guesses of `together` columns of random synthetic rows, kept where they fit that row only. */
async function multivariate(
  columns: readonly AlignedColumn[],
  index: GuessIndex,
  rows: number,
  together: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Guess[]> {
  const medians = mediansOf(columns, 2);
  const found = new Map<string, Guess>();
  for (let i = 0; i < MOST_ATTEMPTS && found.size < MOST_GUESSES; i++) {
    const row = rng.integer(rows);
    const guess = guessOf(columns, 2, row, rng.choose(columns.length, together), medians);
    if (!found.has(guess.key) && matching(index, guess, 2).length === 1) found.set(guess.key, guess);
    if (i % 16 === 0) await pulse();
  }
  return [...found.values()];
}

async function univariate(
  columns: readonly AlignedColumn[],
  index: GuessIndex,
  rng: Rng,
  pulse: Pulse,
): Promise<Guess[]> {
  const all = rareGuesses(columns, 2);
  const found: Guess[] = [];
  for (const at of rng.permutation(all.length)) {
    if (found.length >= MOST_GUESSES) break;
    const guess = all[at] as Guess;
    if (matching(index, guess, 2).length === 1) found.push(guess);
    await pulse();
  }
  return found;
}

/** How often the guesses fit exactly one row of train and of the holdout, asked in as many rows. */
async function attackOf(
  name: string,
  guesses: readonly Guess[],
  columns: readonly AlignedColumn[],
  indices: readonly GuessIndex[],
  [train, holdout, synthetic]: readonly [Table, Table, Table],
  width: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Attack> {
  const size = Math.min(train.rows, holdout.rows);
  const blocks = Math.floor(train.rows / size);
  const hits = [new Map<number, number>(), new Map<number, number>()] as const;
  /** the rows that a guess singles out, at most one in each of `among` blocks of `size` rows */
  const singled = (side: number, guess: Guess, among: number): number[] => {
    const counts = new Uint32Array(among);
    const rows = matching(indices[side] as GuessIndex, guess, Infinity).filter((row) => row < among * size);
    const blockOf = (row: number): number => Math.floor(row / size);
    for (const row of rows) counts[blockOf(row)] = (counts[blockOf(row)] as number) + 1;
    return rows.filter((row) => counts[blockOf(row)] === 1);
  };
  let byChance = 0;
  for (const guess of guesses) {
    for (const [side, among] of [blocks, 1].entries()) {
      const found = hits[side] as Map<number, number>;
      for (const row of singled(side, guess, among)) found.set(row, (found.get(row) ?? 0) + 1);
    }
    const random = randomGuess(columns, 2, synthetic.rows, rng.choose(columns.length, width), rng);
    byChance += singled(0, random, 1).length;
    await pulse();
  }
  const [onTrain, onHoldout] = [total(hits[0]) / blocks, total(hits[1])];
  const n = guesses.length;
  const times = train.rows / size;
  const all = onHoldout + times * (onTrain - onHoldout);
  return {
    name,
    attacks: n,
    successes: Math.max(0, Math.min(n, all)),
    controls: n,
    controlSuccesses: onHoldout,
    chance: byChance / n,
    wider: { main: Math.sqrt(times) * together(hits[0]), control: times * together(hits[1]) },
  };
}

const total = (hits: ReadonlyMap<number, number>): number => [...hits.values()].reduce((a, b) => a + b, 0);

/** By how much an error is wider because several guesses single out one patient: a cluster sample's design effect. */
function together(hits: ReadonlyMap<number, number>): number {
  const squares = [...hits.values()].reduce((sum, n) => sum + n * n, 0);
  return Math.sqrt(Math.max(1, squares / Math.max(1, total(hits))));
}
