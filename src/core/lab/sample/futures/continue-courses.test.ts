import { beforeEach, describe, expect, it, vi } from "vitest";
import { cellFormatter } from "../../../table/formats/format-cell.ts";
import { readText } from "../../../table/fixtures/read-text.ts";
import { takeRows, type Column, type ColumnSchema, type Table } from "../../../table/table.ts";
import { plainCourses, type Seen } from "../fixtures/plain-courses.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { completeBlocks } from "../complete.ts";
import { concatenate } from "../concatenate.ts";
import { continueCourses } from "./continue-courses.ts";
import { futureBands } from "./future-bands.ts";
import { futuresAs, withoutWords } from "./future-file.ts";
import { givenPatients } from "./given-patients.ts";
import { patientBands } from "./one-patient.ts";

const method = vi.hoisted((): { now?: ReturnType<typeof plainCourses> } => ({}));
vi.mock("../../../synthesizers/registry.ts", async (original) => {
  const registry = await original<typeof import("../../../synthesizers/registry.ts")>();
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

const header = "id,time,sex,crp,stage,visit_no,note";
const lines = [
  "P0001,3,m,1.5,mild,V1,x",
  "P0002,0,f,2.5,severe,V2,x",
  "P0001,1,m,3.5,severe,V3,x",
  "P0002,4,f,2.5,dead,V4,x",
  ",4,f,2.5,mild,V5,x",
  "P0003,,f,2.5,mild,V6,x",
  "P0003,7.25,unknown sex,,mild,V7,x",
];
const read = async (text = [header, ...lines].join("\n")): Promise<Table> =>
  (await readText(`${text}\n`, { changes: [{ type: "role", column: "id", role: "identifier" }] })).table;

const texts = (table: Table, name: string): string[] => {
  const i = table.schema.columns.findIndex((column) => column.name === name);
  const format = cellFormatter(table.columns[i] as Column, table.schema.columns[i] as ColumnSchema);
  return Array.from({ length: table.rows }, (_, row) => format(row));
};

describe("patients of a file", () => {
  it("are put in the order of time; what has no place is left aside and told", async () => {
    const given = givenPatients(await read(), model);
    expect(given.ids).toEqual(["P0001", "P0002", "P0003"]);
    expect(Array.from(given.starts)).toEqual([0, 2, 4, 5]);
    expect(given.visits.columns[0]).toEqual({ type: "numeric", values: Float64Array.of(1, 3, 0, 4, 7.25) });
    expect(Array.from(given.ended)).toEqual([0, 1, 0]);
    expect(given.notes.join(" ")).toMatch(
      /2 rows without a patient or a time are left aside.*does not know it: “note”/,
    );
  });

  it("need the model's columns and the one that names them", async () => {
    const without = await readText("time,sex,crp,stage\n1,f,2,mild\n2,f,3,mild\n");
    expect(() => givenPatients(without.table, model)).toThrow(/has no column “id”/);
    const few = await readText("id,time\nP0001,1\nP0001,2\n");
    expect(() => givenPatients(few.table, model)).toThrow(/sex/);
    const { learned: _, ...facts } = model.facts;
    const table = await read();
    expect(() => givenPatients(table, { ...model, facts })).toThrow(/draws rows/);
  });
});

describe("futures of given patients", () => {
  const drawn = async (
    futures: number,
    asked: object = {},
  ): Promise<{ table: Table; without: readonly number[] }> => {
    const given = givenPatients(await read(), model);
    const tables: Table[] = [];
    let without: readonly number[] = [];
    for await (const part of continueCourses(model, given, { futures, seed: 5, ...asked })) {
      tables.push(part.table);
      without = part.without;
    }
    return { table: concatenate(tables), without };
  };

  it("hold the visits that follow, with the file's ids and what does not change, cell for cell", async () => {
    const { table, without } = await drawn(4);
    expect(table.schema.columns.map(({ name }) => name)).toEqual([
      "id",
      "future",
      "time",
      "sex",
      "crp",
      "stage",
      "visit_no",
    ]);
    const rows = texts(table, "id").map(
      (id, i) =>
        [id, texts(table, "sex")[i], Number(texts(table, "time")[i]), texts(table, "future")[i]] as const,
    );
    expect(new Set(rows.map(([id]) => id))).toEqual(new Set(["P0001", "P0003"]));
    expect(rows.every(([id, sex]) => sex === (id === "P0001" ? "m" : "unknown sex"))).toBe(true);
    expect(rows.every(([id, , time]) => time > (id === "P0001" ? 3 : 7.25))).toBe(true);
    expect(new Set(rows.map(([id, , , future]) => `${id} ${future}`)).size).toBe(8);
    expect(texts(table, "visit_no").some((id) => /^V[1-7]$/.test(id))).toBe(false);
    expect(without).toEqual([1]);
    expect(withoutWords(givenPatients(await read(), model), without)).toEqual([
      "Patient P0002 has no row: the course had already ended.",
    ]);
    expect(seen.continued.every((given) => !texts(given, "stage").includes("dead"))).toBe(true);
  });

  it("come again the same, follow the horizon, and name the future so that no column is lost", async () => {
    expect(await drawn(3)).toEqual(await drawn(3));
    expect((await drawn(2, { until: 1, visits: { least: 3, most: 3 } })).table.rows).toBe(4);
    const taken = { ...model.schema.columns[3], name: "future" } as ColumnSchema;
    const schema = {
      ...model.schema,
      columns: model.schema.columns.map((c) => (c.name === "visit_no" ? taken : c)),
    };
    const given = givenPatients(await read(), { ...model, schema });
    const text: Uint8Array[] = [];
    for await (const { bytes } of futuresAs("csv", { ...model, schema }, given, { futures: 2, seed: 1 }))
      text.push(bytes);
    expect(Buffer.concat(text).toString().split("\n")[0]).toBe("id,future 2,time,sex,crp,stage,future");
  });
});

describe("what is shown of one patient", () => {
  it.each([
    [0, "P0001", 3],
    [2, "P0003", 7.25],
  ])("is of the futures that the file has of it (%s)", async (patient, id, time) => {
    const given = givenPatients(await read(), model);
    const request = { futures: 200, seed: 5 };
    const tables: Table[] = [];
    for await (const { table } of continueCourses(model, given, request)) tables.push(table);
    const all = concatenate(tables);
    const own = texts(all, "id").flatMap((named, row) => (named === id ? [row] : []));
    const shown = await patientBands(model, given, patient, "crp", request);
    expect(shown.bands.points.length).toBeGreaterThan(0);
    const last = { time, cell: shown.last };
    expect(shown.bands).toEqual(futureBands(takeRows(all, own), "crp", last, 200));
  });
});

describe("gaps in courses", () => {
  it("are filled given the whole patient, rows in the file's order", async () => {
    const table = await read();
    const blocks: Table[] = [];
    for await (const block of completeBlocks(model, table, 1)) blocks.push(block);
    expect(blocks.reduce((sum, { rows }) => sum + rows, 0)).toBe(lines.length);
    const whole = concatenate(blocks);
    expect(whole.columns[0]).toEqual({ type: "numeric", values: Float64Array.of(3, 0, 1, 4, 4, -1, 7.25) });
    expect(Array.from(seen.completed[0]?.patients ?? [])).toEqual([0, 0, 1, 1, 2, 3, 3]);
  });
});
