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
 * and wins where they fit exactly one real patient. Both real tables are asked in as many patients: the training patients
 * are cut into blocks as large as the holdout, each with all rows of its patients, and what is gained on a block counts for
 * all blocks. Rows of one patient count as one, in guesses and in wins. The value is the risk by 3
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
  const people = drawn.map(peopleIn) as [People, People, People];
  let many = await multivariate(columns, made, people[2], wide, rng.fork("many"), pulse);
  while (many.length < Math.min(ENOUGH_GUESSES, rows) && wide < Math.min(MOST_COLUMNS, columns.length)) {
    wide++;
    const wider = await multivariate(columns, made, people[2], wide, rng.fork(`many ${wide}`), pulse);
    if (wider.length > many.length) many = wider;
  }
  const single = valueOnly ? [] : await univariate(columns, made, people[2], rng.fork("single"), pulse);
  const attacks: Attack[] = [];
  for (const [name, guesses, width] of [
    [`${many[0]?.conditions.length ?? 1} columns`, many, many[0]?.conditions.length ?? 1],
    ["One column", single, 1],
  ] as const) {
    if (guesses.length < LEAST_GUESSES) continue;
    attacks.push(await attackOf(name, guesses, columns, indices, people, width, rng.fork(name), pulse));
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

/** Each table without its repeated rows, as Anonymeter takes them, in random order; rows of one patient lie together. */
function distinctRows({ train, holdout, synthetic }: Tables, rng: Rng): Table[] {
  return [train, holdout, synthetic].map((table, i) => {
    const limit = rowsFor(train.columns.length);
    // With some of a patient's rows, fewer guesses would fit the patient than fit one of the other side.
    const most = table.patients ? table : atMost(table, limit, rng.fork(`rows ${i}`));
    const columns = alignColumns([most], columnNames(train));
    const seen = new Set<number>();
    const kept = Array.from(rng.fork(`order ${i}`).permutation(most.rows)).filter((row) => {
      const key = hashRow(columns, 0, row);
      return seen.size < seen.add(key).size;
    });
    return takeRows(most, together(kept, most.patients).slice(0, limit));
  });
}

/** Rows in the order in which their patients come first. */
function together(rows: readonly number[], patients: Int32Array | undefined): readonly number[] {
  if (patients === undefined) return rows;
  const own = new Map<number, number[]>();
  for (const row of rows) {
    const patient = patients[row] as number;
    const known = own.get(patient);
    if (known === undefined) own.set(patient, [row]);
    else known.push(row);
  }
  return [...own.values()].flat();
}

/** Whose each row of a table is, patients numbered from 0 in the order of their rows. */
interface People {
  readonly whose: Int32Array;
  readonly count: number;
  /** rows of the patient who has most */
  readonly mostRows: number;
}

function peopleIn({ rows, patients }: Table): People {
  const counts = new Map<number, { readonly at: number; rows: number }>();
  const whose = Int32Array.from({ length: rows }, (_, row) => {
    const id = patients?.[row] ?? row;
    const known = counts.get(id) ?? { at: counts.size, rows: 0 };
    known.rows++;
    counts.set(id, known);
    return known.at;
  });
  const mostRows = [...counts.values()].reduce((most, own) => Math.max(most, own.rows), 1);
  return { whose, count: counts.size, mostRows };
}

/** Whether a guess fits one patient alone, in one row or more. */
function fitsOne(index: GuessIndex, guess: Guess, { whose, mostRows }: People): boolean {
  const found = matching(index, guess, mostRows + 1);
  const [first] = found;
  return first !== undefined && found.length <= mostRows && found.every((row) => whose[row] === whose[first]);
}

/** Guesses of `width` columns of random synthetic rows, kept where they fit that row's patient only. */
async function multivariate(
  columns: readonly AlignedColumn[],
  index: GuessIndex,
  people: People,
  width: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Guess[]> {
  const medians = mediansOf(columns, 2);
  const found = new Map<string, Guess>();
  for (let i = 0; i < MOST_ATTEMPTS && found.size < MOST_GUESSES; i++) {
    const row = rng.integer(people.whose.length);
    const guess = guessOf(columns, 2, row, rng.choose(columns.length, width), medians);
    if (!found.has(guess.key) && fitsOne(index, guess, people)) found.set(guess.key, guess);
    if (i % 16 === 0) await pulse();
  }
  return [...found.values()];
}

async function univariate(
  columns: readonly AlignedColumn[],
  index: GuessIndex,
  people: People,
  rng: Rng,
  pulse: Pulse,
): Promise<Guess[]> {
  const all = rareGuesses(columns, 2);
  const found: Guess[] = [];
  for (const at of rng.permutation(all.length)) {
    if (found.length >= MOST_GUESSES) break;
    const guess = all[at] as Guess;
    if (fitsOne(index, guess, people)) found.push(guess);
    await pulse();
  }
  return found;
}

/** How often the guesses fit exactly one patient of train and of the holdout, asked in as many patients. */
async function attackOf(
  name: string,
  guesses: readonly Guess[],
  columns: readonly AlignedColumn[],
  indices: readonly GuessIndex[],
  people: readonly [People, People, People],
  width: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Attack> {
  const [train, holdout, synthetic] = people;
  const size = Math.min(train.count, holdout.count);
  const blocks = Math.floor(train.count / size);
  const hits = [new Map<number, number>(), new Map<number, number>()] as const;
  /** the patients that a guess singles out, at most one in each of `among` blocks of `size` patients */
  const singled = (side: 0 | 1, guess: Guess, among: number): number[] => {
    const { whose } = people[side];
    const fitting = new Set(
      matching(indices[side] as GuessIndex, guess, Infinity).map((row) => whose[row] as number),
    );
    const counts = new Uint32Array(among);
    const blockOf = (patient: number): number => Math.floor(patient / size);
    const asked = [...fitting].filter((patient) => patient < among * size);
    for (const patient of asked) counts[blockOf(patient)] = (counts[blockOf(patient)] as number) + 1;
    return asked.filter((patient) => counts[blockOf(patient)] === 1);
  };
  let byChance = 0;
  for (const guess of guesses) {
    for (const [side, among] of [
      [0, blocks],
      [1, 1],
    ] as const) {
      const found = hits[side];
      for (const patient of singled(side, guess, among)) found.set(patient, (found.get(patient) ?? 0) + 1);
    }
    const random = randomGuess(columns, 2, synthetic.whose.length, rng.choose(columns.length, width), rng);
    byChance += singled(0, random, 1).length;
    await pulse();
  }
  const [onTrain, onHoldout] = [total(hits[0]) / blocks, total(hits[1])];
  const n = guesses.length;
  const times = train.count / size;
  const all = onHoldout + times * (onTrain - onHoldout);
  return {
    name,
    attacks: n,
    successes: Math.max(0, Math.min(n, all)),
    controls: n,
    controlSuccesses: onHoldout,
    chance: byChance / n,
    wider: { main: Math.sqrt(times) * designEffect(hits[0]), control: times * designEffect(hits[1]) },
  };
}

const total = (hits: ReadonlyMap<number, number>): number => [...hits.values()].reduce((a, b) => a + b, 0);

/** By how much an error is wider because several guesses single out one patient: a cluster sample's design effect. */
function designEffect(hits: ReadonlyMap<number, number>): number {
  const squares = [...hits.values()].reduce((sum, n) => sum + n * n, 0);
  return Math.sqrt(Math.max(1, squares / Math.max(1, total(hits))));
}
