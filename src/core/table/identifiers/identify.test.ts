import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { columnOf, readText } from "../fixtures/read-text.ts";
import { confusionOf } from "./fixtures/confusion.ts";
import { tunedColumns } from "./fixtures/tuned-columns.ts";
import { unseenColumns } from "./fixtures/unseen-columns.ts";

describe("columns that can tell who a person is", () => {
  it.for([
    ["those it was written with", tunedColumns, 1],
    ["those that were kept apart", unseenColumns, 2],
  ] as const)(
    "are found among 300, and few others: %s",
    { timeout: 120_000 },
    async ([, kinds, seed], { annotate }) => {
      const { positives, negatives, missed, alarms, lines } = await confusionOf(kinds, seed);
      await annotate(lines.join("\n"));
      const named = (all: typeof missed): string[] => all.map((one) => `${one.example.name}: ${one.found}`);
      expect(positives + negatives).toBeGreaterThanOrEqual(300);
      expect(missed.length / positives, named(missed).join("; ")).toBeLessThanOrEqual(0.03);
      expect(alarms.length / negatives, named(alarms).join("; ")).toBeLessThanOrEqual(0.05);
    },
  );
});

const table = (columns: Record<string, string[]>): string => {
  const names = Object.keys(columns);
  const rows = (columns[names[0] as string] as string[]).length;
  const lines = Array.from({ length: rows }, (_, row) => names.map((name) => columns[name]?.[row]).join(";"));
  return `${names.join(";")}\n${lines.join("\n")}\n`;
};
const many = (n: number, cell: (i: number) => string): string[] =>
  Array.from({ length: n }, (_, i) => cell(i));
const number = many(80, (i) => `${(i * 7) % 13}.5`);

describe("what is done with them", () => {
  it("leaves out names however often they repeat, and says what was seen", async () => {
    const first = many(80, (i) => ["Hannah", "Lukas", "Mia", "Jonas"][i % 4] as string);
    const { table: read } = await readText(table({ a: first, x: number }));
    expect(columnOf(read, "a").schema).toMatchObject({
      kind: "text",
      role: "omit",
      reason: expect.stringContaining("First names"),
    });
  });

  it("takes a date for a date whatever its name, and a date of birth by its cells", async () => {
    const at = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
    const columns = {
      ssn_date: many(80, (i) => at(18_000 + i)),
      d1: many(80, (i) => at(-12_000 + ((i * 331) % 26_000))),
      dx: many(80, (i) => at(16_500 + ((i * 97) % 1500))),
    };
    const { table: read } = await readText(table(columns));
    expect(columnOf(read, "ssn_date").schema).toMatchObject({ kind: "datetime", role: "feature" });
    expect(columnOf(read, "dx").schema).toMatchObject({ kind: "datetime", role: "feature" });
    expect(columnOf(read, "d1").schema).toMatchObject({
      kind: "datetime",
      role: "omit",
      identifies: { what: "birth-date" },
    });
  });

  it("takes dates that change within a patient for no births, however many years they span", async () => {
    const at = (i: number): string =>
      new Date(Date.UTC(1950 + ((i * 13) % 65), i % 12, 3)).toISOString().slice(0, 10);
    const subject = many(80, (i) => `S-${1000 + (i % 20)}`);
    const { table: read } = await readText(table({ subject, onset: many(80, at), x: number }));
    expect(columnOf(read, "onset").schema).toMatchObject({ role: "feature", identifies: { what: "date" } });
    const { table: same } = await readText(table({ subject, onset: many(80, (i) => at(i % 20)), x: number }));
    expect(columnOf(same, "onset").schema).toMatchObject({
      role: "omit",
      identifies: { what: "birth-date" },
    });
  });

  it("keeps a value that all rows share, unless it names somebody", async () => {
    const { table: read } = await readText(
      table({ doctor: many(80, () => "Dr. Weber"), site: many(80, () => "Berlin"), x: number }),
    );
    expect(columnOf(read, "doctor").schema.role).toBe("omit");
    expect(columnOf(read, "site").schema).toMatchObject({ kind: "constant", role: "feature" });
  });

  it("leaves out remarks that speak of a person by name, however often they repeat", async () => {
    const remarks = ["Frau Weber informiert", "ambulant", "kein Befund"];
    const columns = {
      hinweis: many(80, (i) => remarks[i % 3] as string),
      q8: many(80, (i) => ["see letter of Dr Brown", "none", "call back"][i % 3] as string),
      q9: many(80, (i) => ["Frau mit Fieber", "Herr in Not", "Dr. angerufen heute"][i % 3] as string),
      x: number,
    };
    const { table: read } = await readText(table(columns));
    for (const name of ["hinweis", "q8"])
      expect(columnOf(read, name).schema).toMatchObject({ role: "omit", identifies: { what: "free-text" } });
    expect(columnOf(read, "q9").schema).toMatchObject({ kind: "category", role: "feature" });
  });

  it("finds codes drawn at random however often they repeat, and leaves those of a system", async () => {
    const rng = createRng(4);
    const drawn = many(30, () => many(8, () => "ABCDEFGHJK23456789"[rng.integer(18)] as string).join(""));
    const columns = {
      sample: many(240, (i) => drawn[i % 30] as string),
      dx: many(240, (i) => `${"CDEIJ"[i % 5]}${10 + (i % 30)}.${(i % 30) % 7}1`),
      x: many(240, (i) => `${i % 17}.5`),
    };
    const { table: read } = await readText(table(columns));
    expect(columnOf(read, "sample").schema).toMatchObject({
      kind: "identifier",
      identifies: { what: "unique-code" },
    });
    expect(columnOf(read, "dx").schema.kind).toBe("category");
  });

  it("takes neither grades for postcodes nor times for national numbers", async () => {
    const columns = {
      coma: many(80, (i) => `E${1 + (i % 4)}V${1 + (i % 5)}M${1 + ((i * 5) % 6)}`),
      t_in: many(
        80,
        (i) => `${String((i * 5) % 24).padStart(2, "0")}${String((i * 13) % 60).padStart(2, "0")}`,
      ),
      home: many(80, (i) => `K${1 + (i % 8)}${"ABCE"[i % 4]} ${i % 10}${"HJKL"[i % 4]}${(i * 3) % 10}`),
      x: number,
    };
    const { table: read } = await readText(table(columns));
    expect(columnOf(read, "coma").schema.identifies).toBeUndefined();
    expect(columnOf(read, "t_in").schema).toMatchObject({ kind: "datetime", measure: "clock" });
    expect(columnOf(read, "t_in").schema.identifies).toBeUndefined();
    expect(columnOf(read, "home").schema.identifies?.what).toBe("small-area");
  });

  it("leaves out a column that is called a number and nothing else, where it is different in nearly every row", async () => {
    const { table: read } = await readText(
      table({ "Nr.": many(80, (i) => String(1000 + ((i * 7919) % 9000))), x: number }),
    );
    expect(columnOf(read, "Nr.").schema.kind).toBe("identifier");
    const { table: levels } = await readText(table({ no: many(80, (i) => String(i % 5)), x: number }));
    expect(columnOf(levels, "no").schema.role).toBe("feature");
  });

  it("knows references between FHIR resources, and that those of drugs name nobody", async () => {
    const who = many(80, (i) => `Patient/${(i * 37) % 40}`);
    const drug = many(80, (i) => `Medication/${i % 4}`);
    const { table: read } = await readText(table({ who, drug, x: number }));
    expect(columnOf(read, "who").schema.identifies?.what).toBe("record-number");
    expect(["identifier", "omit"]).toContain(columnOf(read, "who").schema.role);
    expect(columnOf(read, "drug").schema.role).not.toBe("omit");
  });

  it("learns ages over 89 and towns, and points them out", async () => {
    const columns = {
      age: many(80, (i) => String(20 + ((i * 7) % 78))),
      city: many(80, (i) => `Town ${i % 6}`),
      x: number,
    };
    const { table: read } = await readText(table(columns));
    expect(columnOf(read, "age").schema).toMatchObject({
      role: "sensitive",
      identifies: { what: "age-over-89" },
    });
    expect(columnOf(read, "city").schema).toMatchObject({
      role: "feature",
      identifies: { what: "small-area" },
    });
  });
});
