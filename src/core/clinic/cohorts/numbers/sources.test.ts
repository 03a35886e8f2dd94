import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { everyCohort } from "../cohorts.ts";
import type { Setting, Stage } from "../simulating/stage.ts";
import { everyNumber, numbersWith } from "./numbers.ts";
import { sources } from "./sources.ts";

const known = new Map(sources.map((source) => [source.id, source]));

describe("every number of the simulator", () => {
  it("has unit, population, range and a published source", () => {
    for (const number of everyNumber) {
      const source = known.get(number.source);
      expect(source, `${number.id}: ${number.source}`).toBeDefined();
      expect(source?.citation.length, number.source).toBeGreaterThan(30);
      expect(source?.at).toMatch(/^(10\.\d{4,}\/\S+|https:\/\/\S+)$/);
      expect(source?.year).toBeGreaterThan(1900);
      for (const words of [number.about, number.unit, number.population])
        expect(words.trim(), number.id).not.toBe("");
      expect(number.value, number.id).toBeGreaterThanOrEqual(number.range[0]);
      expect(number.value, number.id).toBeLessThanOrEqual(number.range[1]);
      if (number.how !== "stated")
        expect(number.note?.length ?? 0, `${number.id} says how`).toBeGreaterThan(10);
    }
  });

  it("has an id of its own, and so has every source", () => {
    const ids = everyNumber.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(known.size).toBe(sources.length);
  });

  it("is asked for by some stage, and no source is idle", () => {
    const asked = new Set<string>();
    const numbers = {
      of: (id: string): number => {
        asked.add(id);
        return numbersWith().of(id);
      },
    };
    for (const cohort of everyCohort) {
      for (const [hospitals, units] of [
        [1, "one"],
        [12, "own"],
      ] as const) {
        const setting: Setting = { numbers, pyramid: undefined, hospitals, units };
        for (const stage of [...cohort.stages, ...cohort.recording] satisfies Stage[]) stage.prepare(setting);
        cohort.course.prepare(setting);
      }
    }
    expect(everyNumber.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual([]);
    const used = new Set(everyNumber.map(({ source }) => source));
    expect(sources.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });
});

/** Of units and of arithmetic: 0 to 2, halves, tens, and how many minutes, hours, days and months there are. */
const ARITHMETIC = new Set(
  "0 1 2 3 4 0.5 10 12 24 60 100 365 365.25 1000 1024 3600 3600000 86400000 30.44 0x80000000".split(" "),
);
/** Where no stage stands. */
const apart = ["numbers", "simulating", "climb", "exports"];

/** Numbers that stand in a stage's own code, with their lines. */
function bareNumbers(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return apart.includes(entry.name) ? [] : bareNumbers(path);
    if (!entry.name.endsWith(".ts") || entry.name.endsWith(".test.ts")) return [];
    const code = readFileSync(path, "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
      .replace(/\/\/.*$/gm, "")
      .replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '""');
    return code.split("\n").flatMap((line, i) =>
      [...line.matchAll(/(?<![\w.$])\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?/gi)]
        .map(([text]) => text.replaceAll("_", ""))
        .filter((text) => !ARITHMETIC.has(text))
        .map((text) => `${path}:${i + 1}: ${text}`),
    );
  });
}

/** Where a number is layout or form and not medicine: what columns and pictures are made of. */
const FORM =
  /\/(cohort|cohorts|[\w-]*planted|[\w-]*columns|pyramid|pyramid-file|icu\/icu|diabetes\/diabetes|heart-failure\/heart-failure|emergency\/emergency|maternity\/maternity)\.ts/;

it("no stage has a number of its own", () => {
  const bare = bareNumbers(join(import.meta.dirname, "..")).filter((line) => !FORM.test(line));
  expect(bare).toEqual([]);
});
