import type { Rng } from "../math/rng.ts";
import type { Table } from "../table/table.ts";
import { takeRows } from "../table/table.ts";
import type { Choice, Doubt } from "./auto-choice.ts";
import { heldOutLoss } from "./autoregressive-likelihood.ts";
import type { FitOptions, Params, Synthesizer } from "./synthesizer.ts";

/** Share of the rows that candidates are judged on, and the most steps that each may take. */
const HELD_OUT = 0.2;
const STEPS = 480;

/**
 * Fits every candidate shortly on four fifths of the rows and takes the one under which the others are most likely.
 * Held-out likelihood decides, never a score of quality: quality goes on rising while a model memorises.
 */
export async function* tryCandidates(
  design: Synthesizer,
  { candidates, design: id }: Doubt,
  train: Table,
  paramsOf: (chosen: Params) => Params,
  rng: Rng,
  { enough }: FitOptions,
): AsyncGenerator<number, Choice, void> {
  const order = rng.fork("trial").permutation(train.rows);
  const count = Math.round(HELD_OUT * train.rows);
  const judged = takeRows(train, order.slice(0, count).sort());
  const learnt = takeRows(train, order.slice(count).sort());
  const losses: number[] = [];
  for (const [i, { params }] of candidates.entries()) {
    const quiet: FitOptions = { previewRows: 0, previewEvery: 0, ...(enough && { enough }) };
    const fit = design.fit(learnt, limited(paramsOf(params)), rng.fork("trial"), quiet);
    const model = yield* reported(fit, ({ fraction }) => (i + fraction) / candidates.length);
    losses.push((await heldOutLoss(await model.save(), judged)).model);
    model.dispose();
  }
  const best = losses.indexOf(Math.min(...losses));
  const others = losses.filter((_, i) => i !== best);
  const taken = candidates[best] as Doubt["candidates"][number];
  const gain = Math.min(...others) - (losses[best] as number);
  const reason = `in a short trial ${taken.reason} foretold ${judged.rows.toLocaleString("en")} held-out rows best, by ${gain.toFixed(2)} nats a row`;
  return { design: id, params: taken.params, reason, tried: true };
}

const limited = (params: Params): Params => ({
  ...params,
  steps: params["steps"] === 0 ? STEPS : Math.min(STEPS, params["steps"] as number),
});

/** What `work` comes to; yields its reports as `say` puts them, and ends it where this one is ended. */
export async function* reported<From, To, Result>(
  work: AsyncGenerator<From, Result, void>,
  say: (report: From) => To,
): AsyncGenerator<To, Result, void> {
  let over = false;
  try {
    for (;;) {
      const next = await work.next();
      if (next.done === true) {
        over = true;
        return next.value;
      }
      yield say(next.value);
    }
  } finally {
    if (!over) await work.return(undefined as Result);
  }
}
