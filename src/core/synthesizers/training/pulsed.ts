import { FaultError } from "../../fault.ts";
import type { Pulse } from "../../math/breathe.ts";
import { breathe } from "../../math/breathe.ts";

const LEAST_BETWEEN = 100;

/**
 * What `work` comes to; yields the share of it that is done, in [0, 1], at a pulse where 100 ms have passed since the last
 * time. Where this is ended, the next pulse rejects with FaultError `cancelled`, which nobody else hears.
 */
export async function* pulsed<Result>(
  work: (pulse: Pulse) => Promise<Result>,
): AsyncGenerator<number, Result, void> {
  let ended = false;
  let share = 0;
  let last = performance.now();
  let hear = (): void => undefined;
  let goOn = (): void => undefined;
  const pulse: Pulse = async (done = 0) => {
    await breathe();
    share = Math.max(share, done);
    if (!ended && performance.now() - last >= LEAST_BETWEEN)
      await new Promise<void>((resolve) => {
        goOn = resolve;
        hear();
      });
    if (ended) throw new FaultError({ code: "cancelled" });
  };
  const result = work(pulse).then((value) => ({ value }));
  result.catch(() => undefined);
  try {
    for (;;) {
      const heard = new Promise<undefined>((resolve) => {
        hear = () => resolve(undefined);
      });
      const over = await Promise.race([result, heard]);
      if (over !== undefined) return over.value;
      yield share;
      last = performance.now();
      goOn();
    }
  } finally {
    ended = true;
    goOn();
  }
}
