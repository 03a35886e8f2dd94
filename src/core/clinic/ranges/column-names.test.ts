import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { matchedColumns } from "./known-quantities.ts";
import { listedQuantities, loincCodes, nhanesCodes } from "./names/name-lists.ts";
import { quantities } from "./reference-ranges.ts";

/** A column's name as hospitals and public tables write it, and what it stands for. */
interface NamedExample {
  readonly name: string;
  /** undefined: it stands for no quantity, though it may look as if */
  readonly quantity?: string;
  readonly unit?: string;
  /** of the column's values; undefined: it holds words */
  readonly median?: number;
  /** language or table that such names come from */
  readonly where: string;
}

/**
 * The matcher was built on `building` and `public`, columns of published tables by their own descriptions; `held-out` was only
 * ever measured.
 */
type Part = "building" | "held-out" | "public";

const FILES: Readonly<Record<Part, string>> = {
  building: "fixtures/column-names.tsv",
  "held-out": "fixtures/column-names.tsv",
  public: "fixtures/public-columns.tsv",
};

function namedExamples(part: Part): NamedExample[] {
  const text = readFileSync(new URL(FILES[part], import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .filter(([own]) => own === part)
    .map(([, name = "", quantity, unit, median, where = ""]) => ({
      name,
      where,
      ...(quantity && { quantity }),
      ...(unit && { unit }),
      ...(median && { median: Number(median) }),
    }));
}

/** 60 values whose median is that of the example. */
const tableOf = ({ name, median }: NamedExample) =>
  madeTable([
    numbers(
      name,
      Array.from({ length: 61 }, (_, i) => (median ?? 0) * (1 + (i - 30) / 1000)),
      { kind: "decimal" },
    ),
  ]);

function measured(part: Part) {
  const examples = namedExamples(part);
  const named = examples.filter(({ quantity }) => quantity !== undefined);
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const example of examples) {
    if (example.median === undefined) continue;
    const [column] = matchedColumns([tableOf(example)]);
    const found = column?.match && `${column.match.quantity.name} in ${column.match.unit?.unit ?? "?"}`;
    const wanted = example.quantity && `${example.quantity} in ${example.unit ?? ""}`;
    if (wanted !== undefined && found !== wanted) missed.push(`${example.name}: ${found ?? "nothing"}`);
    if (found !== undefined && found !== wanted) wrong.push(`${example.name}: ${found}`);
  }
  return { recall: 1 - missed.length / named.length, falsely: wrong.length / examples.length, missed, wrong };
}

describe("column names as hospitals write them", () => {
  it("are 400 or more in four languages, a quarter of them look-alikes, half of them held out", () => {
    const [building, held] = [namedExamples("building"), namedExamples("held-out")];
    expect(Math.abs(building.length - held.length)).toBeLessThanOrEqual(2);
    const all = [...building, ...held];
    expect(all.filter(({ quantity }) => quantity).length).toBeGreaterThanOrEqual(300);
    expect(all.filter(({ quantity }) => !quantity).length).toBeGreaterThanOrEqual(100);
    for (const language of ["en", "de", "fr", "es", "loinc"])
      expect(all.filter(({ where }) => where.startsWith(language)).length, language).toBeGreaterThan(20);
  });

  it.each(["building", "held-out", "public"] as const)(
    "of the %s part, nine in ten are known with their unit, one in fifty falsely at most",
    (part) => {
      const { recall, falsely } = measured(part);
      expect(recall).toBeGreaterThanOrEqual(0.9);
      expect(falsely).toBeLessThanOrEqual(0.02);
    },
  );

  it("every quantity and code that the lists name is one that is known, and no full name means two", () => {
    const known = new Map(quantities.map((quantity) => [quantity.name, quantity]));
    for (const name of listedQuantities) expect(known.has(name), name).toBe(true);
    for (const { quantity, units } of [...loincCodes.values(), ...nhanesCodes.values()])
      for (const unit of units)
        expect(
          known.get(quantity)?.units.map((own) => own.unit),
          quantity,
        ).toContain(unit);
    const names = quantities.flatMap((quantity) => quantity.names);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, names: own } of quantities) expect(own.length, name).toBeGreaterThan(0);
  });
});
