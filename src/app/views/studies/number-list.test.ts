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

  it("reads what it has written", () => {
    expect(readList(listText([100, 1400]), field)).toEqual({ numbers: [100, 1400] });
  });

  it.each([
    ["100, many", "“many” is not a number."],
    ["100, 200.5", "Whole numbers are needed."],
    ["100", "At least 2 are needed."],
    ["100 200 300 400 500", "At most 4 fit."],
    ["100 100", "Each may stand there once."],
    ["10, 100", "10 is not from 50 to 1400."],
    ["100, 1e9", "1000000000 is not from 50 to 1400."],
  ])("says what is wrong with %s", (text, wrong) => {
    expect(readList(text, field)).toEqual({ wrong });
  });
});
