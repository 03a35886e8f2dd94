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
      { from: 85, to: 95, women: 2, men: 1 },
    ];
    expect(readPyramid("age,women,men\n20-29,5,4.5\n40,1,0\n85+,2,1\n", "a")).toEqual(bands);
    expect(readPyramid("\uFEFFMale;Female;From;To\r\n4.5;5;20;29\r\n0;1;40;40\r\n1;2;85;95", "a")).toEqual(
      bands,
    );
  });

  it("is read in German, French and Spanish, with decimal commas, bars, quotes and the ends of old lines", () => {
    const bands = [
      { from: 20, to: 29, women: 1.5, men: 2 },
      { from: 30, to: 39, women: 0.25, men: 0 },
    ];
    for (const text of [
      "Alter;Frauen;Männer\n20 bis 29;1,5;2\n30-39;0,25;0\n",
      "âge;femmes;hommes\r20 à 29;1,5;2\r30-39;0,25;0",
      "edad|mujeres|hombres\n20 a 29|1,5|2\n30–39|0.25|0\n",
      'Age group,Female,Male,Total\n20 to 29,1.5,2,"3,5"\n30-39,.25,0,.25\n',
    ])
      expect(readPyramid(text, "a")).toEqual(bands);
  });

  it.each([
    ["age,women,men\n20-39,1,1\n30-49,1,1", "Line 3 of ages.csv has the ages 30 to 49, some of which Line 2"],
    ["age,women,men\n40,1,1\n20-40,1,1", "some of which Line 3 of ages.csv has already (20 to 40)"],
    ["from,to,women,men\n20.5,29,1,1", "is no band of ages"],
    ["age,women,men,women\n20-29,1,1,5", "names women twice"],
    ["age,women,men\n20-29,1,500,2", "Line 2 of ages.csv has 4 cells"],
    ["age;women;men\n20-29;1.500;950", "“1.500”, which may be thousands or a fraction"],
    ["age,women,men\n20-29,0x10,1", "“0x10” where women"],
    ["age,women,men\n20-29,,1", "“” where women"],
    ["age,women,men\n20-29,<b>1</b>,1", "“<b>1</b>” where women"],
    [`age,women,men\n${"20-29,1,1\n".repeat(20_000)}`, "ages.csv has 200,014 characters"],
    ["age,women,men\n20-29,0,0", "sums to 0"],
    ["age,women,men\n20-29,1,-1", "counts 1 women and -1 men"],
    ["age,women,men\n29-20,1,1", "is no band of ages"],
    ["age,women,men\n20-29,many,1", "Line 2 of ages.csv has “many” where women"],
    ["age,women,men\n20 or 29,1,1", "has the ages “20 or 29”"],
    ["age,all\n20-29,1", "does not name ages, women and men"],
    ["<html>", "holds no age pyramid"],
    ["", "holds no age pyramid"],
  ])("%j is refused", (text, said) => {
    expect(refused(text)).toContain(said);
  });
});
