import { expect, it } from "vitest";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import { createRng } from "../../math/rng.ts";
import { columnShapes } from "../../metrics/fidelity/column-shapes.ts";
import { missingness } from "../../metrics/fidelity/missingness.ts";
import { exactCopies } from "../../metrics/privacy/exact-copies.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { brokenColumns } from "./broken-columns.ts";
import { evaluate } from "./evaluate.ts";

const ROWS = 200;

function patients(
  seed: number,
  over: Partial<Record<"age" | "ward" | "sex", (string | number | null)[]>> = {},
): Table {
  const rng = createRng(seed);
  const each = <T>(of: () => T): T[] => Array.from({ length: ROWS }, of);
  return tableOf({
    age: { kind: "integer", cells: over.age ?? each(() => 50 + rng.integer(40)) },
    ward: {
      kind: "category",
      cells: over.ward ?? each(() => ["A", "B", "C", "D"][rng.weighted([50, 30, 17, 3])] as string),
    },
    sex: { kind: "category", cells: over.sex ?? each(() => (rng.uniform() < 0.5 ? "F" : "M")) },
  });
}

const fill = <T>(value: T): T[] => Array<T>(ROWS).fill(value);
const titles = (synthetic: Table): string[] =>
  brokenColumns(patients(1), synthetic).map(({ title }) => title);

it("is silent on fresh rows, also where a rare level is not among them", () => {
  for (let seed = 2; seed < 30; seed++) expect(titles(patients(seed))).toEqual([]);
  const rare = patients(2, { ward: fill("").map((_, i) => ["A", "B", "C"][i % 3] as string) });
  expect(titles(rare)).toEqual([]);
});

it("names what came out empty, constant, or with a level in place of others", () => {
  expect(titles(patients(2, { age: fill(null), sex: fill(null) }))).toEqual([
    "age came out empty",
    "sex came out empty",
  ]);
  expect(titles(patients(2, { age: fill(62), sex: fill("F") }))).toEqual([
    "age came out constant",
    "sex came out constant",
  ]);
  const swallowed = patients(2, { ward: fill("").map((_, i) => (i % 2 ? "A" : "D")) });
  const [finding] = brokenColumns(patients(1), swallowed);
  expect(finding).toMatchObject({
    family: "fidelity",
    column: "ward",
    title: "ward has levels in place of others",
  });
  expect(finding?.text).toMatch(
    /^2 levels of ward, which 55% of 200 training values have, are in none of 200 synthetic ones\.$/,
  );
  expect(
    titles(patients(2, { ward: fill("").map((_, i) => ["A", "B", "C", "Z"][i % 4] as string) })),
  ).toEqual(["ward has levels in place of others"]);
});

it("few rows, and a column that is so in train, are no finding", () => {
  const seven = tableOf({ age: { kind: "integer", cells: fill(null).slice(0, 7) } });
  expect(brokenColumns(tableOf({ age: { kind: "integer", cells: fill(60) } }), seven)).toEqual([]);
  const constant = tableOf({ sex: { kind: "category", cells: fill("F") } });
  expect(brokenColumns(constant, constant)).toEqual([]);
});

it("stands before all other findings of a report", async () => {
  const rng = createRng(9);
  const train = patients(1);
  const columns = train.columns.map(
    (column) => takeRows({ ...train, columns: [column] }, rng.permutation(ROWS)).columns[0] as Column,
  );
  const broken = {
    ...train,
    columns: columns.with(2, patients(2, { sex: fill(null) }).columns[2] as Column),
  };
  const run = {
    table: "t",
    synthesizer: "s",
    synthesizerName: "S",
    params: {},
    seed: 1,
    device: "none",
    seconds: 0,
  };
  const { findings } = await evaluate(
    { train, holdout: patients(3), synthetic: broken },
    { ...run, finishedAt: "2026-01-01T00:00:00.000Z" },
    createRng(1),
    { metrics: [exactCopies, missingness, columnShapes] },
  );
  expect(findings[0]?.title).toBe("sex came out empty");
  expect(findings.length).toBeGreaterThan(1);
}, 60_000);
