import { expect, test } from "vitest";
import { levels, madeTable, numbers } from "./fixtures/made-table.ts";
import { remembered } from "./remembered.ts";
import type { Table } from "./table.ts";

const made = (last = 3, name = "sex"): Table =>
  madeTable([numbers("age", [1, 2, last], { decimals: 0 }), levels(name, [0, 1, 0], ["f", "m"])]);

test("the same rows are searched once, whatever object holds them, and other rows are searched too", async () => {
  const of = remembered<number>();
  let searches = 0;
  const find = (): Promise<number> => Promise.resolve(++searches);
  expect(await of(made(), "rules", find)).toBe(1);
  expect(await of(made(), "rules", find)).toBe(1);
  expect(await of(made(4), "rules", find)).toBe(2);
  expect(await of(made(3, "gender"), "rules", find)).toBe(3);
  expect(await of({ ...made(), patients: Int32Array.of(0, 0, 1) }, "rules", find)).toBe(4);
  expect(await of(made(), "others", find)).toBe(5);
});

test("the longest unasked is forgotten after four, and a search that failed is begun again", async () => {
  const of = remembered<number>();
  let searches = 0;
  const find = (): Promise<number> => Promise.resolve(++searches);
  for (const last of [1, 2, 3, 4]) await of(made(last), "", find);
  expect(await of(made(1), "", find)).toBe(1);
  expect(await of(made(5), "", find)).toBe(5);
  expect(await of(made(1), "", find)).toBe(1);
  expect(await of(made(2), "", find)).toBe(6);
  await expect(of(made(9), "", () => Promise.reject(new Error("stopped")))).rejects.toThrow("stopped");
  expect(await of(made(9), "", find)).toBe(7);
});
