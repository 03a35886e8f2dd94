/** Seconds of work since it was made; what is awaited through `apart` does not count. */
export function createStopwatch(clock: () => number = () => performance.now()): {
  seconds(): number;
  apart<T>(waiting: Promise<T>): Promise<T>;
} {
  const started = clock();
  let waited = 0;
  return {
    seconds: () => (clock() - started - waited) / 1000,
    apart: async (waiting) => {
      const since = clock();
      try {
        return await waiting;
      } finally {
        waited += clock() - since;
      }
    },
  };
}
