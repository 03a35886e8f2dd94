import { breathe } from "../../../../math/breathe.ts";
import { grown, measure, refined } from "../growing.ts";
import type { Growing } from "../growing.ts";
import { modelled } from "../modelled.ts";
import type { Modelled } from "../modelled.ts";
import { heldMarginal } from "../tree/held.ts";
import type { Candidate, Limits } from "./candidates.ts";
import { createLimits, workload } from "./candidates.ts";
import type { Choosing } from "./choosing.ts";
import { columnsAgain, ITERATIONS, LAST_ITERATIONS, noiseOf } from "./choosing.ts";
import { distance, exactTables } from "./exact-tables.ts";
import type { ExactTables } from "./exact-tables.ts";

/** Of each round's budget, what the noisy table takes; the rest is for choosing it. */
const MEASURED = 0.9;
/** Rounds for each column that the budget is spread over at first. */
const [FEW_ROUNDS, MANY_ROUNDS] = [4, 16];
/** From this signal (rows times the root of rho) for each column on, many rounds pay. */
const SIGNAL = 8;
const MOST_ROUNDS = 240;

/**
 * AIM (McKenna, Mullins, Sheldon & Miklau 2022): in each round the table is chosen of which the model is worst, by the
 * exponential mechanism with score w (|M(D) - M(model)|_1 - sqrt(2/pi) sigma cells), then asked with noise, and the model is
 * fitted anew. One row more or less changes the first term by 1 at most, and the rest follows from noisy answers, so that the
 * sensitivity of all scores is the greatest w. Where a table taught less than its noise, the rounds that follow get four times
 * the budget; the last one spends what is left. Candidates are those whose model keeps within `mostCells` times the share of
 * the budget spent by then.
 */
export async function* aim(choosing: Choosing, from: Growing): AsyncGenerator<number, Growing, void> {
  const { rows, data, rho, target, mostCells } = choosing;
  const candidates = workload(data.counts, target, choosing.largest);
  const exact = await exactTables(rows, data, candidates);
  const limits = createLimits(data.counts);
  let share = rho / roundsFor(choosing, from.total);
  let left = rho;
  let growing = from;
  while (left > 0) {
    const last = left < 2 * share || choosing.enough();
    const round = last ? left : share;
    left = last ? 0 : left - round;
    const allowed = await fitting(candidates, limits, growing, mostCells * (1 - left / rho), mostCells);
    if (allowed.length === 0) return columnsAgain(choosing, growing, round + left);
    const sigma = rows.rowsPerPatient / Math.sqrt(2 * MEASURED * round);
    const model = await modelled(growing.fitted, target);
    const scores = await scoresOf(allowed, { exact, model, total: growing.total, sigma });
    const greatest = allowed.reduce((most, { weight }) => Math.max(most, weight), 0);
    const purpose = { what: "Choosing a table of columns", columns: String(candidates.length) };
    const taken = rows.choose(scores, greatest, (1 - MEASURED) * round, purpose);
    const { clique } = allowed[taken] as Candidate;
    const table = await measure(rows, data, clique, MEASURED * round);
    const was = model.of(clique);
    growing = await grown(growing, [{ table, was }], ITERATIONS);
    const now = heldMarginal(growing.fitted.beliefs, clique);
    const taught = now.reduce((sum, share, i) => sum + Math.abs(share - (was[i] as number)), 0);
    if (growing.total * taught <= noiseOf(sigma, was.length)) share *= 4;
    yield 1 - left / rho;
  }
  return refined(growing, LAST_ITERATIONS);
}

/** By what is public or noisy alone. Tables with a target are large, and want few rounds with more budget each. */
function roundsFor({ data: { counts }, rho, target }: Choosing, total: number): number {
  const columns = counts.length;
  const many = target === undefined && total * Math.sqrt(rho) >= SIGNAL * columns;
  return Math.min(MOST_ROUNDS, (many ? MANY_ROUNDS : FEW_ROUNDS) * columns);
}

/** Candidates whose model keeps the size limit; those of the last round's limit where there are none. */
async function fitting(
  candidates: readonly Candidate[],
  limits: Limits,
  { fitted: { tree, potentials } }: Growing,
  cells: number,
  mostCells: number,
): Promise<Candidate[]> {
  const [now, late]: [Candidate[], Candidate[]] = [[], []];
  for (const [i, candidate] of candidates.entries()) {
    const size = limits.sizeWith(candidate.clique, tree, potentials.cliques);
    if (size <= cells) now.push(candidate);
    if (size <= mostCells) late.push(candidate);
    if (i % 50 === 49) await breathe();
  }
  return now.length > 0 ? now : late;
}

interface Scoring {
  readonly exact: ExactTables;
  readonly model: Modelled;
  readonly total: number;
  readonly sigma: number;
}

async function scoresOf(allowed: readonly Candidate[], scoring: Scoring): Promise<Float64Array> {
  const { exact, model, total, sigma } = scoring;
  const scores = new Float64Array(allowed.length);
  for (const [i, { clique, weight }] of allowed.entries()) {
    const table = exact.of(clique);
    scores[i] = weight * (distance(table, model.of(clique), total) - noiseOf(sigma, table.length));
    if (i % 50 === 49) await breathe();
  }
  return scores;
}
