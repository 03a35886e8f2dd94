import type { Rng } from "../../math/rng.ts";
import { mean } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import type { Choice, Doubt } from "./choice.ts";
import { reported } from "../training/reported.ts";
import type { FitOptions, Params, Synthesizer, Tried } from "../synthesizer.ts";

/** Share of the rows that candidates are judged on, and the most steps that each may take. */
const HELD_OUT = 0.2;
const STEPS = 480;
/**
 * Nats a row and column by which the second candidate must be better to be taken. Averaging networks always gains some
 * likelihood by smoothing; below this the gain did not carry over to fidelity or use (METHODS.md, Auto).
 */
const CLEAR_GAIN = 0.05;
const PIECES = 50;

/**
 * Fits both candidates shortly on four fifths of the rows, and takes the first unless the others are clearly more likely
 * under the second.
 * Held-out likelihood decides, never a score of quality: quality goes on rising while a model memorises.
 */
export async function* tryCandidates(
  design: Synthesizer,
  { candidates, design: id, because }: Doubt,
  train: Table,
  paramsOf: (chosen: Params) => Params,
  rng: Rng,
  { enough }: FitOptions,
): AsyncGenerator<readonly Tried[], Choice, void> {
  const held = heldOut(train, rng.fork("trial"));
  const rows = Array.from({ length: train.rows }, (_, row) => row);
  const judged = takeRows(
    train,
    rows.filter((row) => held[row] === 1),
  );
  const learned = takeRows(
    train,
    rows.filter((row) => held[row] !== 1),
  );
  const losses: number[] = [];
  for (const [i, { params }] of candidates.entries()) {
    const quiet: FitOptions = { previewRows: 0, previewEvery: 0, ...(enough && { enough }) };
    const fit = design.fit(learned, limited(paramsOf(params)), rng.fork("trial"), quiet);
    const model = yield* reported(fit, ({ fraction }) =>
      soFar(candidates, losses, Math.min(0.99, fraction), i),
    );
    const likelihoods =
      (await design.logLikelihoods?.(await model.save(), judged)) ?? new Float64Array([NaN]);
    losses.push(-mean(likelihoods));
    model.dispose();
    yield soFar(candidates, losses);
  }
  const [simple, other] = losses as [number, number];
  const gain = simple - other;
  const clear = gain > CLEAR_GAIN * train.columns.length;
  const taken = candidates[clear ? 1 : 0] as Doubt["candidates"][number];
  const outcome = clear
    ? `were better by ${gain.toFixed(2)} nats a row`
    : gain > 0
      ? `${candidates[1]?.reason} were hardly better, by ${gain.toFixed(2)} nats a row`
      : `${candidates[1]?.reason} were no better`;
  const reason = clear
    ? `in a short trial on ${judged.rows.toLocaleString("en")} held-out rows ${taken.reason} ${outcome}`
    : `${taken.reason}, since in a short trial on ${judged.rows.toLocaleString("en")} held-out rows ${outcome}`;
  const whole = because === undefined ? reason : `${because}; ${reason}`;
  return { design: id, params: taken.params, reason: whole, tried: true };
}

/** What is known of each candidate; `fraction` of the one at `place` is done. */
const soFar = (
  candidates: Doubt["candidates"],
  losses: readonly number[],
  fraction = 0,
  place = losses.length,
): Tried[] =>
  candidates.map(({ reason }, i) => {
    const loss = losses[i];
    return loss === undefined
      ? { what: reason, fraction: i === place ? fraction : 0 }
      : { what: reason, fraction: 1, loss };
  });

/**
 * 1 for the rows that are held out: of whole patients where they are known, else of pieces of neighbouring rows, since
 * neighbours may be one patient's.
 */
function heldOut({ rows, patients }: Table, rng: Rng): Uint8Array {
  const piece = (row: number): number =>
    patients ? (patients[row] as number) : Math.floor((row * PIECES) / rows);
  const pieces = [...new Set(Array.from({ length: rows }, (_, row) => piece(row)))];
  const order = rng.permutation(pieces.length);
  const taken = new Set(Array.from(order.subarray(0, Math.ceil(HELD_OUT * pieces.length)), (i) => pieces[i]));
  return Uint8Array.from({ length: rows }, (_, row) => (taken.has(piece(row)) ? 1 : 0));
}

/** `params` with no more steps than a trial may take. */
export const limited = (params: Params): Params => ({
  ...params,
  steps: params["steps"] === 0 ? STEPS : Math.min(STEPS, params["steps"] as number),
});
