import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { editedLines, readNumbersFile, writeNumbersFile } from "./numbers-file.ts";
import { everyNumber } from "./numbers.ts";

const row = (more: object): string =>
  JSON.stringify({
    file: "semblance-simulator-numbers",
    version: 1,
    numbers: [
      { id: "gaps.hospital", value: 0.5 },
      { id: "device.sbp.error", value: 4, ...more },
    ],
  });

function faultOf(text: string): string {
  try {
    readNumbersFile(text, "mine.json");
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "numbers-file-unreadable")
      return `${error.fault.reason} ${error.fault.remedy}`;
    throw error;
  }
  return "none";
}

describe("the simulator's numbers as a file", () => {
  it("hold every number with what it may be, and come back unchanged", () => {
    const text = writeNumbersFile();
    expect(text.split("\n").filter((line) => line.startsWith('{"id"'))).toHaveLength(everyNumber.length);
    expect(text).toContain('"range":[0,8]');
    expect(readNumbersFile(text, "mine.json")).toEqual({ values: {}, edited: [] });
  });

  it("tell what was edited, which is written again", () => {
    const text = writeNumbersFile({ "device.sbp.error": 6.5 });
    const { values, edited } = readNumbersFile(text, "mine.json");
    expect(values).toEqual({ "device.sbp.error": 6.5 });
    expect(editedLines(edited)).toEqual([
      "device.sbp.error is 6.5 mmHg in the place of the published 4 (Systolic pressure: spread of a cuff's error).",
    ]);
    expect(writeNumbersFile(values)).toBe(text);
  });

  it("may leave numbers out", () => {
    expect(readNumbersFile(row({ value: 2 }), "mine.json").values).toEqual({ "device.sbp.error": 2 });
  });

  it.each([
    [
      "a value beyond its range",
      row({ value: 9 }),
      /Row 2 of mine\.json \(device\.sbp\.error\) has the value 9.*from 0 to 8 mmHg/,
    ],
    ["a text", row({ value: "four" }), /Row 2 .* has the value "four", which is no number.*from 0 to 8/],
    ["nothing", row({ value: null }), /has the value null/],
    ["an endless number", row({ value: 4 }).replace('"value":4', '"value":1e999'), /Row 2/],
    [
      "an unknown id",
      row({ id: "device.spb.error" }),
      /Row 2 .*device\.spb\.error.*does not have. Known are device\./,
    ],
    [
      "an id twice",
      row({ id: "gaps.hospital", value: 0.4 }),
      /Row 2 .* sets gaps\.hospital, which row 1 sets already/,
    ],
    ["another unit", row({ unit: "kPa" }), /is in kPa; the simulator has it in mmHg/],
    ["a wider range", row({ range: [0, 80] }), /its range is 0 to 8, and a file cannot change it/],
    ["HTML", row({ about: "<img src=x onerror=alert(1)>" }), /Row 2 .*holds HTML in “about”/],
    ["a field of its own", row({ colour: "red" }), /Row 2 .*colour/],
    [
      "a row that is none",
      '{"file":"semblance-simulator-numbers","version":1,"numbers":[7]}',
      /Row 1 of mine\.json has no id/,
    ],
    [
      "another version",
      row({}).replace('"version":1', '"version":2'),
      /of version 2; this Semblance reads version 1/,
    ],
    ["another file", '{"rules":[]}', /is no file of the simulator's numbers/],
    ["a page", "<!doctype html><p>1</p>", /is HTML or XML/],
    ["nothing at all", "  ", /is empty/],
  ])("%s is refused, with the row and what may stand there", (_, text, said) => {
    expect(faultOf(text)).toMatch(said);
  });

  it("say on which line JSON breaks off", () => {
    const text = writeNumbersFile().split("\n");
    text[4] = (text[4] ?? "").replace(/"value":[\d.e-]+/, '"value":0,5');
    expect(faultOf(text.join("\n"))).toMatch(/is not JSON from line 5 on.*a point, not a comma/);
  });
});
