import { describe, expect, test } from "vitest";
import { measurePace, REFERENCE_MS } from "./pace.ts";

/** A clock that moves by `ms` between the start and the end of a piece. */
function clockOf(pieces: readonly number[]): () => number {
  let now = 0;
  let read = 0;
  return () => {
    if (read % 2 === 1) now += pieces[Math.min((read - 1) / 2, pieces.length - 1)] ?? 0;
    read++;
    return now;
  };
}

describe("the pace of this machine", () => {
  test("is how many times longer a piece takes than on the machine of the figures", async () => {
    expect(await measurePace(clockOf([REFERENCE_MS]))).toBeCloseTo(1);
    expect(await measurePace(clockOf([3 * REFERENCE_MS]))).toBeCloseTo(3);
  });

  test("is not moved by a few pieces that had to wait", async () => {
    const waited = [1, 1, 1, 1, 50, 1, 1, 60, 1, 1, 70, 1, 1].map((times) => times * REFERENCE_MS);
    expect(await measurePace(clockOf(waited))).toBeCloseTo(1);
  });

  test("takes about a tenth of a second of work on a machine like that, and lets others through", async () => {
    await measurePace();
    let turns = 0;
    const turn = setInterval(() => turns++, 1);
    const before = process.cpuUsage();
    const pace = await measurePace();
    const { user, system } = process.cpuUsage(before);
    clearInterval(turn);
    expect(pace).toBeGreaterThan(0.05);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(turns).toBeGreaterThan(0);
  });
});
