import { guessBest, type Guesses } from "../../private/audit/one-run.ts";
import { standIn } from "../../private/audit/stand-in.ts";
import type { PublicFacts } from "../../private/public/public-facts.ts";
import type { Rng } from "../../math/rng.ts";
import type { Artifact, Synthesizer } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Table } from "../../table/table.ts";

/** Of the canaries, those whose coins are guessed: the surest half. */
const GUESSED = 0.5;

/** A table in which half of the canaries are by fair coins, and all of them. */
export interface CoinTable {
  readonly table: Table;
  readonly canaries: Table;
  readonly inside: Uint8Array;
}

/** Made-up patients like those of `table`, and about `canaries` more of one row each that are in or out by coins. */
export function coinTable(table: Table, facts: PublicFacts, canaries: number, rng: Rng): CoinTable {
  const { patients, ...rest } = table;
  const all = standIn({ ...rest, rows: table.rows + canaries }, facts, rng.fork("made up"));
  const first = Math.max(1, all.rows - canaries);
  const coins = rng.fork("coins");
  const inside = Uint8Array.from({ length: all.rows - first }, () => coins.integer(2));
  const rows = Array.from({ length: all.rows }, (_, row) => row);
  const learned = takeRows(
    all,
    rows.filter((row) => row < first || inside[row - first] === 1),
  );
  const own = patients && { patients: Int32Array.from({ length: learned.rows }, (_, row) => row) };
  return { table: { ...learned, ...own }, canaries: takeRows(all, rows.slice(first)), inside };
}

/** Who was in, by how likely the model finds each canary. */
export async function guessesOf(
  { logLikelihoods }: Pick<Synthesizer, "logLikelihoods">,
  artifact: Artifact,
  { canaries, inside }: CoinTable,
  pulse: () => Promise<void>,
): Promise<Guesses> {
  const scores = (await logLikelihoods?.(artifact, canaries, pulse)) ?? new Float64Array(inside.length);
  return guessBest(scores, inside, Math.floor(GUESSED * inside.length));
}
