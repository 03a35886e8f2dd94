import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers, type MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { expectedUse, expectedUses } from "./expected-use.ts";
import measuredUse from "./measured-use.json" with { type: "json" };
import { offerOf } from "./offer-of.ts";
import { isMarked, tableMark } from "./table-mark.ts";

function ward(rows: number, more: readonly MadeColumn[] = []): Table {
  const rng = createRng(rows);
  const column = (of: () => number): Float64Array => Float64Array.from({ length: rows }, of);
  return madeTable([
    numbers(
      "sodium",
      column(() => 130 + rng.integer(20)),
      { decimals: 0 },
    ),
    numbers(
      "score",
      column(() => rng.normal()),
      { decimals: 1 },
    ),
    levels(
      "sex",
      column(() => rng.integer(2)),
      ["F", "M"],
    ),
    levels(
      "died",
      column(() => rng.integer(2)),
      ["no", "yes"],
      { role: "target" },
    ),
    ...more,
  ]);
}

test("says what is public, what is paid for and what a person may declare", () => {
  const offer = offerOf(ward(300), {
    facts: { columns: [{ name: "sex", levels: { values: ["F", "M"], why: "declared" }, missing: false }] },
  });
  const of = (what: string): object | undefined => offer.lines.find((line) => line.what === what);
  expect(of("Column names, 4")).toMatchObject({ cost: "public" });
  expect(of("Range of sodium")).toMatchObject({ cost: "public", column: "sodium", declares: "range" });
  expect(of("Range of score")).toMatchObject({ cost: "decision", column: "score", declares: "range" });
  expect(of("Levels of sex")).toMatchObject({ cost: "public", why: "Declared: F, M." });
  expect(of("Levels of died")).toMatchObject({ cost: "decision", declares: "levels" });
  expect(of("Missing cells of sex")).toMatchObject({ cost: "public", declares: "missing" });
  expect(of("Number of rows")).toMatchObject({ cost: "paid" });
  expect(offer.facts.columns.find(({ name }) => name === "sodium")?.range?.why).toBe("clinical");
  expect(JSON.parse(JSON.stringify(offer))).toEqual(offer);
});

test("the words of yes and no are read for nothing, and it says so, and what one patient can decide", () => {
  const rng = createRng(2);
  const answers = Float64Array.from({ length: 300 }, () => rng.integer(2));
  const { lines } = offerOf(ward(300, [levels("hiv", answers, ["no", "yes"], { kind: "boolean" })]));
  expect(lines.find(({ what }) => what === "Levels of hiv")).toMatchObject({
    cost: "public",
    why: "The two words that its cells are written with: no, yes. That both occur is not protected.",
    declares: "levels",
  });
  expect(lines[0]?.why).toContain("Where the cells of one patient alone decide one of these");
});

test("columns with the same two words have one line", () => {
  const flags = ["anaemia", "diabetes", "smoking"].map((name) =>
    levels(name, [0, 1], ["no", "yes"], { kind: "boolean" }),
  );
  const { lines } = offerOf(madeTable([numbers("age", [60, 70], { decimals: 0 }), ...flags]));
  expect(lines.filter(({ what }) => what.startsWith("Levels"))).toEqual([
    {
      what: "Levels of anaemia, diabetes and smoking",
      cost: "public",
      why: "The two words that their cells are written with: no, yes. That both occur is not protected.",
    },
  ]);
});

test("yes and no are listed as public, a range for several units says so, and nothing speaks of patients where rows count", () => {
  const table = madeTable([
    numbers("age", [60, 70], { decimals: 0 }),
    numbers("creatinine", [1, 2], { decimals: 1 }),
    numbers("Geburtsjahr", [1950, 1960], { decimals: 0 }),
    levels("diabetes", [0, 1], ["ja", "nein"], { kind: "boolean" }),
    levels("ward", [0, 1], ["A", "B"]),
  ]);
  const { lines, facts } = offerOf(table);
  const why = (what: string): string | undefined => lines.find((line) => line.what === what)?.why;
  expect(why("Range of age")).toBe("0 to 122 years. Known clinical range.");
  expect(why("Range of creatinine")).toContain("wide enough for mg/dL or µmol/L");
  expect(why("Range of Geburtsjahr")).toBe("1880 to 2100. Known: calendar years.");
  expect(lines.find(({ what }) => what === "Levels of diabetes")).toMatchObject({
    cost: "public",
    why: "The two words that its cells are written with: nein, ja. That both occur is not protected.",
  });
  expect(facts.columns.at(-1)).toMatchObject({ name: "diabetes", levels: { why: "written" } });
  expect(why("Levels of ward")).toContain("those that enough rows share");
});

test("each stop says how sure an attacker can become, and what use is expected at this size", () => {
  const { stops, use, takes, delta, unit } = offerOf(ward(538));
  expect(stops.map(({ epsilon }) => epsilon)).toEqual([undefined, 10, 3, 1, 0.3]);
  expect(stops.map(({ sure }) => sure?.toFixed(2))).toEqual([undefined, "1.00", "0.95", "0.73", "0.57"]);
  expect(stops[3]?.sentence).toContain("73%");
  const [, , three, one] = stops;
  expect(one?.expected?.value).toBeGreaterThan(0.5);
  expect(one?.expected?.low).toBeLessThan(one?.expected?.value as number);
  expect(three?.expected?.value).toBeGreaterThanOrEqual(one?.expected?.value as number);
  expect(stops[0]?.expected?.value).toBeGreaterThanOrEqual(stops[1]?.expected?.value as number);
  expect(stops[0]?.told).toBeLessThan(0.65);
  expect([use, takes, unit]).toEqual(["Predicting died, AUROC", "dp-target", "row"]);
  expect(delta).toBeLessThanOrEqual(1 / (538 * Math.sqrt(538)));
});

test("without a target it takes marginals, and says why target tables do not fit", () => {
  const table = ward(300);
  const columns = table.schema.columns.map((column) => ({ ...column, role: "feature" as const }));
  const offer = offerOf({ ...table, schema: { ...table.schema, columns } });
  expect(offer.takes).toBe("dp-marginals");
  expect(offer.unfit.map(({ synthesizer }) => synthesizer)).toContain("dp-target");
  expect(offer.use).toBeUndefined();
});

test("under 50 rows nothing is left; of 200 columns at 300 rows it says which to drop, never the target or what is declared", () => {
  expect(offerOf(ward(49)).warnings[0]).toMatch(/^With 49 rows nothing useful is left at ε 1/);
  expect(offerOf(ward(300)).warnings).toEqual([]);
  const wide = Array.from({ length: 196 }, (_, i) => levels(`gene ${i}`, new Float64Array(300), ["a"]));
  const facts = { columns: [{ name: "gene 195", levels: { values: ["a"], why: "declared" as const } }] };
  const [warning = ""] = offerOf(ward(300, wide), { facts }).warnings;
  expect(warning).toContain("200 columns are too many for 300 rows");
  expect(warning).toContain("“gene 194”");
  expect(warning).not.toContain("“gene 195”");
  expect(warning).not.toContain("“died”");
});

test("a held-out share is not counted, and a patient with an id is the unit, with one row too", () => {
  const ids = numbers(
    "id",
    Float64Array.from({ length: 400 }, (_, i) => i),
    {
      decimals: 0,
      role: "identifier",
    },
  );
  const offer = offerOf(ward(400, [ids]), { holdout: { share: 0.5, seed: 1 } });
  expect(offer.unit).toBe("patient");
  expect(offer.delta).toBeGreaterThan(offerOf(ward(400)).delta);
  expect(offer.lines.map(({ what }) => what)).toContain("Number of patients");
});

test("use is expected by likeness to what was measured, and not where nothing was like it", () => {
  const measured = [{ units: 500, columns: 10, epsilon: 1, real: 0.9, use: 0.8, spread: 0, told: 0.9 }];
  const spread = expectedUse(
    { units: 500, columns: 10, epsilon: 1 },
    measured.map((one) => ({ ...one, spread: 0.1 })),
  );
  expect(spread?.expected.low).toBeLessThan(0.6);
  expect(expectedUse({ units: 500, columns: 10, epsilon: 1 }, measured)?.expected.value).toBeCloseTo(0.8, 9);
  expect(expectedUse({ units: 50, columns: 10, epsilon: 10 }, measured)?.told).toBeCloseTo(0.9, 9);
  expect(expectedUse({ units: 30, columns: 200, epsilon: 0.3 })).toBeUndefined();
});

test("what was measured lies in the interval that is expected of the same size, and use never falls with epsilon", () => {
  const outside = measuredUse.measured.filter((one) => {
    const expected = expectedUse(one)?.expected;
    return expected === undefined || Math.max(0.5, one.use) < expected.low || one.use > expected.high;
  });
  expect(outside.length / measuredUse.measured.length).toBeLessThan(0.1);
  for (const units of [200, 500, 2000, 7000])
    for (const columns of [9, 15, 25]) {
      const epsilons = [Infinity, 10, 3, 1, 0.3];
      const uses = expectedUses({ units, columns }, epsilons);
      expect(uses.has(Infinity)).toBe(true);
      const values = epsilons.flatMap((epsilon) => uses.get(epsilon)?.expected.value ?? []);
      expect(values.toSorted((a, b) => b - a)).toEqual(values);
    }
});

test("takes marginals with many rows for each column, at the epsilon and delta of the run", () => {
  expect(offerOf(ward(3000), { epsilon: 1 })).toMatchObject({ takes: "dp-marginals" });
  expect(offerOf(ward(3000), { epsilon: 0.1 }).takes).toBe("dp-target");
  expect(offerOf(ward(3000), { epsilon: 1, delta: 1e-3 }).takes).toBe("dp-target");
});

test("a mark knows its table again and no other, and two marks of one table differ", () => {
  const mark = tableMark("ab".repeat(32));
  expect(isMarked(mark, "ab".repeat(32))).toBe(true);
  expect(isMarked(mark, "ac".repeat(32))).toBe(false);
  expect(tableMark("ab".repeat(32)).sha256).not.toBe(mark.sha256);
});
