import { describe, expect, test } from "vitest";
import type { Suggestion } from "../../table/cleaning-step.ts";
import { cleaned, column } from "../fixtures/cleaned.ts";
import { suggestSteps } from "./suggest.ts";
import { misspells } from "./words-alike.ts";

async function suggested(text: string): Promise<Suggestion[]> {
  const { table, cleaning } = await cleaned(text, []);
  const { rows, reading } = cleaning.cleaned();
  return suggestSteps({ rows, reading, kinds: new Map() }, table);
}

/** A column whose cells come so often each. */
const often = (name: string, cells: Readonly<Record<string, number>>): string =>
  column(
    name,
    Object.entries(cells).flatMap(([cell, count]) => new Array<string>(count).fill(cell)),
  );

/** What each text of a merge becomes. */
const merges = (suggestions: readonly Suggestion[]): Record<string, string | null> =>
  Object.fromEntries(
    suggestions.flatMap(({ step }) =>
      step.step === "merge"
        ? [step, ...(step.more ?? [])].flatMap(({ from, to }) => from.map((text) => [text, to]))
        : [],
    ),
  );

describe("levels that are one answer", () => {
  test("by case, spaces and a stop, under the spelling that most cells have", async () => {
    const found = await suggested(
      often("place", { "Ward A": 20, "ward a": 3, "Ward  A": 2, ICU: 9, "icu.": 2, Home: 9 }),
    );
    expect(found).toHaveLength(1);
    expect(merges(found)).toEqual({ "ward a": "Ward A", "Ward  A": "Ward A", "icu.": "ICU" });
    expect(found[0]).toMatchObject({
      cells: 7,
      lossless: true,
      seen: "“ward a”, “Ward  A”: 5 spellings of 2 levels",
    });
  });

  test("by language, where the whole column is of that kind", async () => {
    const sexes = await suggested(
      often("sex", { m: 20, M: 2, male: 3, "männl.": 2, männlich: 1, w: 12, Frau: 3, F: 9, divers: 1 }),
    );
    expect(merges(sexes)).toEqual({ M: "m", male: "m", "männl.": "m", männlich: "m", F: "w", Frau: "w" });
    const yes = await suggested(often("smoker", { ja: 12, Ja: 3, J: 2, nein: 20, N: 4, unbekannt: 3 }));
    expect(merges(yes)).toEqual({ Ja: "ja", J: "ja", N: "nein" });
    expect(merges(await suggested(often("grade", { m: 9, f: 8, k: 20, w: 7 })))).toEqual({});
  });

  test("by a slip of the hand, where the right spelling is far more frequent; that is no lossless step", async () => {
    const found = await suggested(
      often("state", { Admitted: 40, admited: 2, Discharged: 30, Dischraged: 1, Died: 9 }),
    );
    expect(merges(found)).toEqual({ admited: "Admitted", Dischraged: "Discharged" });
    expect(found[0]).toMatchObject({ lossless: false, cells: 3 });
    expect(merges(await suggested(often("state", { Admitted: 9, admited: 8, Died: 9 })))).toEqual({});
  });

  test("different answers are let alone", async () => {
    const apart: Record<string, number>[] = [
      { hypotension: 40, hypertension: 2, normotension: 9 },
      { "left arm": 40, "lift arm": 0, "right arm": 3 },
      { T3: 40, T4: 2, T1: 5, T2: 5 },
      { "typ 1 diabetes": 2, "typ 2 diabetes": 60 },
      { "stage II": 40, "stage III": 3, "stage I": 5 },
      { "no fracture": 50, fracture: 4 },
      { arthritis: 60, arteritis: 2, none: 4 },
      { macrocytic: 2, microcytic: 40 },
      { prednisolone: 60, prednisone: 4 },
      { "with metastasis": 30, "without metastasis": 2 },
      { casado: 30, casada: 2, soltero: 30 },
      { dysphagia: 30, dysphasia: 3, aphasia: 4 },
      { positive: 30, negative: 3, "not positive": 2 },
      { "C50.1": 40, "C50.2": 3, "C51.1": 3 },
      { "gastrostomy tube": 20, "gastrotomy tube": 2 },
      { symptomatic: 40, asymptomatic: 3 },
      { ileum: 40, ilium: 3 },
    ];
    for (const levels of apart)
      expect([levels, merges(await suggested(often("x", levels)))]).toEqual([levels, {}]);
  });

  test("a slip is one letter behind the same first one, two in a long word", () => {
    expect(misspells("diabtes mellitus", "diabetes mellitus")).toBe(true);
    expect(misspells("hypertenssion", "hypertension")).toBe(true);
    expect(misspells("ward a", "ward b")).toBe(false);
    expect(misspells("abnormal", "normal")).toBe(false);
    expect(misspells("unstable angina", "stable angina")).toBe(false);
    expect(misspells("in patient ward", "inpatient ward")).toBe(true);
  });
});

describe("cells that are numbers and something more", () => {
  const values = (cells: (i: number) => string, n = 40): string =>
    column(
      "lab",
      Array.from({ length: n }, (_, i) => cells(i)),
    );

  test("two numbers in one cell; those that are split are not looked at further", async () => {
    const [found, ...more] = await suggested(values((i) => `${110 + i}/${60 + (i % 20)}`));
    expect(found).toMatchObject({ seen: "“110/60”: two numbers in one cell", lossless: true, cells: 40 });
    expect(found?.step).toMatchObject({ step: "split", into: ["lab_systolic", "lab_diastolic"] });
    expect(more).toEqual([]);
    const visus = await suggested(values((i) => `${5 + (i % 9)}/${20 + (i % 13)}`));
    expect(visus[0]?.step).toMatchObject({ step: "split", at: "/", into: ["lab_1", "lab_2"] });
  });

  test("marks of a laboratory", async () => {
    const [found] = await suggested(
      values(
        (i) =>
          `${(3 + i / 10).toFixed(1)}${i % 7 === 0 ? " H" : i % 9 === 0 ? " L" : i % 11 === 0 ? "*" : ""}`,
      ),
    );
    expect(found?.step).toEqual({ step: "strip-marks", column: "lab", marks: ["H", "L", "*"] });
    expect(found?.lossless).toBe(false);
  });

  test("words and codes for missing", async () => {
    const found = await suggested(
      values(
        (i) =>
          i % 8 === 3 ? "n.m." : i % 10 === 7 ? "not done" : i % 13 === 1 ? "9999" : `${20 + ((i * 7) % 50)}`,
        60,
      ),
    );
    expect(merges(found)).toEqual({ "n.m.": null, "not done": null, "9999": null });
    expect(
      merges(await suggested(often("stain", { positive: 20, negative: 30, "nicht erhoben": 4, "n.d.": 2 }))),
    ).toMatchObject({ "nicht erhoben": null });
    expect(merges(await suggested(values((i) => `${900 + ((i * 37) % 150)}`, 60)))).toEqual({});
  });

  test("numbers in two notations, and spaces inside numbers", async () => {
    const [found] = await suggested(values((i) => (i % 5 === 0 ? `1.${100 + i},5` : `1,${200 + i}.5`)));
    expect(found?.step).toEqual({ step: "one-notation", column: "lab" });
    const [spaced] = await suggested(values((i) => (i % 6 === 0 ? `1${i % 10} .5` : `${10 + i}.5`)));
    expect(spaced?.step).toEqual({ step: "replace", column: "lab", find: " ", by: "" });
  });

  test("clean numbers, dates, codes and free text ask for nothing", async () => {
    const calm = [
      (i: number) => String(20 + i),
      (i: number) => `${(i * 1.7).toFixed(2)}`,
      (i: number) => `2024-0${1 + (i % 9)}-1${i % 10}`,
      (i: number) => `E1${i % 5}.${i % 9}`,
      (i: number) => ["I", "II", "III", "IV"][i % 4] as string,
      (i: number) => `${90 + i} bpm`,
      (i: number) => (i % 3 === 0 ? "<5" : String(6 + i)),
      (i: number) => `Patient says that the pain of day ${i} is gone since ${i % 7} days`,
    ];
    for (const cells of calm) expect([cells(1), await suggested(values(cells))]).toEqual([cells(1), []]);
  });
});

test("columns that may name a person are not looked at", async () => {
  const text = `name,email\n${Array.from({ length: 40 }, (_, i) => `${i % 2 ? "Anna" : "anna"} M${i},a${i}@x.org`).join("\n")}\n`;
  expect(await suggested(text)).toEqual([]);
});
