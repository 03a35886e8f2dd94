import { expect, test } from "vitest";
import { learnTableCode } from "../../codec/columns/table-code.ts";
import { tokenCodec } from "../../codec/token.ts";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { checkRequest } from "../requests/check.ts";
import {
  conditionPlan,
  conditionTargets,
  conditionVectors,
  drawForSampling,
  drawForTraining,
  drawToMeet,
  rowsByLevel,
  rowsUnder,
} from "./ctgan-conditions.ts";

const rows = 1000;
const codes = Int32Array.from({ length: rows }, (_, i) => (i % 100 === 0 ? 1 : 0));
const thirds = Int32Array.from({ length: rows }, (_, i) => i % 3);
const table = madeTable([
  numbers("n", [...codes.keys()], { kind: "integer" }),
  levels("rate", codes, ["often", "seldom"]),
  levels("third", thirds, ["a", "b", "c"]),
]);
const codec = tokenCodec(learnTableCode(table));
const plan = conditionPlan(codec);
const byLevel = rowsByLevel(plan, codec, table);

test("only coded columns are conditions, one vector entry for each of their levels", () => {
  expect(plan.columns.map(({ span, start }) => [span.column, start])).toEqual([
    [1, 0],
    [2, 2],
  ]);
  expect(plan.width).toBe(5);
});

test("training asks for rare levels by log frequency, sampling by their share", () => {
  const share = (of: ReturnType<typeof drawForSampling>): number => {
    const first = [...of.columns.keys()].filter((i) => of.columns[i] === 0);
    return first.filter((i) => of.levels[i] === 1).length / first.length;
  };
  const logs = [Math.log(991), Math.log(11)] as const;
  expect(share(drawForTraining(plan, byLevel, 20_000, createRng(1)))).toBeCloseTo(
    logs[1] / (logs[0] + logs[1]),
    1,
  );
  expect(share(drawForSampling(plan, 20_000, createRng(1)))).toBeLessThan(0.02);
});

test("vectors, targets and rows agree on the level that was drawn", () => {
  const drawn = drawForTraining(plan, byLevel, 50, createRng(2));
  const vectors = conditionVectors(plan, drawn, 50);
  const targets = conditionTargets(plan, drawn, 50, codec.width);
  const chosen = rowsUnder(byLevel, drawn, 50, rows, createRng(3));
  const encoded = codec.encode(table, createRng(4), chosen).data;
  for (let i = 0; i < 50; i++) {
    const vector = vectors.subarray(i * 5, i * 5 + 5);
    expect(vector.reduce((a, b) => a + b, 0)).toBe(1);
    const target = targets.subarray(i * codec.width, (i + 1) * codec.width);
    const own = encoded.subarray(i * codec.width, (i + 1) * codec.width);
    expect(target.reduce((a, b) => a + b, 0)).toBe(1);
    expect(own[target.indexOf(1)]).toBe(1);
  }
});

test("a request for some levels of one column draws those, by their shares; one for numbers draws none", () => {
  const meeting = (where: Parameters<typeof checkRequest>[0]["where"]): ReturnType<typeof drawToMeet> =>
    drawToMeet(plan, codec.code, checkRequest({ where: where ?? [] }, table).where, 400, createRng(5));
  const third = plan.columns.find(({ span }) => span.column === 2);
  const wanted = codec.code.columns[2]?.code.tokenOf(1) as number;
  const drawn = meeting([{ column: "third", in: ["b"] }]);
  expect(third).toBeDefined();
  expect(drawn && [...new Set(drawn.columns)]).toEqual([1]);
  expect(drawn && [...new Set(drawn.levels)]).toEqual([wanted]);
  const two = meeting([{ column: "third", in: ["a", "c"] }]);
  expect(new Set(two?.levels).size).toBe(2);
  expect(meeting([{ column: "n", from: 500 }])).toBeUndefined();
});
