import { describe, expect, test } from "vitest";
import type { GuaranteeOffer } from "../../../core/lab/guarantee/guarantee-offer.ts";
import {
  isDeclared,
  publicList,
  rangeTexts,
  readLevels,
  readRange,
  withColumn,
  withoutDeclared,
} from "./declarations.ts";

const nothing = { columns: [] };
const range = { from: 0, to: 110, why: "declared" } as const;
const levels = { values: ["0", "1"], why: "declared" } as const;

describe("what a person declares", () => {
  test("joins what was said of the column before, and goes part by part", () => {
    const aged = withColumn(nothing, { name: "age", range });
    const both = withColumn(withColumn(aged, { name: "sex", levels }), { name: "age", missing: false });
    expect(both.columns).toEqual([
      { name: "age", range, missing: false },
      { name: "sex", levels },
    ]);
    expect(isDeclared(both, "age", "range")).toBe(true);
    const without = withoutDeclared(both, "age", "range");
    expect(without.columns[0]).toEqual({ name: "age", missing: false });
    expect(withoutDeclared(without, "age", "missing").columns).toEqual([{ name: "sex", levels }]);
  });

  test("a range is two numbers, the lower first", () => {
    expect(readRange("0", "110", "number")).toEqual({ value: { from: 0, to: 110 } });
    expect(readRange(" −1,5 ", "2.5e2", "number")).toEqual({ value: { from: -1.5, to: 250 } });
    for (const [from, to, words] of [
      ["110", "0", "upside down"],
      ["", "5", "Both ends"],
      ["old", "5", "“old” is not a number"],
      ["1", "1e999", "not a number"],
      ["5", "5", "Both ends are the same"],
      ["0x10", "20", "not a number"],
    ] as const)
      expect(readRange(from, to, "number"), `${from} to ${to}`).toEqual({
        wrong: expect.stringContaining(words),
      });
  });

  test("days are read as days, and the last one to its end", () => {
    const answer = readRange("2019-01-01", "2024-12-31", "date");
    expect(answer).toEqual({
      value: { from: Date.UTC(2019, 0, 1), to: Date.UTC(2025, 0, 1) - 1 },
    });
    expect(readRange("2019-02-30", "2024-12-31", "date")).toEqual({ wrong: expect.any(String) });
    expect(readRange("2024-12-31", "2019-01-01", "date")).toEqual({
      wrong: expect.stringContaining("upside down"),
    });
    const [from, to] = rangeTexts({ ...(answer as { value: typeof range }).value, why: "declared" }, "date");
    expect([from, to]).toEqual(["2019-01-01", "2024-12-31"]);
  });

  test("levels are one a line, none twice, at least one", () => {
    expect(readLevels(" no\r\nyes \n\n")).toEqual({ value: ["no", "yes"] });
    expect(readLevels("\n  \n")).toEqual({ wrong: expect.stringContaining("At least one") });
    expect(readLevels("a\nb\na")).toEqual({ wrong: expect.stringContaining("“a” stands there twice") });
  });
});

describe("what is confirmed", () => {
  const offer = (lines: GuaranteeOffer["lines"]): GuaranteeOffer => ({
    unit: "patient",
    delta: 1e-4,
    takes: "dp-target",
    why: "",
    unfit: [],
    stops: [],
    lines,
    facts: nothing,
    warnings: [],
  });
  const known = { what: "Range of age", cost: "public", why: "0 to 110" } as const;
  const paid = { what: "Bins", cost: "paid", why: "Noisy counts" } as const;

  test("is the list of public lines: another range is another list, what is paid for is not in it", () => {
    const list = publicList(offer([known, paid]));
    expect(publicList(offer([known]))).toBe(list);
    expect(publicList(offer([{ ...known, why: "0 to 120" }, paid]))).not.toBe(list);
    expect(publicList({ ...offer([known]), unit: "row" })).not.toBe(list);
  });
});
