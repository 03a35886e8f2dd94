import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { missingTokens } from "../../formats/missing-tokens.ts";
import type { Kind } from "../../table.ts";
import type { TextCells } from "../column-cells.ts";
import { orderLevels } from "../kinds/levels/level-order.ts";
import { describeColumn, settle } from "./settle-columns.ts";
import type { SettleOptions } from "./settled.ts";

const options: SettleOptions = {
  name: "it",
  tokens: missingTokens(),
  context: { decimalComma: false, dayFirst: false },
  strayAsMissing: true,
};

function texts(cells: readonly string[]): TextCells {
  const levels = [...new Set(cells)];
  const counts = levels.map((level) => cells.filter((cell) => cell === level).length);
  return { type: "texts", codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)), levels, counts };
}

const settled = (cells: readonly string[], kind: Kind, said: Partial<SettleOptions> = {}) =>
  settle(texts(cells), kind, { ...options, ...said });

describe("numbers", () => {
  it("are read by the marks that fit, and missing and stray cells are told apart", () => {
    const { column, ...rest } = settled(["1.234,5", "NA", "x", "2,0", "NA", "unknown"], "decimal", {
      context: { decimalComma: true, dayFirst: false },
    });
    expect(column).toEqual({ type: "numeric", values: Float64Array.of(1234.5, NaN, NaN, 2, NaN, NaN) });
    expect(rest.missingToken).toBe("NA");
    expect(rest.number).toMatchObject({ decimalMark: ",", thousandsMark: ".", exact: false });
    expect(rest.findings?.stray).toEqual({ cells: 1, share: 1 / 3, firstRow: 3 });
    expect(rest.strays).toEqual(new Map([["x", 1]]));
  });

  it("with decimals are strays among whole ones", () => {
    const { column, strays } = settled(["4", "4.5", "6"], "integer");
    expect(column).toEqual({ type: "numeric", values: Float64Array.of(4, NaN, 6) });
    expect(strays).toEqual(new Map([["4.5", 1]]));
  });

  it("beyond what a number can hold are counted", () => {
    expect(settled(["1e999", "1", "2"], "decimal").findings).toEqual({ beyond: 1 });
  });
});

it("dates keep their pattern; day and month that nothing settles are said", () => {
  const day = 86_400_000;
  const { column, date, findings } = settled(["1970-01-03", "", "1970-01-02"], "datetime");
  expect(column).toEqual({ type: "numeric", values: Float64Array.of(2 * day, NaN, day) });
  expect(date).toEqual({ pattern: "YYYY-MM-DD", exact: true });
  expect(findings).toBeUndefined();
  expect(settled(["01/02/2020", "03/04/2020"], "datetime").findings).toEqual({ dayMonthUnsettled: true });
});

describe("levels", () => {
  it("stand in order, with one number under the text that most cells have", () => {
    const { column } = settled(["10", "2", "2.0", "2", "NA"], "category");
    expect(column).toEqual({ type: "coded", codes: Int32Array.of(1, 0, 0, 0, -1), levels: ["2", "10"] });
    expect(orderLevels(["yes", "no"])).toEqual(["no", "yes"]);
    expect(orderLevels(["stage 10", "stage 9"])).toEqual(["stage 9", "stage 10"]);
  });

  it("that differ by case only are counted, and not joined", () => {
    const { column, findings } = settled(["A", "a", "b"], "category");
    expect(column).toMatchObject({ levels: ["A", "a", "b"].sort((a, b) => a.localeCompare(b, "en")) });
    expect(findings).toEqual({ caseTwins: 1 });
  });

  it("beyond the two of yes or no are strays, the rarest", () => {
    const { column, strays } = settled(["yes", "no", "yes", "perhaps", "no"], "boolean");
    expect(column).toEqual({ type: "coded", codes: Int32Array.of(1, 0, 1, -1, 0), levels: ["no", "yes"] });
    expect(strays).toEqual(new Map([["perhaps", 1]]));
  });
});

it("strays that are not allowed are a fault with the first row, its value and their share", () => {
  let fault: unknown;
  try {
    settled(["1", "2", "high", "", "high"], "integer", { strayAsMissing: false });
  } catch (error) {
    fault = error instanceof FaultError ? error.fault : error;
  }
  expect(fault).toEqual({
    code: "kind-mismatch",
    column: "it",
    kind: "a whole number",
    row: 3,
    value: "high",
    share: 0.5,
  });
});

it("the schema tells what was found, without the stray texts", () => {
  const what = { name: "it", kind: "integer", role: "feature", reason: "" } as const;
  const schema = describeColumn(settled(["1", "high", "NA"], "integer"), what);
  expect(schema).toMatchObject({
    ...what,
    missingToken: "NA",
    findings: { stray: { cells: 1, firstRow: 2 } },
  });
  expect(JSON.stringify(schema)).not.toContain("high");
});
