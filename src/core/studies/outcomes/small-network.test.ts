import { expect, test } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { rocAuc } from "../../math/scores/roc-auc.ts";
import { rSquared } from "../../math/statistics.ts";
import type { Feature } from "../../math/trees/bins.ts";
import type { Target } from "../../math/trees/boosting.ts";
import { linearModel } from "../../metrics/utility/predictors.ts";
import { networkFor, Pass, sizeOf, startingWeights } from "./network.ts";
import { smallNetwork } from "./small-network.ts";

const ROWS = 1200;
const all = Int32Array.from({ length: ROWS }, (_, row) => row);
const learned = all.subarray(0, 800);
const rest = all.subarray(800);

function draws(seed: number, count = ROWS): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: count }, () => 4 * rng.uniform() - 2);
}

const number = (values: Float64Array): Feature => ({ type: "numeric", values });

test.each<[string, Target]>([
  ["a number", { type: "number", values: draws(5, 6) }],
  ["two classes", { type: "classes", labels: Int32Array.of(0, 1, 1, 0, 1, 0), classes: 2 }],
  ["three classes", { type: "classes", labels: Int32Array.of(0, 1, 2, 0, 1, 2), classes: 3 }],
])("the gradient of %s is that of finite differences", (_, target) => {
  const design = {
    rows: 6,
    numbers: [draws(1, 6), draws(2, 6)],
    factors: [{ codes: Int32Array.of(0, 1, 2, -1, 1, 0), levels: 3 }],
  };
  const network = networkFor(design, 4, target);
  const weights = startingWeights(network, createRng(3));
  const pass = new Pass(network, design);
  const truth = (row: number): number =>
    (target.type === "number" ? target.values[row] : target.labels[row]) as number;
  const lossAt = (given: Float64Array): number =>
    [0, 1, 2, 3, 4, 5].reduce((sum, row) => sum + pass.loss(given, row, truth(row)) / 6, 0);
  const gradient = new Float64Array(sizeOf(network));
  for (let row = 0; row < 6; row++) pass.backward(weights, row, truth(row), 1 / 6, gradient);
  const step = 1e-6;
  weights.forEach((weight, i) => {
    const [up, down] = [step, -step].map((by) => lossAt(weights.with(i, weight + by)));
    expect(gradient[i]).toBeCloseTo(((up as number) - (down as number)) / (2 * step), 5);
  });
});

test("learns what no line can: which of two numbers have the same sign, and a sine", async () => {
  const [x, y] = [draws(1), draws(2)];
  const labels = Int32Array.from(x, (one, i) => (one * (y[i] as number) > 0 ? 1 : 0));
  const same = { type: "classes", labels, classes: 2 } as const;
  const features = [number(x), number(y)];
  const auc = async (predictor: typeof smallNetwork): Promise<number> => {
    const model = await predictor.fit(features, same, learned, createRng(1), breathe);
    const [said] = model.predict(features);
    return rocAuc(
      Float64Array.from(rest, (row) => said?.[row] as number),
      Int32Array.from(rest, (row) => labels[row] as number),
    );
  };
  expect(await auc(smallNetwork)).toBeGreaterThan(0.97);
  expect(await auc(linearModel("AUROC"))).toBeLessThan(0.6);

  const wave = x.map((one) => 100 + 10 * Math.sin(2 * one));
  const model = await smallNetwork.fit(
    [number(x)],
    { type: "number", values: wave },
    learned,
    createRng(1),
    breathe,
  );
  const [said] = model.predict([number(x)]);
  const of = (values: Float64Array | undefined) => Float64Array.from(rest, (row) => values?.[row] as number);
  expect(rSquared(of(wave), of(said))).toBeGreaterThan(0.97);
});

test("levels, missing numbers and three classes; shares sum to 1, and the seed decides", async () => {
  const codes = Int32Array.from({ length: ROWS }, (_, row) => (row % 4) - 1);
  const labels = codes.map((code) => (code < 0 ? 2 : code === 2 ? 0 : code));
  const features: Feature[] = [
    { type: "coded", codes, levels: 3 },
    number(draws(4).map((one, i) => (i % 5 === 0 ? NaN : one))),
  ];
  const target = { type: "classes", labels, classes: 3 } as const;
  const fit = (seed: number) => smallNetwork.fit(features, target, learned, createRng(seed), breathe);
  const said = (await fit(1)).predict(features);
  const right = rest.filter((row) => {
    const shares = said.map((own) => own[row] as number);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    return shares.indexOf(Math.max(...shares)) === labels[row];
  });
  expect(right.length / rest.length).toBeGreaterThan(0.98);
  expect((await fit(1)).predict(features)).toEqual(said);
  expect((await fit(2)).predict(features)).not.toEqual(said);
});

test("one class alone, or a single row, is predicted without a fault", async () => {
  const features = [number(draws(1))];
  const ones = { type: "classes", labels: new Int32Array(ROWS).fill(1), classes: 2 } as const;
  const [said] = (await smallNetwork.fit(features, ones, learned, createRng(1), breathe)).predict(features);
  expect(said?.every((share) => share > 0.5 && share <= 1)).toBe(true);
  const few = await smallNetwork.fit(
    features,
    { type: "number", values: draws(2) },
    all.subarray(0, 1),
    createRng(1),
    breathe,
  );
  expect(few.predict(features)[0]?.every(Number.isFinite)).toBe(true);
});
