import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { learnedColumns, selectColumns, takeRows, type Table } from "../../table/table.ts";
import { judge } from "../measuring/judge.ts";
import { metrics } from "../registry.ts";
import { riskResult, RISK_MARGIN, type Attack } from "./attack-risk.ts";

const attacks = metrics.filter(({ attack }) => attack);

/** `rows` patients, a fifth of them held out, and fresh ones. */
function tablesOf(rows: number, seed: number) {
  const table = simulateCohort("heart-failure", seed, 2 * rows);
  const all = selectColumns(table, learnedColumns(table.schema));
  const part = (from: number, to: number): Table =>
    takeRows(
      all,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
  const size = Math.round(0.8 * rows);
  return { train: part(0, size), holdout: part(size, rows), synthetic: part(rows, rows + size) };
}

const attack = (successes: number, controlSuccesses: number, controls: number): Attack => ({
  name: "An attack",
  attacks: 4 * controls,
  successes,
  controls,
  controlSuccesses,
  chance: 0,
});

const resultOf = (of: Attack, held: number) => {
  const result = riskResult(of, [of], held, ({ main, control, chance }) => `${main}, ${control}, ${chance}.`);
  if (result.status !== "ok") throw new Error(result.reason);
  return { ...result, ...judge(result.loss, RISK_MARGIN, 25) };
};

describe("an attack on few patients", () => {
  it.each(attacks.map((metric) => [metric.id, metric] as const))(
    "%s of 100 is never good, and says that it cannot be shown with 20 held out",
    async (_, metric) => {
      for (const seed of [1, 2, 3, 4]) {
        const result = await metric.compute(tablesOf(100, seed), createRng(seed));
        if (result.status !== "ok") continue;
        expect(judge(result.loss, metric.margin, 25).verdict).toBe("cannot-tell");
        expect(result.sentence).toMatch(
          /With 20 held-out patients it cannot be shown that the risk lies under 9%/,
        );
        expect(result.interval.high).toBeGreaterThan(RISK_MARGIN);
      }
    },
    60_000,
  );

  it("is not good by a lucky estimate below 0, and is with enough patients", () => {
    // 1 of 80 against 3 of 20 is far below 0: its plain interval ends under 9%
    const lucky = resultOf(attack(1, 3, 20), 20);
    expect(lucky).toMatchObject({ value: 0, verdict: "cannot-tell" });
    expect(lucky.sentence).toContain("cannot be shown");
    const enough = resultOf(attack(40, 10, 400), 400);
    expect(enough).toMatchObject({ verdict: "good" });
    expect(enough.sentence).not.toContain("cannot be shown");
  });

  it("is never good where the risk lies above the threshold", () => {
    for (const held of [20, 40, 100, 400, 2000])
      for (const share of [0.1, 0.12, 0.158, 0.3])
        for (const chance of [0, 0.02, 0.2]) {
          const controls = Math.round(chance * held);
          const main = Math.round(4 * held * (chance + share * (1 - chance)));
          const { value, verdict } = resultOf(attack(main, controls, held), held);
          if (value > RISK_MARGIN) expect(verdict, `${held} ${share} ${chance}`).not.toBe("good");
        }
  });
});
