import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { targetColumn } from "../../table/table.ts";
import { knownAfterwards, outcomeKind, outcomesOf, predictorsOf, withOutcome } from "./outcome-columns.ts";

const ROWS = 200;
const DAY = 86_400_000;
const rng = createRng(1);
const draw = (): Float64Array => Float64Array.from({ length: ROWS }, () => rng.normal());
const died = Int32Array.from({ length: ROWS }, (_, row) => (row % 4 === 0 ? 1 : 0));
const start = Float64Array.from({ length: ROWS }, (_, row) => row * DAY);
const stay = Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 9));
const pattern = "YYYY-MM-DD";

const table = madeTable([
  numbers("age", draw()),
  levels(
    "ward",
    died.map((_, row) => row % 3),
    ["A", "B", "C"],
  ),
  levels(
    "smoker",
    died.map((_, row) => row % 2),
    ["no", "yes"],
    { kind: "boolean" },
  ),
  numbers("admitted", start, { pattern }),
  numbers(
    "discharged",
    start.map((day, row) => day + DAY * (stay[row] as number)),
    { pattern },
  ),
  levels("discharge_location", died, ["home", "dead"]),
  levels("score", died, ["low", "high"]),
  levels(
    "readmitted",
    died.map((_, row) => (row % 5 === 0 ? 1 : 0)),
    ["no", "yes"],
  ),
  levels("died", died, ["no", "yes"], { role: "target" }),
]);

test.each([
  ["hospital_expire_flag", "death"],
  ["actualicumortality", "death"],
  ["DEATH_EVENT", "death"],
  ["actualiculos", "stay"],
  ["Length of stay", "stay"],
  ["los", "stay"],
  ["colostomy", undefined],
  ["readmission_30d", "readmission"],
  ["glucose", undefined],
])("%s is called after %s", (name, kind) => expect(outcomeKind(name)).toBe(kind));

test.each(["dischargeweight", "deathtime", "diedinhospital", "actualventdays", "unitdischargeoffset"])(
  "%s is known only afterwards",
  (name) => expect(knownAfterwards(name)).toBe(true),
);
test.each(["admitsource", "age", "day1meds", "albumin", "unitstaytype", "colostomy"])("%s is not", (name) =>
  expect(knownAfterwards(name)).toBe(false),
);

test("the target comes first, then a column of each kind of outcome; a stay is made of two dates", () => {
  expect(outcomesOf(table).map(({ name }) => name)).toEqual([
    "died",
    "readmitted",
    "days from admitted to discharged",
    "smoker",
    "score",
    "age",
    "ward",
    "discharge_location",
  ]);
});

test("neither another outcome, nor what comes afterwards, nor what tells it predicts an outcome", () => {
  const all = outcomesOf(table).slice(0, 3);
  const [death, , days] = all;
  expect(predictorsOf(table, death!, all)).toEqual({
    kept: ["age", "ward", "smoker", "admitted"],
    leftOut: [
      { column: "discharged", why: "afterwards" },
      { column: "discharge_location", why: "afterwards" },
      { column: "score", why: "tells", by: "AUROC 1.000" },
      { column: "readmitted", why: "outcome" },
    ],
  });
  expect(predictorsOf(table, days!, all).leftOut.map(({ column }) => column)).toEqual([
    "discharged",
    "discharge_location",
    "readmitted",
    "died",
  ]);
  const own = withOutcome(table, days!, ["age"]);
  expect(own.schema.columns.map(({ name, role }) => [name, role])).toEqual([
    ["age", "feature"],
    ["days from admitted to discharged", "target"],
  ]);
  const at = targetColumn(own.schema) as number;
  expect(own.columns[at]).toEqual({ type: "numeric", values: stay });
});
