import { describe, expect, it } from "vitest";
import { breathe } from "../../../math/breathe.ts";
import { createRng } from "../../../math/rng.ts";
import { columnShapes } from "../../../metrics/fidelity/column-shapes.ts";
import { reportShape } from "../../../report/report-shape.ts";
import { madeTable, numbers, texts } from "../../../table/fixtures/made-table.ts";
import type { Table } from "../../../table/table.ts";
import { evaluate } from "../evaluate.ts";
import { compareCourses } from "./compare-courses.ts";

type Visit = Readonly<Record<string, number | string | null>>;

/** Courses as a table: `time` says when, `end` when follow-up ended, `event` what happened then. */
function visits(patients: readonly (readonly Visit[])[]): Table {
  const rows = patients.flat();
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => {
    const cells = rows.map((row) => row[name] ?? null);
    if (cells.some((cell) => typeof cell === "string"))
      return texts(
        name,
        cells.map((cell) => (cell === null ? null : String(cell))),
        name === "died" ? { survival: "event" } : {},
      );
    const part = name === "day" || name === "visit" ? "time" : name === "futime" ? "end" : undefined;
    return numbers(
      name,
      cells.map((cell) => (cell === null ? NaN : Number(cell))),
      { decimals: part === undefined && name !== "age" ? 1 : 0, ...(part && { course: part }) },
    );
  });
  const whose = patients.flatMap((own, patient) => own.map(() => patient));
  return madeTable(columns, { patients: Int32Array.from(whose) });
}

const compare = async (real: Table, synthetic: Table) => {
  const found = await compareCourses(real, undefined, synthetic, createRng(1), breathe);
  if (!found) throw new Error("no courses were compared");
  return found;
};

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("bands", () => {
  const course = (first: number, count: number): Visit[] =>
    range(count).map((k) => ({ visit: k + 1, x: first + k }));
  const real = visits(range(6).map((p) => course(p, p < 4 ? 3 : 2)));
  const synthetic = visits(range(8).map((p) => course(p + 0.5, 3)));

  it("are medians of patients by visit, and end where fewer than five are left", async () => {
    const { numbers: found, clock, patients } = await compare(real, synthetic);
    expect(clock).toEqual({ unit: "visit", axis: "visit" });
    expect(patients).toEqual({ real: 6, synthetic: 8 });
    expect(found[0]?.at).toEqual([1, 2]);
    expect(found[0]?.real.patients).toEqual([6, 6]);
    expect(found[0]?.real.median).toEqual([2.5, 3.5]);
    expect(found[0]?.synthetic.median).toEqual([4, 5]);
    expect(found[0]?.real.lower.every(Number.isNaN)).toBe(true);
    expect(found[0]?.real.low.every(Number.isNaN)).toBe(true);
  });

  it("say how much values swing within patients", async () => {
    const { numbers: found } = await compare(real, synthetic);
    expect(found[0]?.within.real).toBeCloseTo(Math.sqrt(0.9), 4);
    expect(found[0]?.within.synthetic).toBeCloseTo(1, 4);
  });

  it("of days over years count years, each patient once in a bin, by the nearest visit", async () => {
    const course = (p: number): Visit[] => [
      { day: 7, x: p },
      { day: 307 + p, x: p },
      { day: 372, x: 100 + p },
      { day: 427 + p, x: p },
      { day: 1103 + p, x: p },
    ];
    const years = visits(range(30).map(course));
    const found = await compare(years, years);
    expect(found.clock).toEqual({ unit: "years", axis: "years since the first visit" });
    const [x] = found.numbers;
    const bin = x?.at.indexOf(1) ?? -1;
    expect(bin).toBeGreaterThan(0);
    expect(x?.real.patients[bin]).toBe(30);
    expect(x?.real.median[bin]).toBe(114.5);
    expect(x?.distance).toBe(0);
  });
});

describe("steps", () => {
  const two = (a: string, b: string, more: Visit = {}): Visit[] => [
    { day: 0, stage: a, ...more },
    { day: 40, stage: b, ...more },
  ];
  const courses = [
    ...range(20).map(() => two("a", "a")),
    ...range(6).map(() => two("a", "b")),
    ...range(3).map(() => two("b", "a")),
    ...range(10).map(() => two("b", "b")),
  ];

  it("are shares of rows; a cell of three patients is hidden, and the next smallest with it", async () => {
    const { steps } = await compare(visits(courses), visits(courses));
    const [stage] = steps;
    expect(stage?.levels).toEqual(["a", "b"]);
    expect(stage?.real.steps).toEqual([26, 13]);
    expect(stage?.real.shares[0]).toEqual([0.76923, 0.23077]);
    expect(stage?.real.shares[1]).toEqual([NaN, NaN]);
    expect(stage?.real.rest).toEqual([0, 1]);
    expect(stage?.synthetic.shares[1]).toEqual([0.23077, 0.76923]);
    expect(stage?.distance).toBe(0);
  });

  it("leave out a level of four patients", async () => {
    const few = [...courses, ...range(4).map(() => two("a", "c"))];
    const { steps } = await compare(visits(few), visits(courses));
    expect(steps[0]?.levels).toEqual(["a", "b"]);
    expect(steps[0]?.real.steps[0]).toBe(26);
  });

  it("of one patient are alike: twenty of one kind are no twenty patients' worth", async () => {
    const kinds = (stay: number): Visit[][] =>
      range(40).map((p) =>
        range(20).map((v) => ({ day: 10 * v, stage: p >= stay && v % 2 === 1 ? "b" : "a" })),
      );
    const { steps } = await compare(visits(kinds(20)), visits(kinds(22)));
    expect(steps[0]?.distance).toBeGreaterThan(0.02);
    expect(steps[0]?.noise).toBeLessThan(1);
    const { steps: far } = await compare(visits(kinds(20)), visits(kinds(38)));
    expect(far[0]?.verdict).not.toBe("good");
  });

  it("go into the end where the event was seen", async () => {
    const ending = courses.map((own, p) =>
      own.map((visit) => ({ ...visit, futime: 100 + p, died: p % 2 === 0 ? "yes" : "no" })),
    );
    const { steps, survival } = await compare(visits(ending), visits(ending));
    expect(steps[0]?.end).toBe("died");
    expect(steps[0]?.real.steps.reduce((a, b) => a + b)).toBe(39 + 20);
    expect(survival?.event).toBe("died");
    expect(survival?.axis).toBe("days since the first visit");
  });
});

describe("survival", () => {
  /** One in four is censored half-way. */
  const cohort = (patients: number, slower: number) =>
    visits(
      range(patients).map((p) => {
        const died = p % 4 !== 0;
        const futime = Math.round((died ? 10 * (p + 1) : 5 * (p + 1)) * slower);
        return [0, 3].map((day) => ({ day, futime, died: died ? "yes" : "no", x: p + day / 10 }));
      }),
    );

  it("is drawn at times between which five real patients died, ends where nine of ten have left, and tells no few at risk", async () => {
    const { survival } = await compare(cohort(80, 1), cohort(80, 1.5));
    if (!survival) throw new Error("no survival");
    expect(survival.times[0]).toBe(0);
    const drops = survival.times.slice(1).map((time, i) => {
      const before = survival.times[i] as number;
      return range(80).filter((p) => p % 4 !== 0 && 10 * (p + 1) > before && 10 * (p + 1) <= time).length;
    });
    expect(Math.min(...drops)).toBeGreaterThanOrEqual(5);
    expect(survival.real.atRisk.every((left) => left >= 5)).toBe(true);
    expect(survival.risk.real.every((left) => Number.isNaN(left) || left >= 5)).toBe(true);
    expect(survival.difference.value).toBeGreaterThan(0);
    expect(survival.difference.interval.low).toBeLessThan(survival.difference.value);
    expect(survival.real.low.every((low, i) => low <= (survival.real.survival[i] as number))).toBe(true);
  });

  it("is not compared with nine events", async () => {
    expect((await compare(cohort(12, 1), cohort(40, 1))).survival).toBeUndefined();
  });

  it("comes from a level that nobody leaves where no event is marked", async () => {
    const course = (p: number, reach: number) =>
      range(6).map((k) => ({
        day: 30 * k,
        x: (p % 7) + k / 2,
        state: k >= reach ? "cirrhosis" : k % 2 === 0 ? "calm" : "active",
      }));
    const table = visits(range(60).map((p) => course(p, 1 + (p % 7))));
    const { survival } = await compare(table, table);
    expect(survival?.event).toBe("cirrhosis");
    expect(survival?.difference.value).toBe(0);
  });
});

describe("synthetic patients", () => {
  const course = (p: number, sex: string, by: number): Visit[] =>
    range(4).map((k) => ({
      day: 365 * k,
      age: 51,
      sex,
      bili: 1 + k * by + p / 100,
      ascites: k === 3 ? "yes" : "no",
    }));
  const real = visits(range(30).map((p) => course(p, p % 2 ? "f" : "m", 0.2)));

  it("are told in words made of their own values", async () => {
    const synthetic = visits(range(30).map((p) => course(p + 0.5, "f", 2)));
    const { timelines } = await compare(real, synthetic);
    expect(timelines).toHaveLength(8);
    const [first] = timelines;
    expect(first?.story).toMatch(
      /^A woman of 51, 4 visits in 3 years\. Bili rises from 1(\.\d)? to 7(\.\d)?, half of it by 2 years\. Ascites from 3 years on\.$/,
    );
  });

  it("are not drawn where their visits are a real patient's, cell by cell", async () => {
    const mixed = visits([...range(10).map((p) => course(p, p % 2 ? "f" : "m", 0.2)), course(99, "f", 2)]);
    const { tracks, timelines, visiting } = await compare(real, mixed);
    expect(timelines.map(({ number }) => number)).toEqual([11]);
    expect(tracks).toHaveLength(1);
    expect(visiting.raster).toHaveLength(1);
  });

  it("are compared with real ones at the first visit, one row a patient", async () => {
    const { firstVisit } = await compare(real, real);
    const bili = firstVisit.find(({ name }) => name === "bili");
    expect(bili?.distance).toBe(0);
    expect(bili?.chart.type === "histogram" && bili.chart.edges.at(-1)).toBeLessThan(1.4);
  });

  it("stand in the report, which passes through a file; a report without courses opens too", async () => {
    const synthetic = visits(range(30).map((p) => course(p + 0.5, "f", 2)));
    const facts = {
      table: "t",
      synthesizer: "visits",
      synthesizerName: "Visits",
      params: {},
      seed: 1,
      device: "none",
      seconds: 0,
      finishedAt: "2026-01-01T00:00:00.000Z",
    };
    const report = await evaluate({ train: real, holdout: real, synthetic }, facts, createRng(1), {
      metrics: [columnShapes],
    });
    expect(report.courses?.sentence).toMatch(/^Courses of bili/);
    expect(report.courses?.measures).toEqual([]);
    const read = reportShape.parse(JSON.parse(JSON.stringify(report)));
    expect(read.courses).toEqual(report.courses);
    const { courses: _courses, ...before } = report;
    expect(reportShape.safeParse(JSON.parse(JSON.stringify(before))).success).toBe(true);
  });
});

it("no courses, no comparison: patients of one visit, or fewer than five real ones", async () => {
  const course = (p: number, n: number): Visit[] => range(n).map((k) => ({ day: k, x: p }));
  const several = visits(range(9).map((p) => course(p, 2)));
  const none = await compareCourses(
    visits(range(9).map((p) => course(p, 1))),
    undefined,
    several,
    createRng(1),
    breathe,
  );
  expect(none).toBeUndefined();
  const four = await compareCourses(
    visits(range(4).map((p) => course(p, 2))),
    undefined,
    several,
    createRng(1),
    breathe,
  );
  expect(four).toBeUndefined();
});
