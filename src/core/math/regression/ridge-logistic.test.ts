import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linearScores, widthOf } from "./design.ts";
import { fitRidgeLogistic } from "./ridge-logistic.ts";
import type { Design } from "./design.ts";
import { createRng } from "../rng.ts";

/** Made by fixtures/ridge-logistic.py with scikit-learn. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/ridge-logistic.json", import.meta.url), "utf8"),
) as { x: number[][]; code: number[]; y: number[]; penalty: number; ridge: number[]; plain: number[] };

const numbers = reference.x.map((column) => Float64Array.from(column));
const rows = reference.y.length;

describe("logistic regression against scikit-learn", () => {
  it("with a penalty on all levels of a category", async () => {
    const design: Design = {
      rows,
      numbers,
      factors: [{ codes: Int32Array.from(reference.code), levels: 3 }],
    };
    const penalties = new Float64Array(widthOf(design)).fill(reference.penalty);
    penalties[0] = 0;
    const { weights, converged } = await fitRidgeLogistic(design, reference.y, penalties);
    expect(converged).toBe(true);
    reference.ridge.forEach((weight, j) => expect(weights[j]).toBeCloseTo(weight, 5));
  });

  it("without one, the first level left out", async () => {
    const codes = Int32Array.from(reference.code, (code) => code - 1);
    const design: Design = { rows, numbers, factors: [{ codes, levels: 2 }] };
    const { weights } = await fitRidgeLogistic(design, reference.y, new Float64Array(widthOf(design)));
    reference.plain.forEach((weight, j) => expect(weights[j]).toBeCloseTo(weight, 5));
  });
});

it("rows that a line separates end, sorted right", async () => {
  const x = Float64Array.from({ length: 40 }, (_, i) => i - 19.5);
  const labels = Array.from(x, (value) => (value > 0 ? 1 : 0));
  const design: Design = { rows: 40, numbers: [x], factors: [] };
  const { weights } = await fitRidgeLogistic(design, labels, new Float64Array(2));
  linearScores(design, weights).forEach((m, i) => expect(m > 0 ? 1 : 0).toBe(labels[i]));
});

it("a column twice does not break it", async () => {
  const rng = createRng(1);
  const x = Float64Array.from({ length: 200 }, () => rng.normal());
  const labels = Array.from(x, (value) => (value + rng.normal() > 0 ? 1 : 0));
  const fit = async (numbers: Float64Array[]) => {
    const design: Design = { rows: 200, numbers, factors: [] };
    const { weights } = await fitRidgeLogistic(design, labels, new Float64Array(widthOf(design)));
    return linearScores(design, weights);
  };
  const [once, twice] = [await fit([x]), await fit([x, x])];
  once.forEach((m, i) => expect(twice[i]).toBeCloseTo(m, 4));
});
