import { FaultError } from "../../fault.ts";

/** What `work` gives, one after another: it goes on when each has been taken, and is told to stop when no more is wanted. */
export async function* handOver<T>(
  work: (give: (item: T) => Promise<void>) => Promise<void>,
): AsyncGenerator<T, undefined> {
  const offered: T[] = [];
  let taken = (): void => {};
  let wake = (): void => {};
  let ended = false;
  let stopped = false;
  const give = (item: T): Promise<void> => {
    if (stopped) return Promise.reject(new FaultError({ code: "cancelled" }));
    offered.push(item);
    wake();
    return new Promise((resolve) => (taken = resolve));
  };
  const running = work(give).finally(() => {
    ended = true;
    wake();
  });
  running.catch(() => undefined);
  try {
    for (;;) {
      const [item] = offered.splice(0, 1);
      if (item !== undefined) {
        yield item;
        taken();
      } else if (ended) {
        await running;
        return undefined;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stopped = true;
    taken();
    await running.catch(() => undefined);
  }
}
