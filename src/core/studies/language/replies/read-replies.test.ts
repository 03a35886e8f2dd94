import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import { columnOf } from "../../../table/fixtures/read-text.ts";
import type { Table } from "../../../table/table.ts";
import { readReplies, type GivenReply } from "./read-replies.ts";

interface Expected {
  readonly asked: number;
  readonly came: number;
  readonly kept: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly none?: string;
  /** columns that the reply has not */
  readonly lacks?: readonly string[];
  /** which rows are kept, or how some of their cells differ */
  readonly rows: readonly number[] | Readonly<Record<string, unknown>>;
}

interface Fixture {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly replies: Readonly<Record<string, Expected>>;
}

const folder = new URL("./fixtures/", import.meta.url);
const fixture = JSON.parse(readFileSync(new URL("expected.json", folder), "utf8")) as Fixture;

/** Patients of the columns that the replies were asked for. */
function patients(rows = 300): Table {
  const dice = createRng(5).fork("patients");
  const drawn = (low: number, high: number, places = 0): number[] =>
    Array.from({ length: rows }, () => Number((low + dice.uniform() * (high - low)).toFixed(places)));
  const coded = (share: number): number[] =>
    Array.from({ length: rows }, () => (dice.uniform() < share ? 1 : 0));
  return madeTable([
    numbers("age", drawn(18, 95), { decimals: 0 }),
    levels("sex", coded(0.5), ["F", "M"]),
    levels("diabetes", coded(0.3), ["no", "yes"], { kind: "boolean" }),
    numbers("heart_rate", drawn(50, 140), { decimals: 0 }),
    numbers("temperature", drawn(35.5, 39.9, 1), { decimals: 1 }),
    numbers("creatinine", drawn(0.4, 4, 2), { decimals: 2 }),
    levels("died", coded(0.2), ["0", "1"], { kind: "boolean", role: "target" }),
  ]);
}

const real = patients();
const given = (text: string, more: Partial<GivenReply> = {}): GivenReply => ({
  name: "reply.txt",
  text,
  strategy: "schema",
  asked: 12,
  ...more,
});

describe("replies as language models write them", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));

  it("are 60 or more", () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
    expect(files.map((name) => name.slice(0, -4)).toSorted()).toEqual(
      Object.keys(fixture.replies).toSorted(),
    );
  });

  it.each(files)("%s", (name) => {
    const expected = fixture.replies[name.slice(0, -4)] as Expected;
    const { view, tables } = readReplies(real, [given(readFileSync(new URL(name, folder), "utf8"))]);
    const [reply] = view.replies;
    const refused = Object.fromEntries((reply?.refused ?? []).map(({ reason, rows }) => [reason, rows]));
    expect({ came: reply?.came, kept: reply?.kept, refused }).toEqual({
      came: expected.came,
      kept: expected.kept,
      refused: expected.refused,
    });
    expect(reply?.missing).toBe(12 - Math.min(12, expected.came));
    if (expected.none === undefined) expect(reply?.none).toBeUndefined();
    else expect(reply?.none).toContain(expected.none);
    if (expected.kept < 2) return;
    const [made] = tables;
    expect(made?.note).toBe(`${expected.kept} rows kept of 12 asked for`);
    const wanted = Array.isArray(expected.rows) ? (expected.rows as number[]) : [...fixture.rows.keys()];
    fixture.columns.forEach((column, i) => {
      if (expected.lacks?.includes(column)) {
        expect(made?.table.schema.columns.map(({ name: own }) => own)).not.toContain(column);
        return;
      }
      const { cells } = columnOf(made?.table as Table, column);
      const special = Array.isArray(expected.rows)
        ? undefined
        : (expected.rows as Record<string, unknown>)[column];
      const empty = (special as { empty?: number[] } | undefined)?.empty ?? [];
      const values = wanted.map((row) => (empty.includes(row) ? null : fixture.rows[row]?.[i]));
      if (typeof cells.find((cell) => cell !== null) === "number")
        values.forEach((value, at) => {
          if (value === null) expect(cells[at]).toBeNull();
          else expect(cells[at]).toBeCloseTo(Number(value), 6);
        });
      else expect(cells).toEqual(values.map((value) => (value === null ? null : String(value))));
    });
  });
});
