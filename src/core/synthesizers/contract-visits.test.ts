import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice, tensorCount } from "../nn/device.ts";
import { shareLevels } from "../table/rare-levels.ts";
import type { Column, ColumnSchema, NumericColumn, Table } from "../table/table.ts";
import { takeRows } from "../table/table.ts";
import { awkwardVisits } from "./fixtures/awkward-visits.ts";
import { cells, damagedArtifacts, fit, quick, still, throughAFile } from "./fixtures/short-fits.ts";
import { findSynthesizer, synthesizers } from "./registry.ts";
import type { CourseModel, Model } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const STATICS = ["last", "admitted", "age", "first dose", "sex", "clinic"];

const firstRows = (table: Table, rows: number): Table =>
  takeRows(
    table,
    Array.from({ length: rows }, (_, row) => row),
  );

/** The rows of some patients, as they stand. */
const ofPatients = (table: Table, patients: readonly number[]): Table =>
  takeRows(
    table,
    [...(table.patients as Int32Array).keys()].filter((row) =>
      patients.includes(table.patients?.[row] as number),
    ),
  );

const only = (table: Table, names: readonly string[]): Table => {
  const kept = table.schema.columns.flatMap(({ name }, j) => (names.includes(name) ? [j] : []));
  const columns = kept.map((j) => table.schema.columns[j] as ColumnSchema);
  return {
    ...table,
    columns: kept.map((j) => table.columns[j] as Column),
    schema: { ...table.schema, columns },
  };
};

/** Says what is wrong with whole patients: not together, not in the order of time, or with something static that changes. */
function wrongWith(table: Table): string[] {
  const { patients } = table;
  if (patients?.length !== table.rows) return ["no patients"];
  const wrong: string[] = [];
  const seen = new Set<number>();
  const time = cells(table, "seen");
  const fixed = STATICS.filter((name) => table.schema.columns.some((column) => column.name === name));
  const statics = fixed.map((name) => cells(table, name));
  for (let row = 0; row < table.rows; row++) {
    const patient = patients[row] as number;
    const again = row > 0 && patients[row - 1] === patient;
    if (!again && seen.has(patient)) wrong.push(`patient ${patient} stands in two places`);
    seen.add(patient);
    if (!Number.isFinite(time[row])) wrong.push(`row ${row} has no time`);
    if (!again) continue;
    if (!((time[row] as number) > (time[row - 1] as number))) wrong.push(`row ${row} is not later`);
    statics.forEach((column, j) => {
      if (!Object.is(column[row], column[row - 1])) wrong.push(`“${fixed[j]}” changes in row ${row}`);
    });
  }
  return wrong;
}

const ofCourses = synthesizers.filter(({ needs }) => needs === "courses");

test("there is one for patients over time", () => {
  expect(ofCourses.map(({ id }) => id)).toEqual(["visits"]);
});

describe.each(ofCourses.map((synthesizer) => [synthesizer.id, synthesizer] as const))(
  "%s",
  { timeout: 60_000 },
  (_, synthesizer) => {
    const train = awkwardVisits(60, 9);
    let model: Model;
    let courses: CourseModel;
    beforeAll(async () => {
      ({ model } = await fit(synthesizer, train));
      courses = model.courses as CourseModel;
    }, 60_000);
    afterAll(() => model.dispose());

    test("fits, draws whole patients of the table's kinds and shared levels, and frees every tensor", async () => {
      const before = tensorCount();
      const table = awkwardVisits(70, 3);
      const { model: own } = await fit(synthesizer, table);
      const drawn = (await own.courses?.sample(100, createRng(2))) as Table;
      expect(new Set(drawn.patients)).toEqual(new Set(Array.from({ length: 100 }, (_, p) => p)));
      expect(wrongWith(drawn)).toEqual([]);
      expect(drawn.schema).toEqual(table.schema);
      drawn.columns.forEach((made, j) => {
        const source = table.columns[j] as Column;
        expect(made.type).toBe(source.type);
        if (made.type === "coded" && source.type === "coded") {
          const { known } = shareLevels(source, table.patients);
          expect(made.levels).toEqual(source.levels.filter((_level, code) => known[code] === 1));
          expect([...made.codes].every((code) => code < made.levels.length)).toBe(true);
        }
      });
      for (const name of ["pressure", "age", "rare"])
        expect(cells(drawn, name).every((value) => Number.isNaN(value) || Number.isInteger(value))).toBe(
          true,
        );
      expect(cells(drawn, "seen").every((value) => value % 60_000 === 0)).toBe(true);
      for (const name of ["empty", "rare"]) expect(cells(drawn, name).every(Number.isNaN)).toBe(true);
      expect(cells(drawn, "same").every((value) => value === 42)).toBe(true);
      const [time, last] = [cells(drawn, "seen"), cells(drawn, "last")];
      expect(time.filter((value, row) => value > (last[row] as number))).toEqual([]);
      own.dispose();
      own.dispose();
      expect(tensorCount()).toBe(before);
    });

    test("nothing follows the level that ends courses", async () => {
      const drawn = await courses.sample(300, createRng(8));
      const died = cells(drawn, "died");
      const after = died.filter(
        (code, row) => code === 1 && drawn.patients?.[row] === drawn.patients?.[row + 1],
      );
      expect(after).toEqual([]);
      expect(died.includes(1)).toBe(true);
    });

    test("repeats from its seed; another seed differs", async () => {
      const draw = async (seed: number): Promise<Table> => {
        const { model: own } = await fit(synthesizer, awkwardVisits(40, 4), seed);
        const drawn = await own.sample(60, createRng(seed));
        own.dispose();
        return drawn;
      };
      const first = await draw(1);
      expect(await draw(1)).toEqual(first);
      expect(await draw(2)).not.toEqual(first);
    });

    test("rows are those of whole patients, the last one cut", async () => {
      for (const rows of [0, 1, 150]) {
        const drawn = await model.sample(rows, createRng(5));
        expect(drawn.rows).toBe(rows);
        expect(drawn.schema).toEqual(train.schema);
        expect(wrongWith(drawn)).toEqual([]);
      }
      expect((await courses.sample(0, createRng(5))).rows).toBe(0);
    });

    test("draws in chunks from one stream, none of them the same", async () => {
      const draw = async (): Promise<Table[]> => {
        const rng = createRng(5);
        return [await courses.sample(20, rng), await courses.sample(20, rng)];
      };
      const chunks = await draw();
      expect(await draw()).toEqual(chunks);
      expect(chunks[0]).not.toEqual(chunks[1]);
    });

    test("saved and loaded it draws the same patients and futures", async () => {
      const before = tensorCount();
      const loaded = await synthesizer.load(throughAFile(await model.save()));
      expect(await loaded.courses?.sample(30, createRng(6))).toEqual(await courses.sample(30, createRng(6)));
      const given = ofPatients(train, [1, 4, 7]);
      expect(await loaded.courses?.goOn(given, 2, createRng(7))).toEqual(
        await courses.goOn(given, 2, createRng(7)),
      );
      expect((await model.save()).synthesizer).toBe(synthesizer.id);
      loaded.dispose();
      expect(tensorCount()).toBe(before);
    });

    test("refuses a damaged artifact and keeps nothing of it", async () => {
      const before = tensorCount();
      for (const one of damagedArtifacts(throughAFile(await model.save())))
        await expect((async () => synthesizer.load(one))()).rejects.toMatchObject({
          fault: { code: expect.stringMatching(/model-(damaged|version)/) as string },
        });
      expect(tensorCount()).toBe(before);
    });

    test("gives patients that meet conditions, with as many visits, or says in words that none do", async () => {
      let told = { drawn: 0, kept: 0 };
      const request = {
        where: [
          { column: "age", from: 50, to: 75 },
          { column: "sex", in: ["level 1"] },
        ],
        visits: { least: 2, most: 5 },
        until: 3,
        onAcceptance: (acceptance: typeof told) => (told = acceptance),
      };
      const drawn = await courses.sample(30, createRng(1), request);
      expect(wrongWith(drawn)).toEqual([]);
      expect(told.kept).toBe(30);
      expect(told.drawn).toBeGreaterThanOrEqual(30);
      expect(cells(drawn, "age").every((age) => age >= 50 && age <= 75)).toBe(true);
      expect(cells(drawn, "sex").every((code) => code === 1)).toBe(true);
      const counts = new Map<number, number>();
      const begin = new Map<number, number>();
      cells(drawn, "seen").forEach((time, row) => {
        const patient = drawn.patients?.[row] as number;
        counts.set(patient, (counts.get(patient) ?? 0) + 1);
        if (!begin.has(patient)) begin.set(patient, time);
        expect(time - (begin.get(patient) as number)).toBeLessThanOrEqual(3 * 86_400_000);
      });
      expect(counts.size).toBe(30);
      expect([...counts.values()].every((visits) => visits >= 2 && visits <= 5)).toBe(true);
      const rows = await model.sample(50, createRng(1), { where: request.where });
      expect(cells(rows, "sex").every((code) => code === 1)).toBe(true);
      await expect(
        courses.sample(5, createRng(1), { where: [{ column: "age", from: 500 }], tries: 20 }),
      ).rejects.toMatchObject({ fault: { code: "condition-unmet" } });
      await expect(
        courses.sample(5, createRng(1), { where: [{ column: "stage", in: ["level 1"] }] }),
      ).rejects.toMatchObject({ fault: { code: "condition-invalid" } });
    });

    test("goes on after what is given of patients, several times", async () => {
      const whole = ofPatients(train, [0, 2, 3, 5, 8, 13]);
      const timed = cells(whole, "seen").flatMap((time, row) => (Number.isFinite(time) ? [row] : []));
      expect(timed.length).toBeLessThan(whole.rows);
      await expect(courses.goOn(whole, 4, createRng(3))).rejects.toMatchObject({
        fault: { code: "condition-invalid", column: "seen" },
      });
      const given = takeRows(whole, timed);
      const died = new Set(
        cells(given, "died").flatMap((code, row) => (code === 1 ? [given.patients?.[row]] : [])),
      );
      const futures = await courses.goOn(given, 4, createRng(3));
      expect(futures.schema).toEqual(train.schema);
      expect(wrongWith(futures)).toEqual([]);
      expect(futures.rows).toBeGreaterThan(5);
      const order = [...new Set(given.patients)];
      const [age, known, time] = [cells(given, "age"), cells(given, "seen"), cells(futures, "seen")];
      cells(futures, "age").forEach((value, row) => {
        const patient = order[Math.floor((futures.patients?.[row] as number) / 4)] as number;
        const own = [...given.patients!.keys()].filter((one) => given.patients?.[one] === patient);
        expect(value).toBe(age[own[0] as number]);
        expect(died.has(patient)).toBe(false);
        expect(time[row]).toBeGreaterThan(
          Math.max(...own.map((one) => known[one] as number).filter(Number.isFinite)),
        );
      });
    });

    test("fills in missing cells only", async () => {
      const given = ofPatients(train, [1, 2, 3, 4, 5, 6, 7, 8]);
      const untimed = ["seen", "taken"].map((name) =>
        given.schema.columns.findIndex((one) => one.name === name),
      );
      const complete = {
        ...given,
        columns: given.columns.map((column, j) =>
          column.type === "numeric" && untimed.includes(j)
            ? { ...column, values: column.values.with(3, NaN) }
            : column,
        ),
      };
      const filled = await model.sample(complete.rows, createRng(3), { complete });
      expect(filled.patients).toEqual(complete.patients);
      const [seen, taken] = [cells(filled, "seen"), cells(filled, "taken")];
      const late = (_: number, row: number): boolean => (seen[row] as number) > (taken[row] as number);
      expect(seen.filter(late)).toEqual([]);
      expect(seen[3]).not.toBeNaN();
      for (const { name } of complete.schema.columns) {
        const column = filled.columns[filled.schema.columns.findIndex((one) => one.name === name)] as Column;
        const [before, after] = [cells(complete, name), cells(filled, name)];
        before.forEach((cell, row) => {
          const given = Number.isFinite(cell) && (column.type === "numeric" || cell >= 0);
          if (given) expect(after[row], name).toBe(cell);
          else if (!["empty", "rare", "seen"].includes(name))
            expect(
              column.type === "coded" ? (after[row] as number) >= 0 : Number.isFinite(after[row]),
              name,
            ).toBe(true);
        });
      }
    });

    test("reports a fraction that never falls, with previews of whole patients", async () => {
      const { model: own, reports } = await fit(synthesizer, awkwardVisits(40, 6), 1, {
        previewRows: 25,
        previewEvery: 0,
      });
      own.dispose();
      const fractions = reports.map(({ fraction }) => fraction);
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
      expect(fractions.every((share) => share >= 0 && share <= 1)).toBe(true);
      for (const { losses } of reports)
        for (const loss of Object.values(losses)) expect(Number.isFinite(loss)).toBe(true);
      const previews = reports.flatMap(({ preview }) => preview ?? []);
      expect(previews.length).toBeGreaterThan(0);
      for (const preview of previews) {
        expect(preview.rows).toBe(25);
        expect(preview.schema).toEqual(train.schema);
        expect(wrongWith(preview)).toEqual([]);
      }
      const kept = reports.findLast(({ checkpoint }) => checkpoint !== undefined)?.checkpoint;
      if (!kept) return;
      const checkpoint = await synthesizer.load(await kept());
      expect(wrongWith(await checkpoint.sample(9, createRng(1)))).toEqual([]);
      checkpoint.dispose();
    });

    test("a preview does not change what is learned", async () => {
      const table = awkwardVisits(30, 6);
      const plain = await fit(synthesizer, table);
      const watched = await fit(synthesizer, table, 1, { previewRows: 10, previewEvery: 0 });
      expect(await watched.model.sample(30, createRng(1))).toEqual(
        await plain.model.sample(30, createRng(1)),
      );
      plain.model.dispose();
      watched.model.dispose();
    });

    test.each([0, 1, 3, 8, 20, 40])("cancelled after report %i it frees every tensor", async (reports) => {
      const before = tensorCount();
      const run = synthesizer.fit(awkwardVisits(40, 7), quick(synthesizer), createRng(1), still);
      for (let i = 0; i < reports; i++) {
        const next = await run.next();
        if (next.done) {
          next.value.dispose();
          break;
        }
      }
      await run.return(undefined as never);
      expect(tensorCount()).toBe(before);
    });

    test("told that it is enough it ends early with a model that draws", async () => {
      const before = tensorCount();
      let asked = 0;
      const enough = (): boolean => ++asked > 3;
      const { model: own } = await fit(synthesizer, awkwardVisits(40, 7), 1, { ...still, enough });
      expect((await own.sample(20, createRng(1))).rows).toBe(20);
      own.dispose();
      expect(tensorCount()).toBe(before);
    });

    test.each([
      ["times", ["seen"]],
      ["times and what never changes", ["seen", "age", "sex"]],
      ["times and numbers", ["seen", "pressure", "lactate", "fluid"]],
      ["times and levels", ["seen", "ward", "stage"]],
      ["times and another time", ["seen", "taken"]],
    ])("learns a table of nothing but %s", async (_what, names) => {
      const before = tensorCount();
      const { model: own } = await fit(synthesizer, only(awkwardVisits(40, 8), names));
      const made = await own.sample(30, createRng(1));
      expect(made.schema.columns.map(({ name }) => name)).toEqual(names);
      expect(wrongWith(made)).toEqual([]);
      own.dispose();
      expect(tensorCount()).toBe(before);
    });

    test("of a table without courses it says in words why it cannot", async () => {
      const { patients: _whose, ...rows } = train;
      const [seen, ...others] = train.schema.columns;
      const { course: _time, ...plain } = seen as ColumnSchema;
      const untimed = { ...train, schema: { ...train.schema, columns: [plain, ...others] } };
      const once = { ...train, patients: Int32Array.from({ length: train.rows }, (_, row) => row) };
      const empty: NumericColumn = { type: "numeric", values: new Float64Array(train.rows).fill(NaN) };
      const unknown = { ...train, columns: train.columns.with(0, empty) };
      for (const table of [rows, untimed, once, unknown])
        await expect(fit(synthesizer, table)).rejects.toMatchObject({ fault: { code: "no-courses" } });
    });

    test("going on from a saved model it does, or says that it cannot", async () => {
      const from = throughAFile(await model.save());
      const going = fit(synthesizer, awkwardVisits(40, 2), 1, { ...still, from });
      if (synthesizer.continues === true) (await going).model.dispose();
      else await expect(going).rejects.toMatchObject({ fault: { code: "bad-use" } });
    });

    test.each([6, 12, 21])("survives %i patients", async (patients) => {
      const before = tensorCount();
      const { model: own } = await fit(synthesizer, awkwardVisits(patients, patients));
      expect(wrongWith(await own.sample(50, createRng(1)))).toEqual([]);
      own.dispose();
      expect(tensorCount()).toBe(before);
    });
  },
);

test("Auto takes it for a table of visits, and says why", { timeout: 60_000 }, async () => {
  const { model, reports } = await fit(findSynthesizer("auto"), awkwardVisits(40, 5));
  expect(model.synthesizer).toBe("visits");
  expect(wrongWith(firstRows(await model.sample(40, createRng(1)), 40))).toEqual([]);
  expect(reports.flatMap(({ notice }) => notice ?? [])[0]).toBe(
    "Auto chose Visits: patients have visits over time, so whole patients are learned.",
  );
  model.dispose();
});
