import { describe, expect, it } from "vitest";
import { columnOf, oneColumn, readText } from "../fixtures/read-text.ts";
import { cellFormatter } from "../formats/format-cell.ts";
import { profileTable } from "../profile/profile-table.ts";
import { valueLines } from "../profile/value-words.ts";
import type { Column, ColumnSchema, Table } from "../table.ts";
import { KEPT_TEXTS } from "./column-cells.ts";
import { reviseTable } from "./revise.ts";

const many = (n: number, cell: (i: number) => string): string[] =>
  Array.from({ length: n }, (_, i) => cell(i));

const writtenIn = (table: Table): string[] => {
  const format = cellFormatter(table.columns[0] as Column, table.schema.columns[0] as ColumnSchema);
  return many(table.rows, format);
};

describe("numbers beside limits", () => {
  const half = many(80, (i) => (i % 2 ? "<4" : (4 + i / 10).toFixed(1)));

  it.each([
    ["half of them", half],
    ["three quarters", many(80, (i) => (i % 4 ? "< 0.2" : (0.2 + i / 100).toFixed(2)))],
    ["two on one side", many(80, (i) => (i % 9 === 0 ? "<3" : i % 7 === 0 ? "<5" : (3 + i / 7).toFixed(1)))],
    ["one on each side", many(80, (i) => (i % 9 === 0 ? "<3" : i % 7 === 0 ? ">14" : String(3 + (i % 11))))],
    ["ages", many(80, (i) => (i % 8 === 0 ? "> 89" : String(20 + (i % 70))))],
    ["with a unit", many(80, (i) => (i % 5 === 0 ? "<2 mg/L" : `${2 + i} mg/L`))],
    ["with a least value", many(80, (i) => (i % 8 === 0 ? "85+" : String(20 + (i % 65))))],
  ])("are numbers, and are written as they were: %s", async (_what, cells) => {
    const { table } = await readText(oneColumn("lab", cells));
    expect(["integer", "decimal"]).toContain(columnOf(table, "lab").schema.kind);
    expect(writtenIn(table)).toEqual(cells);
    expect(table.reading?.unread).toEqual([]);
  });

  it("lie beyond the limit, where no other number is", async () => {
    const { schema, cells } = columnOf((await readText(oneColumn("lab", half))).table, "lab");
    expect(schema.limits).toEqual([{ text: "<4", value: 3.9, side: "below" }]);
    expect(cells.filter((cell) => cell === 3.9)).toHaveLength(40);
  });

  it("are read with a decimal comma and written by it", async () => {
    const cells = many(40, (i) => (i % 3 ? `${i},5` : "<0,1"));
    const { table } = await readText(oneColumn("lab", cells));
    expect(columnOf(table, "lab").schema.number?.decimalMark).toBe(",");
    expect(writtenIn(table)).toEqual(cells);
  });

  it("in a long column too, whose texts are not kept", async () => {
    const rows = KEPT_TEXTS + 500;
    const cells = many(rows, (i) => (i % 10 === 0 ? "<1" : (1 + i / 4).toFixed(2)));
    const { table } = await readText(oneColumn("lab", cells), {}, 1 << 16);
    expect(columnOf(table, "lab").schema.limits).toEqual([{ text: "<1", value: 0.99, side: "below" }]);
    expect(writtenIn(table).slice(0, 20)).toEqual(cells.slice(0, 20));
  });

  it("few numbers beside a limit stay levels, in their order", async () => {
    const { schema, cells } = columnOf(
      (
        await readText(
          oneColumn(
            "band",
            many(60, (i) => ["<18", "18-64", "65+"][i % 3] as string),
          ),
        )
      ).table,
      "band",
    );
    expect(schema).toMatchObject({ kind: "category", measure: "ordinal" });
    expect(cells.slice(0, 3)).toEqual(["<18", "18-64", "65+"]);
  });

  it("become levels by a person's change", async () => {
    const { table } = await readText(oneColumn("lab", half));
    const levels = reviseTable(table, [{ type: "kind", column: "lab", kind: "category" }]);
    expect(levels.status === "revised" && columnOf(levels.table, "lab").cells.slice(0, 2)).toEqual([
      "4.0",
      "<4",
    ]);
  });

  it("are told in the profile: the range, and how many", async () => {
    const [profile] = await profileTable((await readText(oneColumn("lab", half))).table);
    expect(profile?.range).toBe("<4 – 11.8");
    expect(profile?.flags.map(({ text }) => text)).toContain(
      "40 cells are below a limit (<4); kept as limits and written so again.",
    );
  });
});

it("several limits of a column are named", async () => {
  const cells = many(60, (i) => (i % 3 === 0 ? (i % 2 === 0 ? "<3" : "<5") : String(5 + i)));
  const { table } = await readText(oneColumn("trop", cells));
  expect(valueLines(table)[0]).toBe(
    "“trop”: 20 cells are below a limit (<3, <5); kept as limits and written so again.",
  );
});

describe("numbers with a unit in the cell", () => {
  it("have it in the schema, and percentages and durations are told", async () => {
    const text = `pulse;saturation;stay;name\n${many(40, (i) => `${60 + i} bpm;${80 + (i % 20)}%;${1 + (i % 15)} h;x`).join("\n")}\n`;
    const { columns } = (await readText(text)).table.schema;
    expect(columns.map(({ kind, unit, measure }) => [kind, unit, measure])).toEqual([
      ["integer", "bpm", undefined],
      ["integer", "%", "percentage"],
      ["integer", "h", "duration"],
      ["constant", undefined, undefined],
    ]);
  });

  it("of two kinds stay text, and that is said", async () => {
    const cells = many(60, (i) => (i % 2 ? `${90 + (i % 5)} mg/dL` : `5.${i % 5} mmol/L`));
    const { table } = await readText(oneColumn("glucose", cells));
    expect(columnOf(table, "glucose").schema.kind).toBe("category");
    expect((await profileTable(table))[0]?.flags.map(({ text }) => text)).toContain(
      "Numbers in several units, mmol/L and mg/dL. Read as category; not converted.",
    );
  });
});

it("quarters of a year are not told as numbers in several units", async () => {
  const { table } = await readText(
    oneColumn(
      "quarter",
      many(60, (i) => `${2018 + (i % 3)}Q${1 + (i % 4)}`),
    ),
  );
  expect(valueLines(table)).toEqual([]);
});

describe("what a column measures", () => {
  it.each([
    ["no/yes", "ja", "nein"],
    ["no/yes", "oui", "non"],
    ["no/yes", "sí", "no"],
    ["no/yes", "vero", "falso"],
    ["no/yes", "Pos", "neg"],
    ["no/yes", "verdadero", "falso"],
    ["no/yes", "vrai", "faux"],
  ])("%s: %s and %s", async (_what, yes, no) => {
    const { schema, cells } = columnOf(
      (
        await readText(
          oneColumn(
            "it",
            many(40, (i) => (i % 3 ? yes : no)),
          ),
        )
      ).table,
      "it",
    );
    expect(schema.kind).toBe("boolean");
    expect([cells[0], cells[1]]).toEqual([no, yes]);
  });

  it("1 and 2 are no answers, and a third answer makes a category", async () => {
    const kindOf = async (cells: readonly string[]): Promise<string> =>
      columnOf(
        (
          await readText(
            oneColumn(
              "it",
              many(60, (i) => cells[i % cells.length] as string),
            ),
          )
        ).table,
        "it",
      ).schema.kind;
    expect(await kindOf(["1", "2"])).toBe("category");
    expect(await kindOf(["ja", "nein", "weiß nicht"])).toBe("category");
  });

  it("an order that a person sets holds, on reading and afterwards", async () => {
    const text = oneColumn(
      "site",
      many(60, (i) => ["north", "east", "west"][i % 3] as string),
    );
    const levels = ["west", "north", "east"];
    const change = { type: "measure", column: "site", measure: "ordinal", levels } as const;
    const read = await readText(text, { changes: [change] });
    const revised = reviseTable((await readText(text)).table, [change]);
    if (revised.status !== "revised") throw new Error("not revised");
    for (const table of [read.table, revised.table]) {
      const [column] = table.columns as [Column];
      expect(column.type === "coded" && column.levels).toEqual(levels);
      expect(table.schema.columns[0]?.measure).toBe("ordinal");
      expect(columnOf(table, "site").cells.slice(0, 3)).toEqual(["north", "east", "west"]);
    }
  });
});
