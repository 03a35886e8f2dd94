import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { levels, madeTable, numbers, texts } from "../../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../../table/table.ts";
import { alikeRows } from "./alike-rows.ts";
import { collapseOf } from "./collapse.ts";
import { LONGEST_REPLY } from "./read-reply.ts";
import { readReplies, type GivenReply } from "./read-replies.ts";

const NAMES = ["age", "pulse", "weight", "site"];
function patients(rows = 400, seed = 1): Table {
  const rng = createRng(seed).fork("patients");
  const draw = (from: number, to: number): number[] =>
    Array.from({ length: rows }, () => from + rng.integer(to - from));
  const site = Array.from({ length: rows }, () => ["Aa", "Bb", "Cc"][rng.integer(3)] ?? "Aa");
  site[3] = "Rare";
  return madeTable([
    numbers("age", draw(20, 90), { decimals: 0 }),
    numbers("pulse", draw(50, 130), { decimals: 0 }),
    numbers("weight", draw(45, 120), { decimals: 0 }),
    texts("site", site),
  ]);
}
const real = patients();
const cellsOf = (table: Table, row: number): (string | number)[] =>
  table.columns.map((column) =>
    column.type === "numeric"
      ? (column.values[row] as number)
      : (column.levels[column.codes[row] as number] ?? ""),
  );
const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  [NAMES, ...rows].map((row) => row.join(",")).join("\n");
const read = (text: string, more: Partial<GivenReply> = {}) =>
  readReplies(real, [{ name: "r.txt", text, strategy: "plain", asked: 10, ...more }]);

describe("rows that equal a real patient", () => {
  const strangers = [
    [150 - 61, 129, 46, "Aa"],
    [21, 51, 119, "Bb"],
    [33, 128, 118, "Cc"],
  ];
  const whole = cellsOf(real, 10);
  const nearly = cellsOf(real, 20).with(3, "Bb");

  it("in all columns or all but one are set aside, said, and not shown", () => {
    const { view, tables } = read(csv([...strangers, whole, nearly]));
    expect(view.replies[0]).toMatchObject({
      came: 5,
      kept: 3,
      refused: [{ reason: "like a real patient", rows: 2 }],
    });
    expect(view.alike).toHaveLength(1);
    expect(view.alike[0]).toMatch(
      /^2 rows of r\.txt equal a real patient in .*4 columns\. They are set aside/,
    );
    expect(tables[0]?.table.rows).toBe(3);
    expect(JSON.stringify(view)).not.toContain(whole.join(","));
  });

  it("but for a level of their own are refused as any unknown level is: a guess is not confirmed", () => {
    const of = (site: string): string =>
      JSON.stringify(read(csv([...strangers, cellsOf(real, 3).with(3, site)])).view).replaceAll(site, "?");
    expect(cellsOf(real, 3)[3]).toBe("Rare");
    expect(of("Rare")).toBe(of("Made"));
  });

  it("are as few among rows drawn anew as chance gives", () => {
    const found = Array.from({ length: 20 }, (_, seed) => alikeRows(patients(300, 7 + seed), real));
    const expected = found.reduce((sum, { byChance }) => sum + byChance, 0);
    const seen = found.reduce((sum, { rows }) => sum + rows.size, 0);
    // 300 x 400 pairs that agree in the three columns which tell patients apart, whatever the site.
    expect(expected / 20).toBeCloseTo((300 * 400) / (70 * 80 * 75), 1);
    expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it("are not looked for where columns do not tell patients apart", () => {
    const codes = Array.from({ length: 60 }, (_, i) => i % 2);
    const table = madeTable(["a", "b", "c", "d"].map((name) => levels(name, codes, ["no", "yes"])));
    expect(alikeRows(table, table)).toEqual({ rows: new Map(), byChance: 0 });
  });

  it("are those that comparing every pair finds", () => {
    const drawn = patients(300, 3);
    const made = takeRows(real, [...Array(300).keys()]);
    // Every third row keeps all cells, every third has another weight, the rest another pulse and weight.
    for (let row = 0; row < 300; row++)
      for (const at of row % 3 === 0 ? [] : row % 3 === 1 ? [3] : [1, 2]) {
        const [to, from] = [made.columns[at], drawn.columns[at]];
        if (to?.type === "numeric" && from?.type === "numeric") to.values[row] = from.values[row] as number;
        if (to?.type === "coded" && from?.type === "coded") to.codes[row] = from.codes[row] as number;
      }
    const pairs = new Map<number, number>();
    for (let row = 0; row < made.rows; row++)
      for (let of = 0; of < real.rows; of++) {
        const [own, other] = [cellsOf(made, row), cellsOf(real, of)];
        const equal = own.map((cell, at) => cell === other[at]);
        const same = equal.filter(Boolean).length;
        if (same >= 3 && equal.slice(0, 3).every(Boolean))
          pairs.set(row, Math.max(same, pairs.get(row) ?? 0));
      }
    expect(pairs.size).toBeGreaterThan(150);
    expect(new Map([...alikeRows(made, real).rows].toSorted((a, b) => a[0] - b[0]))).toEqual(pairs);
  });
});

describe("levels", () => {
  it("that fewer than five real patients have count as invented, as any other unknown one", () => {
    const { view } = read(
      csv([
        [30, 60, 70, "Rare"],
        [31, 61, 71, "Zz"],
        [32, 62, 72, "Aa"],
        [33, 63, 73, "bb"],
      ]),
    );
    expect(view.replies[0]?.refused).toEqual([{ reason: "unknown level", rows: 2, example: "Rare" }]);
    expect(view.invented).toEqual([{ column: "site", levels: ["Rare", "Zz"], rows: 2 }]);
  });
});

it("counts how much rows repeat themselves beside as many real ones", () => {
  const made = takeRows(real, [1, 1, 1, 2]);
  const collapse = collapseOf("plain", made, real);
  expect(collapse).toMatchObject({ rows: 4, distinctRows: 2 });
  expect(collapse.columns[0]?.distinct).toBe(2);
  expect(collapse.columns[0]?.real).toBeGreaterThanOrEqual(3);
});

it("refuses rows that break what holds in the real table", () => {
  const rng = createRng(2).fork("pressures");
  const dbp = Array.from({ length: 100 }, () => 50 + rng.integer(40));
  const table = madeTable([
    numbers(
      "sbp",
      dbp.map((low) => low + 20 + rng.integer(40)),
      { decimals: 0 },
    ),
    numbers("dbp", dbp, { decimals: 0 }),
  ]);
  const { view } = readReplies(table, [
    { name: "r", text: "sbp,dbp\n120,80\n80,120\n130,70", strategy: "schema", asked: 3 },
  ]);
  expect(view.replies[0]).toMatchObject({ kept: 2, refused: [{ reason: "breaks a rule", rows: 1 }] });
});

it("repeats are counted across the replies of a strategy and not between strategies", () => {
  const text = csv([
    [30, 60, 70, "Aa"],
    [31, 61, 71, "Bb"],
  ]);
  const given = (name: string, strategy: GivenReply["strategy"]): GivenReply => ({
    name,
    text,
    strategy,
    asked: 2,
  });
  const { view, tables } = readReplies(real, [
    given("a", "plain"),
    given("b", "plain"),
    given("c", "schema"),
  ]);
  expect(view.replies.map(({ kept }) => kept)).toEqual([2, 0, 2]);
  expect(tables.map(({ name, note }) => [name, note])).toEqual([
    ["Plain prompt", "2 rows kept of 4 asked for"],
    ["Schema prompt", "2 rows kept of 2 asked for"],
  ]);
});

it("reads rows without names in the order that was asked for where columns were cut", () => {
  const { view, tables } = read("30,Aa\n31,Bb\n32,Cc", { columns: ["age", "site"] });
  expect(view.replies[0]).toMatchObject({ came: 3, kept: 3 });
  expect(tables[0]?.table.schema.columns.map(({ name }) => name)).toEqual(["age", "site"]);
});

it("understands names that were cut", () => {
  const { tables } = read("column_4,column_1\nAa,30\nBb,31");
  expect(tables[0]?.table.schema.columns.map(({ name }) => name)).toEqual(["age", "site"]);
});

describe("hostile and huge replies end in time and never throw", () => {
  const huge = LONGEST_REPLY / 32;
  it.each([
    ["brackets", "[".repeat(huge)],
    ["braces", '{"age":'.repeat(huge / 8)],
    ["quotes", '"a,\n'.repeat(huge / 4)],
    ["fences", "```\n".repeat(huge / 4)],
    ["cells", "1,".repeat(huge / 2)],
    ["spaces", `a  b  ${"c  ".repeat(6000)}\n`.repeat(40)],
    ["tags", "<table><tr><td>".repeat(huge / 16)],
    ["thoughts", "<think>".repeat(huge / 8)],
    ["half characters", "\ud800,\udfff\n".repeat(huge / 8)],
    ["prototype", '[{"__proto__":{"age":1},"constructor":2,"age":30,"site":"Aa"}]'],
    [
      "names of their own",
      JSON.stringify(
        Array.from({ length: 20_000 }, (_, i) => ({ age: 30 + (i % 50), site: "Aa", [`k${i}`]: 1 })),
      ),
    ],
    ["rows", csv(Array.from({ length: 30_000 }, (_, i) => [20 + (i % 70), 60, 70, "Aa"]))],
  ])("%s", (_, text) => {
    const started = performance.now();
    const { view } = read(text);
    expect(view.replies[0]?.kept).toBeLessThanOrEqual(view.replies[0]?.came ?? 0);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("reads no more than its bound and says so", () => {
    const row = "30,60,70,Aa\n";
    const { view } = read(NAMES.join(",") + "\n" + row.repeat(LONGEST_REPLY / row.length + 10));
    expect(view.replies[0]?.repaired.join()).toContain("Only the first 8,000,000 characters were read.");
  });
});
