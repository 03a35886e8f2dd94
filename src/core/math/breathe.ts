let last = 0;

/**
 * Lets one macrotask through when more than 16 ms of work have passed since the last one, so that a worker hears
 * "cancel" and a page stays alive; resolves at once otherwise. Call it in every long loop.
 */
export async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - last < 16) return;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  last = performance.now();
}
