import { describe, expect, test } from "vitest";
import { asFault, type Fault } from "../../fault.ts";
import { readCsv } from "../../table/read/read-csv.ts";
import { reviseTable } from "../../table/read/revise.ts";
import type { Column, Table } from "../../table/table.ts";
import { elsewhereFacts, evaluateTables, realSides } from "../evaluate/evaluate-model.ts";
import { matchNames } from "./match-names.ts";
import { readAlike, type AlikeTable, type ReadFile } from "./read-alike.ts";

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
const fileOf =
  (text: string, name = "synthetic.csv"): ReadFile =>
  (changes, repair) =>
    readCsv(bytesOf(text), { name, changes, repair });
const tableOf = async (text: string): Promise<Table> => (await fileOf(text, "real.csv")([], {})).table;

const range = (rows: number): number[] => Array.from({ length: rows }, (_, i) => i);
const csv = (header: string, rows: number, cell: (i: number) => string): string =>
  `${header}\n${range(rows).map(cell).join("\n")}\n`;
const two = (n: number): string => String(n).padStart(2, "0");

/** 200 patients: ids, whole numbers, decimals, a date, levels, levels that are numbers, a yes or no, a remark. */
const real = (): Promise<Table> =>
  tableOf(
    csv(
      "patient_id,age,crp,seen on,ward,grade,smoker,note,died",
      200,
      (i) =>
        `P${i * 13},${20 + ((i * 37) % 60)},${i % 9 ? ((i * 13) % 70) / 10 : ""},${two(1 + (i % 28))}.${two(1 + (i % 12))}.2021,${["A", "B", "C"][i % 3]},${1 + (i % 4)},${i % 2 ? "yes" : "no"},"a remark about patient ${i}, in words",${(i * 7) % 5 ? 0 : 1}`,
    ),
  );

const column = ({ table }: AlikeTable, name: string): Column =>
  table.columns[table.schema.columns.findIndex((schema) => schema.name === name)] as Column;
const values = (alike: AlikeTable, name: string): number[] => {
  const found = column(alike, name);
  return found.type === "numeric" ? [...found.values] : [];
};
const cellsOf = (alike: AlikeTable, name: string): (string | undefined)[] => {
  const found = column(alike, name);
  return found.type === "coded" ? Array.from(found.codes, (code) => found.levels[code]) : [];
};
const faultOf = (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => expect.unreachable("it should be refused"),
    (error: unknown) => asFault(error),
  );

test("dates of all kinds are read as those of the real table, however few cells show it", async () => {
  const day = (i: number): string => `${1990 + (i % 30)}${two(1 + (i % 12))}${two(1 + (i % 28))}`;
  const partial = (i: number): string => `20${two(i % 20)}-05-07`.slice(0, [10, 7, 4][i % 3]);
  const table = await tableOf(
    csv("age,admitted,onset,seen,month", 90, (i) =>
      [
        20 + (i % 60),
        day(i),
        partial(i),
        `0${1 + (i % 9)}MAR20${two(i % 20)}`,
        `${two(1 + (i % 12))}.${2000 + (i % 9)}`,
      ].join(","),
    ),
  );
  expect(table.schema.columns.slice(1).every(({ kind }) => kind === "datetime")).toBe(true);
  const made = fileOf(
    csv("age,admitted,onset,seen,month", 12, (i) =>
      [20 + i, 19990101 + (i % 2), 2010 + i, "03mar2015", i % 2 ? "11.2004" : "12.2004"].join(","),
    ),
  );
  const alike = await readAlike(made, table, "synthetic");
  expect(values(alike, "admitted").slice(0, 2)).toEqual([Date.UTC(1999, 0, 1), Date.UTC(1999, 0, 2)]);
  expect(new Date(values(alike, "onset")[3] as number).getUTCFullYear()).toBe(2013);
  expect(values(alike, "seen")[0]).toBe(Date.UTC(2015, 2, 3));
  expect(values(alike, "month")[0]).toBe(Date.UTC(2004, 11, 1));
});

describe("names", () => {
  test("are matched whatever their case, spaces, points and dashes, and never when two could be meant", () => {
    const match = matchNames(
      ["marital-status", "Age", "a b", "a_b", "x"],
      ["x", "marital.status", " age ", "A.B", "extra"],
    );
    expect([...match.found]).toEqual([
      ["x", "x"],
      ["marital-status", "marital.status"],
      ["Age", " age "],
    ]);
    expect(match.renamed.map(({ written }) => written)).toEqual(["marital.status", " age "]);
    expect(match.extra).toEqual(["A.B", "extra"]);
  });
  test("a sign at the end is part of the name", () => {
    expect(matchNames(["CD4+"], ["CD4-"]).found.size).toBe(0);
  });
});

describe("a synthetic table from any tool", () => {
  test("in another order, with another delimiter, decimal mark, date pattern and missing token, is the same table", async () => {
    const alike = await readAlike(
      fileOf(
        csv(
          "DIED;ward;crp;Seen On;Smoker;grade;age;Unnamed: 0",
          40,
          (i) =>
            `${i % 2};${["A", "B", "C"][i % 3]};${i % 8 ? `${i},5` : "NaN"};2022-03-${two(1 + (i % 28))};${i % 2 ? "yes" : "no"};${1 + (i % 4)}.0;${i},25;${i}`,
        ),
      ),
      await real(),
      "synthetic",
    );
    expect(alike.table.schema.columns.map(({ name }) => name)).toEqual([
      "age",
      "crp",
      "seen on",
      "ward",
      "grade",
      "smoker",
      "died",
    ]);
    expect(values(alike, "age").slice(0, 3)).toEqual([0.25, 1.25, 2.25]);
    expect(values(alike, "crp").slice(0, 3)).toEqual([NaN, 1.5, 2.5]);
    expect(values(alike, "seen on")[1]).toBe(Date.UTC(2022, 2, 2));
    expect(cellsOf(alike, "grade").slice(0, 4)).toEqual(["1", "2", "3", "4"]);
    expect(alike.extra).toEqual(["Unnamed: 0"]);
    expect(alike.missing).toEqual([]);
    const notes = alike.notes.join("\n");
    expect(notes).toMatch(/“DIED” is taken for “died”/);
    expect(notes).toMatch(/only the synthetic table has it: “Unnamed: 0”/);
    expect(notes).toMatch(/Whole numbers in the real table, decimals in the synthetic one: “age”/);
  });

  test("a few texts among numbers are missing and counted; most of a column is refused with row and name", async () => {
    const rows = (strange: (i: number) => boolean): ReadFile =>
      fileOf(csv("age,ward,died", 60, (i) => `${strange(i) ? "old" : 20 + i},A,${i % 2}`));
    const alike = await readAlike(
      rows((i) => i === 4 || i === 9),
      await real(),
      "synthetic",
    );
    expect(values(alike, "age").filter(Number.isNaN)).toHaveLength(2);
    expect(alike.notes.join("\n")).toMatch(/“age”: 2 cells are not numbers \(first in row 5\)/);
    const fault = await faultOf(
      readAlike(
        rows((i) => i % 4 > 0),
        await real(),
        "synthetic",
      ),
    );
    expect(fault).toMatchObject({ code: "cells-unlike", column: "age", row: 2, value: "old", share: 0.75 });
  });

  test("True and False beside 0 and 1 are left as they are, and said; real values of few rows are not", async () => {
    const alike = await readAlike(
      fileOf(csv("age,ward,died,smoker", 30, (i) => `${i},${i ? "D" : "A"},${i % 2 ? "True" : "False"},YES`)),
      await real(),
      "synthetic",
    );
    expect(new Set(cellsOf(alike, "died"))).toEqual(new Set(["True", "False"]));
    const notes = alike.notes.join("\n");
    expect(notes).toMatch(
      /“died”: no value of the synthetic table \(“False”, “True”\) occurs in the real one \(“0”, “1”\)/,
    );
    expect(notes).toMatch(/“ward”: 29 cells have values that no real row has \(“D”\)/);
    expect(notes).toMatch(/“smoker”: no value/);
  });

  test("names what it lacks and goes on with the rest; with one column in common it is refused", async () => {
    const alike = await readAlike(fileOf(csv("age,ward", 20, (i) => `${i},A`)), await real(), "synthetic");
    expect(alike.missing).toEqual(["crp", "seen on", "grade", "smoker", "died"]);
    expect(alike.notes.join("\n")).toMatch(/the synthetic table lacks it: “crp”/);
    const fault = await faultOf(
      readAlike(fileOf(csv("age,x", 20, (i) => `${i},1`)), await real(), "synthetic"),
    );
    expect(fault).toMatchObject({ code: "columns-unlike", shared: ["age"], needed: 2 });
  });

  test("rows with too many cells, as a language model writes some, are left out and counted", async () => {
    const alike = await readAlike(
      fileOf(csv("age,ward", 30, (i) => (i === 7 ? "1,A,B" : `${i},A`))),
      await real(),
      "synthetic",
    );
    expect(alike.table.rows).toBe(29);
    expect(alike.notes.join("\n")).toMatch(/1 of 30 rows has .* is left out/);
  });

  test("a name that occurs twice is numbered, and the second one left aside", async () => {
    const text = csv("age,ward,age", 20, (i) => `${i},A,${i === 3 ? "1,2" : 99}`);
    const alike = await readAlike(fileOf(text), await real(), "synthetic");
    expect(values(alike, "age").slice(0, 4)).toEqual([0, 1, 2, 4]);
    expect(alike.extra).toEqual(["age_2"]);
  });

  test("a person's own missing tokens of the real table hold, and so do the common ones", async () => {
    const source = csv("age,crp,ward", 60, (i) => `${i % 6 ? 20 + i : -9},${i}.5,${i % 2 ? "A" : "B"}`);
    const { table } = await fileOf(source)([{ type: "missing-tokens", tokens: ["-9"] }], {});
    const alike = await readAlike(
      fileOf(csv("age,crp,ward", 30, (i) => `${i === 3 ? -9 : i === 4 ? "NA" : 30 + i},${i}.5,A`)),
      table,
      "synthetic",
    );
    expect(values(alike, "age").slice(2, 6)).toEqual([32, NaN, NaN, 35]);
  });

  test("day and month are read as in the real table where the file itself leaves them open", async () => {
    const us = await tableOf(
      csv("day,x", 60, (i) => `${two(1 + (i % 12))}/${two(1 + (i % 28))}/2020,${i}.5`),
    );
    const alike = await readAlike(
      fileOf(csv("day,x", 12, (i) => `${two(1 + (i % 12))}/${two(1 + ((i * 5) % 12))}/2020,${i}.5`)),
      us,
      "synthetic",
    );
    expect(values(alike, "day")[1]).toBe(Date.UTC(2020, 1, 6));
  });

  test("cells of a held-out table are in no note", async () => {
    const alike = await readAlike(
      fileOf(
        csv("age,ward,died", 60, (i) => `${i === 4 ? "SECRET1" : 20 + i},${i === 9 ? "SECRET2" : "A"},0`),
      ),
      await real(),
      "held-out",
    );
    expect(alike.notes.length).toBeGreaterThan(0);
    expect(alike.notes.join("\n")).not.toMatch(/SECRET/);
  });
});

describe("odd synthetic tables give a report with reasons", () => {
  const odd: readonly [string, string][] = [
    ["25 rows", csv("age,crp,ward,died", 25, (i) => `${20 + i},${i / 10},A,${i % 2}`)],
    ["an all-missing column", csv("age,crp,ward,died", 90, (i) => `${20 + (i % 50)},,B,${i % 2}`)],
    ["a single-class target", csv("age,crp,ward,died", 90, (i) => `${20 + (i % 50)},${i % 7}.5,B,0`)],
    [
      "a column of 20,000 levels",
      csv("age,crp,ward,died", 20_000, (i) => `${20 + (i % 50)},${i % 7}.5,w${i},${i % 2}`),
    ],
    ["no target", csv("age,crp,ward", 90, (i) => `${20 + (i % 50)},${i % 7}.5,B`)],
  ];
  test.each(odd)("%s", async (_, text) => {
    const table = await real();
    const synthetic = await readAlike(fileOf(text), table, "synthetic");
    const report = await evaluateTables(
      { ...realSides(table, { seen: "some", split: { share: 0.25, seed: 1 } }), synthetic: synthetic.table },
      elsewhereFacts(table.name, "synthetic.csv", 1),
      { notes: synthetic.notes },
    );
    expect(report.metrics.some(({ result }) => result.status === "ok")).toBe(true);
    for (const { result } of report.metrics)
      if (result.status === "skipped") expect(result.reason).toMatch(/[A-Za-z].*\./);
    expect(report.notes).toEqual(expect.arrayContaining([...synthetic.notes]));
    expect(report.run).toMatchObject({ synthesizer: "elsewhere", synthesizerName: "synthetic.csv" });
  });

  test("a real table whose target has one class", async () => {
    const table = await tableOf(csv("age,crp,died", 120, (i) => `${20 + (i % 50)},${i % 7}.5,0`));
    const revised = reviseTable(table, [{ type: "role", column: "died", role: "target" }]);
    const whole = revised.status === "revised" ? revised.table : table;
    const synthetic = await readAlike(
      fileOf(csv("age,crp,died", 60, (i) => `${20 + (i % 50)},${i % 7}.5,${i % 2}`)),
      whole,
      "synthetic",
    );
    const report = await evaluateTables(
      { ...realSides(whole, { seen: "some", split: { share: 0.25, seed: 1 } }), synthetic: synthetic.table },
      elsewhereFacts(whole.name, "s.csv", 1),
    );
    expect(report.axes.length).toBeGreaterThan(0);
  });
});

describe("a real table whose levels are labels of codes", () => {
  const valueLabels = [
    { code: "1", label: "male" },
    { code: "2", label: "female" },
  ];
  const labelled = async (): Promise<Table> => {
    const text = csv(
      "sex,crp,age",
      60,
      (i) => `${["male", "female"][i % 2]},${i % 9}.5,${20 + ((i * 7) % 50)}`,
    );
    const hints = new Map([["sex", { kind: "category" as const, valueLabels }]]);
    return (await readCsv(bytesOf(text), { name: "real.sav", hints, written: "typed" })).table;
  };

  test.each([
    ["codes", (i: number) => String(1 + (i % 2))],
    ["codes with decimals", (i: number) => `${1 + (i % 2)}.0`],
    ["labels", (i: number) => ["male", "female"][i % 2] as string],
  ])("reads a synthetic one with %s alike", async (_, cell) => {
    const alike = await readAlike(
      fileOf(csv("sex,crp,age", 60, (i) => `${cell(i)},${i % 7}.5,${25 + (i % 40)}`)),
      await labelled(),
      "synthetic",
    );
    expect(cellsOf(alike, "sex").slice(0, 3)).toEqual(["male", "female", "male"]);
    expect(alike.notes).toEqual([]);
  });
});
