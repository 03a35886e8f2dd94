import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice } from "../nn/device.ts";
import { readRule } from "../rules/read-rule.ts";
import { markOf } from "../table/formats/dates/precision.ts";
import { readText } from "../table/fixtures/read-text.ts";
import type { NumericColumn, Table } from "../table/table.ts";
import { takeRows } from "../table/table.ts";
import { fit, still, throughAFile } from "./fixtures/short-fits.ts";
import { findSynthesizer } from "./registry.ts";
import { brokenVisits, cellsOf, clinicVisits } from "./relations/fixtures/clinic-visits.ts";
import type { CourseModel, FitOptions, Model } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const visits = findSynthesizer("visits");

/** Rows whose patient had more of `name` at the visit before. */
function falls(table: Table, name: string): number[] {
  const cells = cellsOf(table, name);
  const before = new Map<number, number>();
  return cells.flatMap((cell, row) => {
    const patient = table.patients?.[row] as number;
    const last = before.get(patient) ?? -Infinity;
    if (Number.isFinite(cell)) before.set(patient, cell);
    return cell < last ? [row] : [];
  });
}

/** Rows in which something that never changes differs from the row before, of the same patient. */
function changes(table: Table, names: readonly string[]): number[] {
  return names.flatMap((name) =>
    cellsOf(table, name).flatMap((cell, row, cells) =>
      row > 0 && table.patients?.[row] === table.patients?.[row - 1] && !Object.is(cell, cells[row - 1])
        ? [row]
        : [],
    ),
  );
}

/** Steps between the visits of a patient that are no multiple of a week, or none. */
const offTheGrid = (table: Table): number[] =>
  cellsOf(table, "day").filter(
    (day, row, days) =>
      row > 0 &&
      table.patients?.[row] === table.patients?.[row - 1] &&
      (day <= (days[row - 1] as number) || (day - (days[row - 1] as number)) % 7 !== 0),
  );

function wrongWith(table: Table): Record<string, number> {
  const wrong = {
    rules: brokenVisits(table).length,
    stage: falls(table, "stage").length,
    years: falls(table, "years").length,
    statics: changes(table, ["sex", "height", "smoker", "end"]).length,
    times: offTheGrid(table).length,
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, count]) => count > 0));
}

async function fitted(
  train: Table,
  options: Partial<FitOptions> = {},
): Promise<{ model: Model; notices: string[] }> {
  const { model, reports } = await fit(visits, train, 1, { ...still, ...options });
  return { model, notices: reports.flatMap(({ notice }) => notice ?? []) };
}

describe("what holds in the visits that are learned from", { timeout: 60_000 }, () => {
  const train = clinicVisits(120, 2);

  test("holds within visits and across them, in patients, previews, futures, filled courses and through a file", async () => {
    expect(wrongWith(train)).toEqual({});
    const { model, reports } = await fit(visits, train, 1, { previewRows: 60, previewEvery: 0 });
    const previews = reports.flatMap(({ preview }) => preview ?? []);
    expect(previews.length).toBeGreaterThan(0);
    for (const preview of previews) expect(changes(preview, ["sex", "height", "smoker", "end"])).toEqual([]);
    const loaded = await visits.load(throughAFile(await model.save()));
    for (const one of [model, loaded]) {
      const courses = one.courses as CourseModel;
      const made = await courses.sample(300, createRng(2));
      expect(made.rows).toBeGreaterThan(900);
      expect(wrongWith(made)).toEqual({});
      expect(wrongWith(await model.sample(500, createRng(3)))).toEqual({});
    }
    const given = takeRows(
      train,
      [...(train.patients as Int32Array).keys()].filter((row) => (train.patients?.[row] as number) < 12),
    );
    const futures = (await model.courses?.goOn(given, 6, createRng(4))) as Table;
    expect(futures.rows).toBeGreaterThan(60);
    expect(wrongWith(futures)).toEqual({});
    const stage = cellsOf(given, "stage");
    const last = new Map(stage.map((value, row) => [given.patients?.[row] as number, value]));
    const order = [...new Set(given.patients)];
    cellsOf(futures, "stage").forEach((value, row) => {
      const patient = order[Math.floor((futures.patients?.[row] as number) / 6)] as number;
      expect(value).toBeGreaterThanOrEqual(last.get(patient) as number);
    });
    loaded.dispose();
    model.dispose();
  });

  test("a person's rules hold in every visit, those of one visit and those of the patient", async () => {
    const rules = ["weight <= 90", 'if sex = "f" then high <= 130', "height >= 155", "day <= end"].map(
      (text) => readRule(text, train.schema.columns),
    );
    const { model, notices } = await fitted(train, { rules });
    expect(notices).toContain(
      'Kept in every visit: weight <= 90; if sex = "f" then high <= 130; day <= end.',
    );
    expect(notices).toContain("Kept in every patient: height >= 155.");
    const made = (await model.courses?.sample(200, createRng(2))) as Table;
    expect(Math.max(...cellsOf(made, "weight"))).toBeLessThanOrEqual(90);
    expect(Math.min(...cellsOf(made, "height"))).toBeGreaterThanOrEqual(155);
    const [sex, high] = [cellsOf(made, "sex"), cellsOf(made, "high")];
    expect(high.filter((value, row) => sex[row] === 0 && value > 130)).toEqual([]);
    expect(high.some((value) => value > 130)).toBe(true);
    expect(falls(made, "stage")).toEqual([]);
    model.dispose();
  });

  test("a rule that no visit keeps ends in words", async () => {
    const rules = [readRule("weight >= 500", train.schema.columns)];
    const { model } = await fitted(train, { rules });
    await expect(model.courses?.sample(50, createRng(2))).rejects.toMatchObject({
      fault: { code: "rule-unmet", rule: "weight >= 500" },
    });
    model.dispose();
  });

  test("holes that follow from given cells are filled with what follows", async () => {
    const { model } = await fitted(train);
    const given = takeRows(
      train,
      [...(train.patients as Int32Array).keys()].filter((row) => (train.patients?.[row] as number) < 15),
    );
    const holes = {
      ...given,
      columns: given.columns.map((column, j) => {
        const name = given.schema.columns[j]?.name ?? "";
        if (column.type === "numeric" && ["bmi", "weight", "band"].includes(name))
          return {
            ...column,
            values: column.values.map((value, row) => ((row + j) % 3 === 0 ? NaN : value)),
          };
        return column;
      }),
    };
    const filled = await model.sample(given.rows, createRng(5), { complete: holes });
    const [weight, bmi] = [cellsOf(holes, "weight"), cellsOf(filled, "bmi")];
    const [band, known] = [cellsOf(filled, "band"), cellsOf(given, "band")];
    cellsOf(given, "bmi").forEach((value, row) => {
      if (!Number.isFinite(weight[row])) return;
      expect(bmi[row]).toBeCloseTo(value, 5);
      expect(band[row]).toBe(known[row]);
    });
    expect(brokenVisits(filled).filter((row) => Number.isFinite(weight[row]))).toEqual([]);
    model.dispose();
  });
});

test("limits come as often as in the visits that are learned from", { timeout: 60_000 }, async () => {
  const base = clinicVisits(150, 3);
  const rng = createRng(9);
  const usual = new Map<number, number>();
  const crp = Array.from(base.patients as Int32Array, (patient) => {
    const own = usual.get(patient) ?? rng.normal();
    usual.set(patient, own);
    const value = Math.exp(1.6 + 0.8 * own + 0.4 * rng.normal());
    return value < 5 ? 4.9 : Math.round(10 * value) / 10;
  });
  const limits = [{ text: "<5", value: 4.9, side: "below" }] as const;
  const schema = { ...base.schema.columns[3], name: "crp", limits } as Table["schema"]["columns"][number];
  const train = {
    ...base,
    columns: [...base.columns, { type: "numeric", values: Float64Array.from(crp) } as NumericColumn],
    schema: { ...base.schema, columns: [...base.schema.columns, schema] },
  };
  const { model } = await fitted(train);
  const made = (await model.courses?.sample(400, createRng(1))) as Table;
  const limited = (table: Table): number =>
    cellsOf(table, "crp").filter((value) => value === 4.9).length / table.rows;
  expect(Math.abs(limited(made) - limited(train))).toBeLessThan(0.06);
  expect(cellsOf(made, "crp").filter((value) => value !== 4.9 && value < 5)).toEqual([]);
  expect(brokenVisits(made)).toEqual([]);
  model.dispose();
});

test(
  "dates tell as much as those of the source, an onset the same at every visit",
  { timeout: 60_000 },
  async () => {
    const rng = createRng(3);
    const dayOf = (days: number): string => new Date(Date.UTC(2010, 0, 1) + 864e5 * days).toISOString();
    const whose: number[] = [];
    const lines = Array.from({ length: 90 }, (_, p) => {
      const born = dayOf(-20_000 + rng.integer(9000)).slice(0, p % 6 === 0 ? 4 : p % 6 === 1 ? 7 : 10);
      let day = rng.integer(2000);
      return Array.from({ length: 1 + rng.integer(6) }, () => {
        whose.push(p);
        day += 5 + rng.integer(90);
        return `${dayOf(day).slice(0, rng.uniform() < 0.15 ? 7 : 10)},${born},${rng.integer(9)}`;
      });
    });
    const { table } = await readText(`seen,onset,score\n${lines.flat().join("\n")}\n`);
    const columns = table.schema.columns.map((column) =>
      column.name === "seen" ? { ...column, course: "time" as const } : column,
    );
    const train = { ...table, schema: { ...table.schema, columns }, patients: Int32Array.from(whose) };
    const { model } = await fitted(train);
    const made = (await model.courses?.sample(300, createRng(1))) as Table;
    expect(changes(made, ["onset"])).toEqual([]);
    expect(falls(made, "seen")).toEqual([]);
    const coarse = (one: Table, name: string): number =>
      cellsOf(one, name).filter((value) => markOf(value, 2) > 0).length / one.rows;
    expect(Math.abs(coarse(made, "onset") - coarse(train, "onset"))).toBeLessThan(0.08);
    expect(coarse(made, "seen")).toBeGreaterThan(0.05);
    const loaded = await visits.load(throughAFile(await model.save()));
    const [again, before] = [
      await loaded.courses?.sample(20, createRng(2)),
      await model.courses?.sample(20, createRng(2)),
    ];
    expect(again?.columns).toEqual(before?.columns);
    loaded.dispose();
    model.dispose();
  },
);

test(
  "levels of few patients come out as what was chosen, however many visits have them",
  { timeout: 60_000 },
  async () => {
    const base = clinicVisits(100, 4);
    const whose = base.patients as Int32Array;
    const wards = ["east", "west", ...Array.from({ length: 30 }, (_, i) => `ward of ${i}`)];
    const rng = createRng(5);
    const codes = Int32Array.from(whose, (patient) =>
      rng.uniform() < 0.25 ? 2 + (patient % 30) : rng.integer(2),
    );
    const named = (name: string, rareLevels: "common" | "empty"): Table["schema"]["columns"][number] => ({
      ...(base.schema.columns[8] as Table["schema"]["columns"][number]),
      name,
      rareLevels,
    });
    const column = { type: "coded", codes, levels: wards } as const;
    const train = {
      ...base,
      columns: [...base.columns, column, column],
      schema: {
        ...base.schema,
        columns: [...base.schema.columns, named("ward", "common"), named("unit", "empty")],
      },
    };
    const { model } = await fitted(train);
    const made = (await model.courses?.sample(300, createRng(1))) as Table;
    const texts = (name: string): (string | undefined)[] => {
      const at = made.schema.columns.findIndex((one) => one.name === name);
      const own = made.columns[at];
      return cellsOf(made, name).map((code) => (own?.type === "coded" ? own.levels[code] : undefined));
    };
    expect(new Set(texts("ward"))).toEqual(new Set(["east", "west", "other (rare levels)"]));
    expect(new Set(texts("unit"))).toEqual(new Set(["east", "west", undefined]));
    const share = texts("ward").filter((text) => text === "other (rare levels)").length / made.rows;
    expect(Math.abs(share - codes.filter((code) => code > 1).length / train.rows)).toBeLessThan(0.15);
    model.dispose();
  },
);
