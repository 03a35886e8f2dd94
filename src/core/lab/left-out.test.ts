import { describe, expect, it } from "vitest";
import { readText } from "../table/fixtures/read-text.ts";
import type { SchemaChange } from "../table/profile.ts";
import type { Column, Table } from "../table/table.ts";
import { createPutBack, fillings, learnedTable } from "./left-out.ts";

const ROWS = 90;
const first = ["Hannah", "Lukas", "Mia", "Jonas", "Emma", "Paul"];

/** Thirty patients with three rows each; names that repeat, a phone number, a measurement. */
async function clinic(changes: readonly SchemaChange[] = []): Promise<Table> {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const patient = row % 30;
    const id = String(1001 + 7 * patient).padStart(8, "0");
    const phone = `0170 ${String(2_345_678 + 91_237 * patient)}`;
    return [id, first[row % 6], phone, (4 + (row % 17) / 10).toFixed(1), row % 3 === 0 ? "yes" : "no"].join(
      ";",
    );
  });
  const header = "patient_id;vorname;telefon;glucose;died";
  return (await readText(`${header}\n${lines.join("\n")}\n`, { changes })).table;
}

const textsOf = (column: Column | undefined): string[] =>
  column?.type === "coded" ? Array.from(column.codes, (code) => column.levels[code] ?? "") : [];

const made = (table: Table, source?: Table, seed = 1): Table =>
  createPutBack({ schema: table.schema, filling: fillings(table), seed, source })(learnedTable(table));

describe("columns that are not learned", () => {
  it("are no part of what any method sees, names among them however often they repeat", async () => {
    const table = await clinic();
    expect(learnedTable(table).schema.columns.map(({ name }) => name)).toEqual(["glucose", "died"]);
    const synthetic = made(table);
    expect(new Set(textsOf(synthetic.columns[1]))).toEqual(new Set([""]));
    expect(new Set(textsOf(synthetic.columns[2]))).toEqual(new Set([""]));
  });

  it("come out as ids of the same form, none of them real, with the table at hand and without", async () => {
    const table = await clinic();
    const ids = textsOf(made(table).columns[0]);
    expect(ids.every((id) => /^0000\d{4}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ROWS);
    const real = new Set(textsOf(table.columns[0]));
    expect(ids.some((id) => real.has(id))).toBe(false);
    expect(textsOf(made(table, table).columns[0])).toEqual(ids);
    expect(textsOf(made(table, table, 2).columns[0])).not.toEqual(ids);
  });

  it("get fresh numbers, or none, where a person asks for it", async () => {
    const asked = await clinic([{ type: "fresh", column: "telefon", form: "0170 9999999" }]);
    expect(textsOf(made(asked).columns[2]).every((text) => /^0170 \d{7}$/.test(text))).toBe(true);
    const none = await clinic([{ type: "fresh", column: "patient_id", form: null }]);
    expect(new Set(textsOf(made(none).columns[0]))).toEqual(new Set([""]));
  });
});
