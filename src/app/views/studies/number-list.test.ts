import { describe, expect, it } from "vitest";
import { listText, readList } from "./number-list.ts";

const field = {
  type: "numbers",
  name: "rows",
  label: "Rows",
  reason: "",
  default: [100, 200],
  min: 50,
  max: 1400,
  integer: true,
  least: 2,
  most: 4,
} as const;

describe("readList", () => {
  it("reads commas, semicolons, spaces and line breaks alike", () => {
    expect(readList("100, 200;400\n800 ", field)).toEqual({ numbers: [100, 200, 400, 800] });
  });

  it("takes a comma for a decimal point where semicolons separate shares, never in counts", () => {
    const { integer: _, ...shares } = { ...field, min: 0, max: 1 };
    expect(readList("0,25; 0,5;1", shares)).toEqual({ numbers: [0.25, 0.5, 1] });
    expect(readList("100,200;400", field)).toEqual({ numbers: [100, 200, 400] });
  });

  it("reads what it has written", () => {
    expect(readList(listText([100, 1400]), field)).toEqual({ numbers: [100, 1400] });
  });

  it.each([
    ["100, many", "“many” is not a number."],
    ["100, 200.5", "Whole numbers are needed."],
    ["100", "At least 2 numbers are needed."],
    ["100 200 300 400 500", "At most 4 numbers can be given."],
    ["100 100", "The same number stands there twice."],
    ["10, 100", "“10” is not between 50 and 1400."],
    ["100, 1e9", "“1e9” is not between 50 and 1400."],
    ["1.000, 200", "“1.000” is not between 50 and 1400."],
    ["1,286", "“1” is not between 50 and 1400. A comma separates two numbers; write 0.5 and 1500."],
  ])("says what is wrong with %s", (text, wrong) => {
    expect(readList(text, field)).toEqual({ wrong });
  });
});
