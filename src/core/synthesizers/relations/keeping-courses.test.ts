import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import type { Constraint } from "../../rules/constraint.ts";
import { readRule } from "../../rules/read-rule.ts";
import type { Column, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import { coursePlanOf } from "../../visits/course-plan.ts";
import { coursesOf } from "../../visits/courses.ts";
import type { FitOptions, Model, PatientRequest, Progress, Synthesizer } from "../synthesizer.ts";
import { brokenVisits, cellsOf, clinicVisits } from "./fixtures/clinic-visits.ts";
import { keepingCourses } from "./keeping-courses.ts";
import { keptInVisits } from "./kept-in-visits.ts";
import type { KeptRules } from "./kept-rules.ts";
import { patientRules } from "./patient-rules.ts";
import { refusing } from "./refusing.ts";

/** Draws the patients it saw, each changing cell of any visit of any of them: nothing of a visit goes together. */
const shuffling: Synthesizer = {
  id: "shuffling",
  name: "Shuffling",
  summary: "",
  reference: "",
  params: {},
  needs: "courses",
  // oxlint-disable-next-line require-yield
  async *fit(train, _params, _rng, options) {
    told.push(options);
    return modelOf(train);
  },
  load: async ({ state }) => modelOf(held.get(state["at"] as number) as Table),
};
const told: FitOptions[] = [];
const held = new Map<number, Table>();

const TRIES = 200;

function modelOf(train: Table): Model {
  const plan = coursePlanOf(train);
  if (plan === undefined) throw new TypeError("no courses");
  const changing = new Set(plan.changing);
  const { rows, starts } = coursesOf(train) as NonNullable<ReturnType<typeof coursesOf>>;
  const shuffled = (own: Table, rng: Rng): Table => ({
    ...own,
    columns: own.columns.map((column, j): Column => {
      if (!changing.has(j)) return column;
      const from = train.columns[j] as Column;
      const any = (): number => rng.integer(train.rows);
      return column.type === "numeric"
        ? {
            type: "numeric",
            values: column.values.map(() => (from as typeof column).values[any()] as number),
          }
        : { ...column, codes: column.codes.map(() => (from as typeof column).codes[any()] as number) };
    }),
  });
  const drawn = (own: Table, rng: Rng, { refuses }: PatientRequest = {}): Table => {
    const visits = Array.from({ length: own.rows }, (_, row): Table => {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const visit = shuffled(takeRows(own, [row]), rng);
        if (refuses?.(visit)[0] !== 1) return visit;
      }
      throw new Error("no visit is kept");
    });
    const columns = own.columns.map((column, j): Column => {
      const cells = visits.map(({ columns: one }) => one[j] as Column);
      return column.type === "numeric"
        ? {
            type: "numeric",
            values: Float64Array.from(cells, (one) => (one as typeof column).values[0] as number),
          }
        : { ...column, codes: Int32Array.from(cells, (one) => (one as typeof column).codes[0] as number) };
    });
    return { ...own, columns };
  };
  const ofPatients = (chosen: readonly number[], skip: number): Table => {
    const at: number[] = [];
    const whose: number[] = [];
    chosen.forEach((patient, p) => {
      for (let k = (starts[patient] as number) + skip; k < (starts[patient + 1] as number); k++) {
        at.push(rows[k] as number);
        whose.push(p);
      }
    });
    return { ...takeRows(train, at), patients: Int32Array.from(whose) };
  };
  const courses: NonNullable<Model["courses"]> = {
    sample: async (patients, rng, request) =>
      drawn(
        ofPatients(
          Array.from({ length: patients }, () => rng.integer(starts.length - 1)),
          0,
        ),
        rng,
        request,
      ),
    goOn: async (given, futures, rng, request) =>
      drawn(
        ofPatients(
          Array.from({ length: futures * new Set(given.patients).size }, () =>
            rng.integer(starts.length - 1),
          ),
          1,
        ),
        rng,
        request,
      ),
  };
  return {
    synthesizer: "shuffling",
    courses,
    sample: async (count, rng, request) => {
      const { complete } = request ?? {};
      if (complete) return { ...shuffled(complete, rng), schema: train.schema };
      const all = await courses.sample(count, rng);
      return takeRows(
        all,
        Array.from({ length: count }, (_, row) => row),
      );
    },
    save: async () => {
      held.set(held.size, train);
      return { synthesizer: "shuffling", version: 1, params: {}, state: { at: held.size - 1 }, tensors: [] };
    },
    dispose: () => undefined,
  };
}

const design = keepingCourses(shuffling);

async function fit(
  train: Table,
  options: Partial<FitOptions> = {},
): Promise<{ model: Model; notices: string[] }> {
  const run = design.fit(train, {}, createRng(1), { previewRows: 0, previewEvery: 0, ...options });
  const notices: string[] = [];
  for (;;) {
    const next: IteratorResult<Progress, Model> = await run.next();
    if (next.done === true) return { model: next.value, notices };
    if (next.value.notice !== undefined) notices.push(next.value.notice);
  }
}

const rulesOf = (train: Table, ...written: string[]): Constraint[] =>
  written.map((text) => readRule(text, train.schema.columns));

describe("what holds in every visit that is learned from", () => {
  const train = clinicVisits();

  test("holds in every visit of whole patients, rows, futures, and through a file", async () => {
    expect(brokenVisits(train)).toEqual([]);
    const { model, notices } = await fit(train);
    expect(notices[0]).toMatch(
      /^Rows are visits of 90 patients over time\. Kept in every course: times stand 7 or a multiple of it apart; no visit is after “end”; “years”, “stage” never fall; .*“sex”, “height”, “smoker” and 1 more never change\.$/,
    );
    expect(notices[1]).toMatch(/^Kept in every visit: .*day <= end/);
    const { courses } = model;
    const made = (await courses?.sample(200, createRng(2))) as Table;
    expect(made.schema).toEqual(train.schema);
    expect(made.rows).toBeGreaterThan(600);
    expect(brokenVisits(made)).toEqual([]);
    expect(made.patients).toHaveLength(made.rows);
    const rows = await model.sample(333, createRng(3));
    expect(rows.rows).toBe(333);
    expect(brokenVisits(rows)).toEqual([]);
    const given = takeRows(train, [0, 1, 2, 3, 4, 5, 6, 7]);
    const futures = (await courses?.goOn(given, 5, createRng(4))) as Table;
    expect(futures.rows).toBeGreaterThan(20);
    expect(brokenVisits(futures)).toEqual([]);
    const artifact = JSON.parse(JSON.stringify(await model.save())) as Awaited<ReturnType<Model["save"]>>;
    const loaded = await design.load(artifact);
    expect(await loaded.courses?.sample(20, createRng(5))).toEqual(await courses?.sample(20, createRng(5)));
  });

  test("time, end, what goes one way and what never changes are learned as they are", async () => {
    const { model } = await fit(train);
    const { kept } = (await model.save()).state as { kept: { steps: { column: number; kind: string }[] } };
    const names = kept.steps.map(({ column }) => train.schema.columns[column]?.name);
    for (const name of ["day", "end", "sex", "height", "smoker", "stage"]) expect(names).not.toContain(name);
    expect(names).toEqual(expect.arrayContaining(["bmi", "band"]));
    const forced = kept.steps.filter(({ kind }) => kind === "forced");
    expect(forced.map(({ column }) => train.schema.columns[column]?.name)).toEqual(["years"]);
  });

  test("fills in what follows from what is given, and keeps what is given", async () => {
    const { model } = await fit(train);
    const given = takeRows(
      train,
      Int32Array.from({ length: 60 }, (_, row) => row),
    );
    const holes = {
      ...given,
      columns: given.columns.map((column, j): Column => {
        const every = ["bmi", "band", "high", "between"].indexOf(given.schema.columns[j]?.name ?? "") + 2;
        if (every < 2) return column;
        return column.type === "numeric"
          ? { type: "numeric", values: column.values.map((value, row) => (row % every === 0 ? NaN : value)) }
          : { ...column, codes: column.codes.map((code, row) => (row % every === 0 ? -1 : code)) };
      }),
    };
    const filled = await model.sample(60, createRng(6), { complete: holes });
    expect(filled.patients).toEqual(given.patients);
    for (const name of ["bmi", "band"]) expect(cellsOf(filled, name)).toEqual(cellsOf(given, name));
    for (const { name } of given.schema.columns) {
      const [before, after] = [cellsOf(holes, name), cellsOf(filled, name)];
      before.forEach((cell, row) => {
        if (Number.isFinite(cell) && cell !== -1) expect(after[row]).toBe(cell);
      });
    }
    const [low, high, between] = ["low", "high", "between"].map((name) => cellsOf(filled, name)) as [
      number[],
      number[],
      number[],
    ];
    high.forEach((value, row) => {
      if (Number.isFinite(value) && Number.isFinite(between[row]))
        expect(value - (low[row] as number)).toBe(between[row]);
    });
    expect(high.filter(Number.isFinite).length).toBeGreaterThan(50);
  });
});

describe("rules that a person sets", () => {
  const train = clinicVisits();

  test("hold in every visit; those of what never changes are the patients' model's", async () => {
    const rules = rulesOf(train, "weight <= 80", 'if sex = "f" then low <= 80', "height >= 160", "end >= 0");
    const { model, notices } = await fit(train, { rules });
    expect(told.at(-1)?.rules).toEqual([rules[2]]);
    expect(notices[1]).toMatch(
      /^Kept in every visit: weight <= 80; if sex = "f" then low <= 80; end >= 0\.$/,
    );
    const made = (await model.courses?.sample(100, createRng(2))) as Table;
    const [weight, sex, low] = ["weight", "sex", "low"].map((name) => cellsOf(made, name));
    expect(Math.max(...(weight as number[]))).toBeLessThanOrEqual(80);
    expect(low?.some((value) => value > 80)).toBe(true);
    low?.forEach((value, row) => {
      if (sex?.[row] === 0) expect(value).toBeLessThanOrEqual(80);
    });
  });

  test("a formula for the time is kept by the column that the time tells", async () => {
    const weeks = cellsOf(train, "day").map((day) => day / 7);
    const columns = [...train.columns, { type: "numeric" as const, values: Float64Array.from(weeks) }];
    const week = { ...train.schema.columns[2], name: "week" } as (typeof train.schema.columns)[number];
    const timed = {
      ...train,
      columns,
      schema: { ...train.schema, columns: [...train.schema.columns, week] },
    };
    const { model } = await fit(timed, { rules: rulesOf(timed, "day = 7 * week") });
    const made = (await model.courses?.sample(50, createRng(2))) as Table;
    expect(cellsOf(made, "week")).toEqual(cellsOf(made, "day").map((day) => day / 7));
  });

  test("a column that is never to change within a patient is learned as one that does not", async () => {
    const { model } = await fit(train, { rules: rulesOf(train, "band same within patient") });
    const made = (await model.courses?.sample(80, createRng(2))) as Table;
    const bands = new Map<number, Set<number>>();
    cellsOf(made, "band").forEach((code, row) => {
      const patient = made.patients?.[row] as number;
      bands.set(patient, (bands.get(patient) ?? new Set()).add(code));
    });
    expect([...bands.values()].every(({ size }) => size === 1)).toBe(true);
  });
});

test("a rule that no visit keeps ends in words", async () => {
  const train = clinicVisits();
  const plan = coursePlanOf(train) as CoursePlan;
  const kept = (await keptInVisits(train, plan, rulesOf(train, "low <= 200", "weight >= 1000"))) as KeptRules;
  const refuses = refusing(kept, undefined);
  const visits = kept.derivations.reduce(train);
  const draw = (): void => {
    for (let drawn = 0; drawn < 40_000; drawn += visits.rows) refuses?.(visits);
  };
  expect(draw).toThrow(
    expect.objectContaining({
      fault: expect.objectContaining({ code: "rule-unmet", rule: "weight >= 1000" }) as unknown,
    }) as Error,
  );
});

test("rules of what stays the same are saved as those that the patients' model says it keeps", () => {
  const train = clinicVisits();
  const plan = coursePlanOf(train) as CoursePlan;
  const rules = ["height >= 150", "day <= end", "visits <= height", "height <= end"].map((text) => ({
    text,
  }));
  const artifact = {
    synthesizer: "visits",
    version: 1,
    params: {},
    tensors: [],
    state: { patients: { state: { rules } } },
  };
  expect(patientRules(artifact, plan, train)).toEqual(["height >= 150"]);
});

test("visits that are refused besides are looked at with everything put back", async () => {
  const train = clinicVisits();
  const { model } = await fit(train);
  const refuses = (visits: Table): Uint8Array =>
    Uint8Array.from(cellsOf(visits, "bmi"), (index) => (index > 30 ? 1 : 0));
  const made = (await model.courses?.sample(40, createRng(2), { refuses })) as Table;
  expect(Math.max(...cellsOf(made, "bmi"))).toBeLessThanOrEqual(30);
  expect(brokenVisits(made)).toEqual([]);
});

test("patients are not asked for by what is put back, nor rows by shares", async () => {
  const { model } = await fit(clinicVisits());
  const where = [{ column: "bmi", from: 30 }];
  await expect(model.courses?.sample(5, createRng(2), { where })).rejects.toMatchObject({
    fault: { code: "condition-invalid", column: "bmi" },
  });
  await expect(
    model.sample(5, createRng(2), { shares: { column: "sex", shares: { f: 1 } } }),
  ).rejects.toMatchObject({ fault: { code: "condition-invalid" } });
});

test("a saved model is not trained on where its method cannot", async () => {
  const from = { synthesizer: "shuffling", version: 1, params: {}, state: {}, tensors: [] };
  await expect(fit(clinicVisits(), { from })).rejects.toMatchObject({ fault: { code: "bad-use" } });
});
