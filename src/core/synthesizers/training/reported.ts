import type { Progress } from "../synthesizer.ts";

/** Before anything is done. */
export const start: Progress = { step: 0, epoch: 0, fraction: 0, losses: {} };

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

/** What `work` comes to, its reports unheard. */
export async function resultOf<Result>(work: AsyncGenerator<unknown, Result, void>): Promise<Result> {
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
  }
}
