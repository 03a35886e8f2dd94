import { describe, expect, it } from "vitest";
import { cellsOf, findAlignment } from "./aligned-text.ts";

const cut = (text: string): string[][] | undefined => {
  const alignment = findAlignment(text, false);
  return (
    alignment &&
    text
      .trimEnd()
      .split("\n")
      .map((line) => cellsOf(line, alignment))
  );
};

describe("columns that stand under each other", () => {
  it("are cut where two spaces stand in every line", () => {
    const text = "subject     age  sex\nStudy A 01   71  f\nStudy A 02    8  m\nStudy A 03   45  f\n";
    expect(cut(text)).toEqual([
      ["subject", "age", "sex"],
      ["Study A 01", "71", "f"],
      ["Study A 02", "8", "m"],
      ["Study A 03", "45", "f"],
    ]);
  });

  it("are cut at their places where cells are empty, right-aligned numbers and long names included", () => {
    const text = [
      "id   weight_kg   outcome  visit",
      "001       71.5   home     2020-01-05",
      "002              died     2020-02-11",
      "003      104.0            2020-03-09",
      "004        8.2   home",
    ].join("\n");
    expect(cut(text)).toEqual([
      ["id", "weight_kg", "outcome", "visit"],
      ["001", "71.5", "home", "2020-01-05"],
      ["002", "", "died", "2020-02-11"],
      ["003", "104.0", "", "2020-03-09"],
      ["004", "8.2", "home", ""],
    ]);
  });

  it.each([
    ["prose", "The patient came in.  She felt well.\nShe went home.  All fine.\nNothing else.  The end.\n"],
    ["tabs", "a\tb\n1\t2\n3\t4\n"],
    ["single spaces", "age sex\n71 f\n64 m\n58 f\n"],
    ["one column", "age\n71\n64\n58\n"],
  ])("are not seen in %s", (_, text) => expect(cut(text)).toBeUndefined());
});
