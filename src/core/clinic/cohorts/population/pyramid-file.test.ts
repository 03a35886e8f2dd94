import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { readPyramid } from "./pyramid-file.ts";

const refused = (text: string): string => {
  try {
    readPyramid(text, "ages.csv");
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "simulation-refused") return error.fault.reason;
    throw error;
  }
  return "none";
};

describe("an age pyramid in a file", () => {
  it("is read with bands, single years and an open end, by comma, semicolon or tab", () => {
    const bands = [
      { from: 20, to: 29, women: 5, men: 4.5 },
      { from: 40, to: 40, women: 1, men: 0 },
      { from: 85, to: 110, women: 2, men: 1 },
    ];
    expect(readPyramid("age,women,men\n20-29,5,4.5\n40,1,0\n85+,2,1\n", "a")).toEqual(bands);
    expect(readPyramid("\uFEFFMale;Female;From;To\r\n4.5;5;20;29\r\n0;1;40;40\r\n1;2;85;110", "a")).toEqual(
      bands,
    );
  });

  it.each([
    ["age,women,men\n20-29,0,0", "sums to 0"],
    ["age,women,men\n20-29,1,-1", "counts 1 women and -1 men"],
    ["age,women,men\n29-20,1,1", "is no band of ages"],
    ["age,women,men\n20-29,many,1", "Line 2 of ages.csv has “many” where women"],
    ["age,women,men\n20 to 29,1,1", "has the ages “20 to 29”"],
    ["age,all\n20-29,1", "does not name ages, women and men"],
    ["<html>", "holds no age pyramid"],
    ["", "holds no age pyramid"],
  ])("%j is refused", (text, said) => {
    expect(refused(text)).toContain(said);
  });
});
