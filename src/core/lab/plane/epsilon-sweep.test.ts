import { describe, expect, it } from "vitest";
import { independent } from "../../synthesizers/independent/independent.ts";
import { cart } from "../../synthesizers/cart/cart.ts";
import { guaranteeParams } from "../../synthesizers/private/open-private.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { FaultError } from "../../fault.ts";
import { sweepFacts, sweepSentences } from "../../words/plane-words.ts";
import { epsilonSweep } from "./epsilon-sweep.ts";
import { cohort, holdout, judgedRun, judges, real } from "./fixtures/judged-run.ts";
import { independentRows } from "./plane-tables.ts";
import { createRng } from "../../math/rng.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

/** Knows nothing at a small epsilon and grows trees at a large one: what a sweep is to tell apart. */
const steep: Synthesizer = {
  ...independent,
  id: "steep",
  name: "Steep",
  params: { ...guaranteeParams },
  fit: (train, { epsilon }, rng, options) =>
    (epsilon as number) < 2
      ? independent.fit(train, {}, rng, options)
      : cart.fit(train, defaultsOf(cart), rng, options),
};
const defaultsOf = ({ params }: Synthesizer) =>
  Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default]));
const find = (id: string): Synthesizer => (id === "cart" ? cart : id === "independent" ? independent : steep);

describe("what each epsilon costs", () => {
  it("is a mean over seeds with its interval, beside the limit", async () => {
    const shown = await judgedRun("shown", independentRows(real.train, createRng(1)));
    const told: number[] = [];
    const sweep = await epsilonSweep(
      { table: cohort, holdout, shown, synthesizer: "steep", epsilons: [1, 3], seeds: 2 },
      { wasmPaths, metrics: judges.slice(0, 2), find, onProgress: (share) => told.push(share) },
    );
    const [low, high] = sweep.stops;
    expect(sweep).toMatchObject({ run: "shown", synthesizer: "Steep", seeds: 2, patients: real.train.rows });
    expect(sweep.use).toMatchObject({ unit: "AUROC", target: "died", chance: 0.5 });
    expect(low?.limit).toBeCloseTo(0.46215, 3);
    expect(low?.delta).toBe(6e-5);
    expect(low?.use?.values).toHaveLength(2);
    expect(low?.use?.value).toBeLessThan(0.65);
    expect(high?.use?.value).toBeGreaterThan(0.7);
    for (const figure of [low?.use, low?.risk, high?.use, high?.risk]) {
      expect(figure?.interval.low).toBeLessThanOrEqual(figure?.value as number);
      expect(figure?.interval.high).toBeGreaterThanOrEqual(figure?.value as number);
    }
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toBe(1);
  });

  it("goes on where an epsilon cannot be had, and says why; where none can, it says that", async () => {
    const shown = await judgedRun("shown", independentRows(real.train, createRng(1)));
    const refusal = {
      code: "guarantee-refused",
      reason: "The noise is too great.",
      remedy: "Take more.",
    } as const;
    const picky = (least: number) => (): Synthesizer => ({
      ...steep,
      async *fit(train, params, rng, options) {
        if ((params["epsilon"] as number) < least) throw new FaultError(refusal);
        return yield* steep.fit(train, params, rng, options);
      },
    });
    const asked = { table: cohort, holdout, shown, synthesizer: "steep", epsilons: [0.3, 3], seeds: 2 };
    const options = { wasmPaths, metrics: judges.slice(0, 2) };
    const sweep = await epsilonSweep(asked, { ...options, find: picky(1) });
    expect(sweep.stops[0]).toMatchObject({ epsilon: 0.3, refused: refusal.reason });
    expect(sweep.stops[0]?.use).toBeUndefined();
    expect(sweep.stops[1]?.use?.values).toHaveLength(2);
    expect(sweepSentences(sweep)[0]).toBe("No model can be made at ε 0.3: The noise is too great.");
    expect(sweepFacts(sweep)).toContain("2 runs, 2 seeds");
    await expect(epsilonSweep(asked, { ...options, find: picky(10) })).rejects.toMatchObject({
      fault: refusal,
    });
  });

  it("ends when it is no longer wanted", async () => {
    const shown = await judgedRun("shown", independentRows(real.train, createRng(1)));
    const asked = { table: cohort, holdout, shown, synthesizer: "steep" };
    const ended = epsilonSweep(asked, { wasmPaths, metrics: judges, find, cancelled: () => true });
    await expect(ended).rejects.toMatchObject({ fault: { code: "cancelled" } });
  });
});
