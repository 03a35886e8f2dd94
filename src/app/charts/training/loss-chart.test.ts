import { expect, test } from "vitest";
import { keptSteps, lastLosses, seriesOf, type LossPoint } from "./loss-chart.tsx";

const point = (step: number, losses: Record<string, number>, validation?: number): LossPoint => ({
  step,
  epoch: 0,
  losses,
  ...(validation !== undefined && { validation }),
});

test("no two series have the same stroke: one ink, each its own dash", () => {
  const points = [1, 2].map((step) => point(step, { generator: 1, discriminator: 2, penalty: 3 }, 4));
  const strokes = seriesOf(points).map(({ name, dash }) => [name, dash ?? "solid"]);
  expect(strokes.map(([name]) => name)).toEqual(["Generator", "Discriminator", "Penalty", "Validation"]);
  expect(new Set(strokes.map(([, dash]) => dash)).size).toBe(4);
});

test("a line of one point is not drawn: its number is said", () => {
  const points = [point(1, { training: 2.5 }), point(2, { training: 2.25 }, 2.5)];
  expect(seriesOf(points).map(({ name }) => name)).toEqual(["Training"]);
  expect(lastLosses(points)).toBe("training 2.25, validation 2.50");
});

test("what is kept is one step, or from the first to the last where columns keep their own", () => {
  expect(keptSteps({ from: 1340, to: 1340 })).toBe("Weights kept: step 1,340");
  expect(keptSteps({ from: 120, to: 540 })).toMatch(/^Weights kept: steps 120 to 540, each column/);
});
