import { beforeEach, describe, expect, it, vi } from "vitest";
import { FaultError } from "../../fault.ts";
import { cellFormatter } from "../../table/formats/format-cell.ts";
import { takeRows, type Column, type ColumnSchema, type Table } from "../../table/table.ts";
import { plainCourses, type Seen } from "./fixtures/plain-courses.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { expectedRows, sampleAs, sampleLearned, sampleTable } from "./sample.ts";

const method = vi.hoisted((): { now?: ReturnType<typeof plainCourses> } => ({}));
vi.mock("../../synthesizers/registry.ts", async (original) => {
  const registry = await original<typeof import("../../synthesizers/registry.ts")>();
  const find = (id: string) =>
    id === "plain-courses" ? method.now?.synthesizer : registry.findSynthesizer(id);
  return { ...registry, findSynthesizer: find };
});

let model: TrainedModel;
let seen: Seen;
beforeEach(() => {
  method.now = plainCourses();
  ({ model, seen } = method.now);
});

const texts = (table: Table, name: string): string[] => {
  const i = table.schema.columns.findIndex((column) => column.name === name);
  const format = cellFormatter(table.columns[i] as Column, table.schema.columns[i] as ColumnSchema);
  return Array.from({ length: table.rows }, (_, row) => format(row));
};
const first = (table: Table, rows: number): Table =>
  takeRows(
    table,
    Array.from({ length: rows }, (_, i) => i),
  );

describe("whole patients", () => {
  it("are the same first ones however many are asked for, counted through all blocks", async () => {
    const few = await sampleLearned(model, { patients: 60 }, 7);
    const many = await sampleLearned(model, { patients: 400 }, 7);
    expect(new Set(few.patients).size).toBe(60);
    expect(new Set(many.patients).size).toBe(400);
    expect(first(many, few.rows)).toEqual(few);
    expect(
      many.patients?.every((patient, row) => row === 0 || patient - (many.patients?.[row - 1] ?? 0) <= 1),
    ).toBe(true);
    expect(seen.sampled).toEqual([50, 50, 50, 50, 100, 200]);
  });

  it("have one made-up id each, and a fresh one for every visit, none of them real", async () => {
    const plain = await sampleTable(model, { patients: 120 }, 3);
    const ids = texts(plain, "id");
    const taken = ids.slice(0, 40);
    const source = { ...first(plain, 40), rows: 40 };
    const table = await sampleTable(model, { patients: 120 }, 3, undefined, source);
    const own = texts(table, "id");
    expect(new Set(own).size).toBe(120);
    expect(
      own.every(
        (id, row) =>
          row === 0 || (id === own[row - 1]) === (table.patients?.[row] === table.patients?.[row - 1]),
      ),
    ).toBe(true);
    expect(own.every((id) => /^P\d{4}$/.test(id) && !taken.includes(id))).toBe(true);
    expect(new Set(texts(table, "visit_no")).size).toBe(table.rows);
  });

  it("are drawn until there are rows enough, the last one cut, and the file says so", async () => {
    const parts = [];
    for await (const part of sampleAs("csv", model, 100, 1)) parts.push(part);
    const text = Buffer.concat(parts.map(({ bytes }) => bytes)).toString();
    expect(text.trim().split("\n")).toHaveLength(101);
    const last = parts.at(-1);
    const ids = text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(last?.patients).toBe(new Set(ids).size);
    const whole = await sampleTable(model, { patients: last?.patients ?? 0 }, 1);
    const expected = whole.rows === 100 ? undefined : ids.filter((id) => id === ids.at(-1)).length;
    expect(last?.cut).toBe(expected);
    expect(expectedRows(model, { patients: 50 })).toBe(150);
  });

  it("follow what is asked of visits and time, and tell how many candidates there were", async () => {
    const told: number[] = [];
    const onAcceptance = ({ drawn }: { drawn: number }): void => void told.push(drawn);
    const asked = { visits: { least: 3, most: 3 }, until: 1, onAcceptance };
    const table = await sampleLearned(model, { patients: 100 }, 1, asked);
    expect(table.rows).toBe(200);
    expect(told).toEqual([100, 200]);
  });

  it("refuse in words what they cannot be asked, before a byte is written", async () => {
    const drain = async (asked: object): Promise<number> => {
      let parts = 0;
      for await (const _ of sampleAs("csv", model, { patients: 5 }, 1, undefined, asked)) parts++;
      return parts;
    };
    await expect(drain({ where: [{ column: "crp", from: 1 }] })).rejects.toThrow(/changes within a patient/);
    await expect(drain({ shares: { column: "sex", shares: { f: 1 } } })).rejects.toThrow(/models of rows/);
    await expect(drain({ until: 3 })).resolves.toBeGreaterThan(0);
    expect(await drain({}).catch((error: unknown) => error)).not.toBeInstanceOf(FaultError);
  });
});
