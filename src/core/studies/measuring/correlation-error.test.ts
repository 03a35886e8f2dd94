import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { associationError, correlationError } from "./correlation-error.ts";

interface Reference {
  readonly real: Readonly<Record<string, readonly (number | string | null)[]>>;
  readonly made: Reference["real"];
  readonly error: number;
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("fixtures/correlation-error.json", import.meta.url), "utf8"),
);

const tableFrom = (columns: Reference["real"]): Table =>
  tableOf(
    Object.fromEntries(
      Object.entries(columns).map(([name, cells]) => [
        name,
        typeof cells.find((cell) => cell !== null) === "number"
          ? { kind: "decimal", decimals: 3, cells }
          : { kind: "category", cells },
      ]),
    ),
  );

const [real, made] = [tableFrom(reference.real), tableFrom(reference.made)];

test("the mean difference of associations is that of pandas and scipy", async () => {
  expect(await associationError(real, made, breathe)).toBeCloseTo(reference.error, 8);
});

test("a table differs by nothing from itself, and rows beyond those held out are left aside", async () => {
  expect(await associationError(real, real, breathe)).toBe(0);
  const few = takeRows(real, [...Array(40).keys()]);
  const own = { train: real, holdout: few, synthetic: real };
  const cut = await correlationError(own, createRng(1), breathe);
  expect(cut).toBeGreaterThan(0);
  expect(await correlationError(own, createRng(1), breathe)).toBe(cut);
});

test("a synthetic column that does not vary counts in full, one column has no pair", async () => {
  const flat = tableFrom({ ...reference.real, a: reference.real["a"]?.map(() => 1) ?? [] });
  expect(await associationError(real, flat, breathe)).toBeGreaterThan(0.1);
  expect(
    await associationError(tableFrom({ a: [1, 2, 3] }), tableFrom({ a: [1, 2, 3] }), breathe),
  ).toBeUndefined();
});
