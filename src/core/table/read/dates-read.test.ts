import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { cellFormatter } from "../formats/format-cell.ts";
import { readText } from "../fixtures/read-text.ts";
import { profileTable } from "../profile/profile-table.ts";
import type { Column, ColumnSchema, Table } from "../table.ts";
import { createCsvWriter } from "../write-csv.ts";
import { reviseTable } from "./revise.ts";

const rng = createRng(9);
const day = (): Date => new Date(Date.UTC(2012, 0, 1) + 86_400_000 * rng.integer(4000));
const iso = (): string => day().toISOString().slice(0, 10);

async function columnOf(
  name: string,
  cells: readonly string[],
): Promise<{ table: Table; schema: ColumnSchema }> {
  const rows = cells.map((cell, i) => `${30 + (i % 40)};${cell}`);
  const { table } = await readText(`age;${name}\n${rows.join("\n")}\n`);
  return { table, schema: table.schema.columns[1] as ColumnSchema };
}

function writtenBack({ table, schema }: { table: Table; schema: ColumnSchema }): string[] {
  const format = cellFormatter(table.columns[1] as Column, schema);
  return Array.from({ length: table.rows }, (_, row) => format(row));
}

const many = (make: () => string, count = 40): string[] => Array.from({ length: count }, make);

test.each([
  ["dates named like an insurance number", "DOD_SSN", "YYYY-MM-DD", many(iso)],
  [
    "days of digits alone in a column of any name",
    "admission",
    "YYYYMMDD",
    many(() => iso().replaceAll("-", "")),
  ],
  ["date-times that are all midnight", "admit", "YYYY-MM-DD 00:00:00", many(() => `${iso()} 00:00:00`)],
  [
    "full minutes",
    "seen",
    "YYYY-MM-DDTHH:mm:00Z",
    many(() => `${iso()}T1${rng.integer(9)}:3${rng.integer(9)}:00Z`),
  ],
  [
    "zeros of a fraction",
    "seen",
    "YYYY-MM-DD HH:mm:ss.000",
    many(() => `${iso()} 10:1${rng.integer(9)}:2${rng.integer(9)}.000`),
  ],
])("%s", async (_, name, pattern, cells) => {
  const read = await columnOf(name, cells);
  expect(read.schema).toMatchObject({ kind: "datetime", role: "feature", date: { pattern, exact: true } });
  expect(writtenBack(read)).toEqual(cells);
});

test("times of day are a clock, with or without 24:00, and no day is lost by them", async () => {
  const cells = [...many(() => `${10 + rng.integer(13)}:3${rng.integer(9)}`), "24:00", "00:10"];
  const read = await columnOf("admit_time", cells);
  expect(read.schema).toMatchObject({ kind: "datetime", measure: "clock", date: { pattern: "kk:mm" } });
  expect(read.schema.reason).toContain("24:00 for the end of the day");
  expect(writtenBack(read)).toEqual(cells);
});

test("times beyond a day are durations, numbers of minutes", async () => {
  const cells = [...many(() => `${rng.integer(90)}:3${rng.integer(9)}`), "36:15"];
  const read = await columnOf("stay", cells);
  expect(read.schema).toMatchObject({
    kind: "integer",
    measure: "duration",
    number: { clock: "H:mm", exact: true },
  });
  expect(writtenBack(read)).toEqual(cells);
  const asText = reviseTable(read.table, [{ type: "kind", column: "stay", kind: "category" }]);
  expect(asText.status).toBe("revised");
});

test("a cell of a year, a month or a day keeps what it tells; bare years are whole numbers", async () => {
  const cells = Array.from({ length: 60 }, (_, i) => iso().slice(0, [10, 10, 7, 4][i % 4]));
  const read = await columnOf("MHSTDTC", cells);
  expect(read.schema.date?.coarser).toEqual([
    { pattern: "YYYY-MM", share: 0.25 },
    { pattern: "YYYY", share: 0.25 },
  ]);
  expect(read.schema.reason).toContain("some less exactly as YYYY-MM or YYYY");
  expect(writtenBack(read)).toEqual(cells);
  const years = await columnOf(
    "year",
    many(() => iso().slice(0, 4)),
  );
  expect(years.schema.kind).toBe("integer");
  const asked = reviseTable(years.table, [{ type: "kind", column: "year", kind: "datetime" }]);
  expect(asked.status === "revised" && asked.table.schema.columns[1]?.date).toMatchObject({
    pattern: "YYYY",
  });
});

test("several formats in one column: each cell by its own, one to write, and a note that says so", async () => {
  const cells = [...many(() => iso().split("-").reverse().join(".")), ...many(iso, 10), "43831", "43900"];
  const read = await columnOf("seen", cells);
  expect(read.schema).toMatchObject({ kind: "datetime", date: { pattern: "DD.MM.YYYY", exact: false } });
  expect(read.schema.findings?.stray).toBeUndefined();
  expect(writtenBack(read).at(-2)).toBe("01.01.2020");
  const [, profile] = await profileTable(read.table);
  expect(profile?.flags.map(({ text }) => text).join()).toContain(
    "Dates are written in 3 ways: DD.MM.YYYY, YYYY-MM-DD and the day numbers of Excel.",
  );
});

test("numbers as Excel counts days are dates by their name, or offered as such", async () => {
  const cells = many(() => String(43_000 + rng.integer(1500)));
  const named = await columnOf("visit_date", cells);
  expect(named.schema).toMatchObject({ kind: "datetime", date: { pattern: "SERIAL" } });
  expect(writtenBack(named)).toEqual(cells);
  const other = await columnOf("visit", cells);
  expect(other.schema.kind).toBe("integer");
  const [, profile] = await profileTable(other.table);
  const offer = profile?.flags.find(({ offer }) => offer?.label === "Read as dates")?.offer;
  const revised = reviseTable(other.table, [offer?.change as NonNullable<typeof offer>["change"]]);
  expect(revised.status === "revised" && revised.table.schema.columns[1]).toMatchObject({
    kind: "datetime",
    date: { pattern: "SERIAL" },
  });
});

test.each([
  ["ids that begin with a year", Array.from({ length: 40 }, (_, i) => String(20_190_001 + 7 * i))],
  ["amounts", many(() => String(19_000_101 + rng.integer(1_991_130)))],
  ["counts of cells", many(() => String(rng.integer(400)))],
])("%s of digits stay numbers", async (_, cells) => {
  expect((await columnOf("value", cells)).schema.kind).not.toBe("datetime");
});

test("more days than texts are kept of: digits alone, and marks that more cells show later", async () => {
  const moment = (i: number): string =>
    new Date(Date.UTC(2010, 0, 1) + 1000 * 7919 * i).toISOString().slice(0, 19).replace(/[-T:]/g, "");
  const cells = Array.from({ length: 34_000 }, (_, i) => moment(i));
  const read = await columnOf("at", cells);
  expect(read.schema).toMatchObject({ kind: "datetime", date: { pattern: "YYYYMMDDHHmmss", exact: true } });
  expect(writtenBack(read)).toEqual(cells);
  const iso = cells.map((cell) => cell.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3 $4:$5:$6"));
  const later = await columnOf("at", [...iso, "31.12.2019 10:15:20", "never"]);
  expect(later.schema.date).toMatchObject({
    pattern: "YYYY-MM-DD HH:mm:ss",
    others: ["DD.MM.YYYY HH:mm:ss"],
  });
  expect(later.schema.findings?.stray).toMatchObject({ cells: 1, firstRow: 34_002 });
  expect(writtenBack(later).slice(-2)).toEqual(
    ["2019-12-31 10:15:20", "never"].with(1, later.schema.missingToken),
  );
});

test("a word in many cells of a column of dates makes no ids of them", async () => {
  const cells = Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? "ongoing" : iso()));
  const read = await columnOf("resolved", cells);
  expect(read.schema).toMatchObject({ kind: "datetime", role: "feature", date: { pattern: "YYYY-MM-DD" } });
  expect(read.schema.findings?.stray).toMatchObject({ cells: 40 });
});

test("empty dates of a database and the errors of spreadsheets are missing, and months are dates by the month", async () => {
  const cells = [...many(iso), "0000-00-00", "#NV", "#WERT!"];
  const read = await columnOf("seen", cells);
  expect(read.schema.findings?.stray).toBeUndefined();
  expect(read.schema.date?.coarser).toBeUndefined();
  expect(read.table.schema.missingTokens).toEqual(["", "0000-00-00", "#NV", "#WERT!"]);
  const months = await columnOf(
    "ym",
    many(() => iso().slice(0, 7).replace("-", "")),
  );
  expect(months.schema).toMatchObject({ kind: "datetime", identifies: { why: "Dates by the month." } });
});

test("a file that was written has the same dates when it is read again", async () => {
  const months = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
  ];
  const rows = many(() => {
    const at = day();
    return `${at.getUTCDate()} ${months[at.getUTCMonth()] as string} ${at.getUTCFullYear()};${iso()}T10:1${rng.integer(9)}:00+0${1 + rng.integer(2)}:00`;
  });
  const text = `entree;sortie\n${rows.join("\n")}\n`;
  const { table } = await readText(text);
  expect(table.schema.columns.map(({ kind }) => kind)).toEqual(["datetime", "datetime"]);
  const writer = createCsvWriter(table.schema, { source: table });
  const written = new TextDecoder().decode(writer.header()) + new TextDecoder().decode(writer.rows(table));
  const again = (await readText(written)).table;
  expect(again.columns).toEqual(table.columns);
  expect(written.split("\n").map((line) => line.split(";")[0])).toEqual(
    text.split("\n").map((line) => line.split(";")[0]),
  );
});
