import { describe, expect, it } from "vitest";
import type { Cohort, CohortColumn } from "../cohort.ts";
import { everyCohort } from "../cohorts.ts";
import { Rows } from "../simulating/rows.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import type { Course, Stage } from "../simulating/stage.ts";
import { climbOf } from "./climb.ts";
import { pictureOf } from "./cohort-picture.ts";
import { sampleOf } from "./cohort-sample.ts";

const number = (name: string, level: 1 | 2 | 3 | 4, decimals: number, unit?: string): CohortColumn => ({
  name,
  level,
  shown: { as: "number", decimals },
  reason: name,
  ...(unit !== undefined && { unit }),
});
const yesNo = (name: string, level: 3 | 4): CohortColumn => ({
  name,
  level,
  shown: { as: "yes-no" },
  reason: name,
});

/** Only the seventh patient has all there is to tell. */
const TELLING = 6;

const people: Stage = {
  name: "people",
  prepare: () => (rows, rng) => {
    const [age, female, sex] = [rows.add("age"), rows.add("female"), rows.add("sex")];
    for (let i = 0; i < rows.count; i++) {
      age[i] = 20 + 60 * rng.uniform();
      sex[i] = rng.integer(2);
      female[i] = 1 - (sex[i] as number);
    }
  },
};

const measured: Stage = {
  name: "measured",
  prepare: () => (rows, rng) => {
    const constants = { dbp: 80, creatinine: 3186, potassium: 4.9, sodium: 137, missed_visit: 0, event: 0 };
    for (const [name, value] of Object.entries(constants)) rows.add(name).fill(value);
    const [sbp, egfr, lvef] = [rows.add("sbp"), rows.add("egfr"), rows.add("lvef")];
    const [hypertension, metformin] = [rows.add("hypertension"), rows.add("metformin")];
    const [rare, interaction] = [rows.add("rare_condition"), rows.add("interaction")];
    for (let i = 0; i < rows.count; i++) {
      const telling = rows.first + i === TELLING;
      sbp[i] = 130 + 5 * rng.normal();
      egfr[i] = telling ? 61 : 60 + 5 * rng.normal();
      lvef[i] = i % 2 === 0 ? 30 : 60;
      for (const field of [hypertension, metformin, rare, interaction]) field[i] = telling ? 1 : 0;
    }
  },
};

const months: Course = {
  name: "months",
  prepare: () => (patients) => {
    const visits = new Rows(5 * patients.count, patients.first);
    const place = Float64Array.from({ length: visits.count }, (_, row) => Math.floor(row / 5));
    const visit = Float64Array.from({ length: visits.count }, (_, row) => row % 5);
    for (const name of patients.names)
      visits.set(
        name,
        place.map((at) => patients.get(name)[at] as number),
      );
    visits.set("patient", place);
    visits.set("visit", visit);
    visits.set(
      "month",
      visit.map((at) => 3 * at),
    );
    const [egfr, metformin, event, missed] = ["egfr", "metformin", "event", "missed_visit"].map((name) =>
      visits.get(name),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let row = 0; row < visits.count; row++) {
      if (patients.first + (place[row] as number) !== TELLING) continue;
      egfr[row] = 61 - 4 * (visit[row] as number);
      if (visit[row] === 2) missed[row] = 1;
      if ((visit[row] as number) >= 3) metformin[row] = 0;
      if (visit[row] === 4) event[row] = 1;
    }
    return visits;
  },
};

const made: Cohort = {
  id: "made",
  name: "Made",
  summary: "Made for the test.",
  picture: "Ejection fraction, two humps",
  usual: { level: 3, patients: 100 },
  rowsPerPatient: 5,
  prefix: "M",
  telling: { first: ["egfr"], drawn: ["egfr"] },
  columns: [
    number("age", 1, 0, "years"),
    {
      name: "sex",
      level: 1,
      shown: { as: "levels", levels: ["Female", "Male"] },
      reason: "sex",
      steady: true,
    },
    number("sbp", 1, 0, "mmHg"),
    number("dbp", 1, 0, "mmHg"),
    number("egfr", 2, 0),
    number("sodium", 2, 0, "mmol/L"),
    number("potassium", 2, 1, "mmol/L"),
    number("creatinine", 2, 0, "µmol/L"),
    number("lvef", 3, 0, "%"),
    yesNo("hypertension", 3),
    yesNo("metformin", 3),
    {
      name: "rare_condition",
      level: 3,
      shown: { as: "levels", levels: ["None", "Sarcoidosis"] },
      reason: "rare",
    },
    {
      name: "interaction",
      level: 3,
      shown: { as: "levels", levels: ["None", "NSAID with MRA"] },
      reason: "two",
    },
    number("month", 4, 0),
    yesNo("missed_visit", 4),
    { name: "event", level: 4, shown: { as: "levels", levels: ["None", "Hyperkalaemia"] }, reason: "event" },
  ],
  stages: [people, measured],
  course: months,
  recording: [],
};

describe("a climb", () => {
  const sample = sampleOf(made, 3);
  const climb = climbOf(sample);
  const line = (level: number, name: string) =>
    climb.levels[level - 1]?.lines.find((one) => one.name === name);

  it("picks the patient who has something to tell, and says them as a person reads them", () => {
    expect(climb.who).toMatch(/^(woman|man)$/);
    expect(line(1, "Age, sex")?.value).toMatch(new RegExp(`^\\d+, ${climb.who}$`));
    expect(line(1, "Blood pressure")?.value).toMatch(/^1\d\d\/80 mmHg$/);
    expect(line(2, "Sodium, potassium")?.value).toBe("137, 4.9 mmol/L");
    expect(line(2, "Creatinine")?.value).toBe("3,186 µmol/L");
    expect(line(3, "Has")?.value).toBe("hypertension, sarcoidosis");
    expect(line(3, "Watch")?.value).toBe("NSAID with MRA");
    expect(line(3, "Takes")?.value).toBe("metformin");
  });

  it("puts what is computed under what it is computed from, wherever the columns stand", () => {
    const lines = climb.levels[1]?.lines ?? [];
    const at = lines.findIndex(({ name }) => name === "eGFR");
    expect(lines[at - 1]?.name).toBe("Creatinine");
    expect(lines[at]).toMatchObject({ value: "61", derived: "from the line above" });
  });

  it("counts each level's columns, the record number among the first", () => {
    expect(climb.levels.map(({ columns }) => columns)).toEqual([5, 4, 5]);
    expect(climb.time.columns).toBe(3);
    expect(climb.levels.map(({ more }) => more)).toEqual([0, 0, 0]);
  });

  it("draws what the cohort tells by, and says what happened and when", () => {
    expect(climb.time.course).toEqual({
      unit: "months",
      name: "eGFR",
      decimals: 0,
      points: [0, 3, 6, 9, 12].map((time, i) => ({ time, value: 61 - 4 * i })),
      events: [
        { time: 6, text: "visit missed" },
        { time: 9, text: "metformin stopped" },
        { time: 12, text: "hyperkalaemia" },
      ],
    });
  });

  it("shows the patient whom the same seed simulates at every level", () => {
    const table = simulateAtOnce(made, { cohort: "made", level: 3, patients: 100, seed: 3 });
    const { columns } = table;
    const age = columns[1];
    expect(age?.type).toBe("numeric");
    if (age?.type === "numeric") expect(line(1, "Age, sex")?.value).toContain(`${age.values[TELLING]},`);
  });

  it("tells a ventilator as what is done for a patient, never as a condition", () => {
    const ventilated = { ...made, columns: [...made.columns, yesNo("ventilated", 3)] };
    const stage: Stage = {
      name: "ventilator",
      prepare: () => (rows) => rows.add("ventilated").fill(1),
    };
    const { levels } = climbOf(sampleOf({ ...ventilated, stages: [people, measured, stage] }, 3));
    const lines = levels[2]?.lines ?? [];
    expect(lines.find(({ name }) => name === "Has")?.value).not.toContain("ventilated");
    expect(lines).toContainEqual({ name: "Support", value: "ventilated" });
  });
});

describe("a picture", () => {
  it("is the cohort's own where it has the columns", () => {
    const picture = pictureOf(sampleOf({ ...made, id: "heart-failure" }, 1));
    expect(picture).toMatchObject({ kind: "steps", caption: "Ejection fraction, two humps" });
    const counts = picture.kind === "steps" ? picture.counts : [];
    expect([counts[0], counts.at(-1)]).toEqual([200, 200]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(400);
  });

  it("has no teeth where readers round most values to fives", () => {
    const rounding: Stage = {
      name: "rounding",
      prepare: () => (rows, rng) => {
        const lvef = rows.get("lvef");
        for (let i = 0; i < rows.count; i++) {
          const read = 45 + 10 * rng.normal();
          lvef[i] = rng.uniform() < 0.7 ? 5 * Math.round(read / 5) : Math.round(read);
        }
      },
    };
    const picture = pictureOf(
      sampleOf({ ...made, id: "heart-failure", stages: [people, measured, rounding] }, 1),
    );
    if (picture.kind !== "steps") throw new Error(picture.kind);
    const { counts } = picture;
    expect(counts.length).toBeGreaterThan(6);
    const turns = counts.filter(
      (one, i) =>
        i > 0 && i < counts.length - 1 && (one - (counts[i - 1] ?? 0)) * ((counts[i + 1] ?? 0) - one) < 0,
    );
    expect(turns.length).toBeLessThan(4);
  });

  it("says what else it shows where it has not", () => {
    expect(pictureOf(sampleOf({ ...made, id: "emergency" }, 1))).toMatchObject({
      kind: "steps",
      caption: "Systolic pressure of its patients",
    });
  });

  it("has the spread of everybody at each time, and the course of one", () => {
    const picture = pictureOf(sampleOf({ ...made, id: "maternity" }, 1));
    if (picture.kind !== "band") throw new Error(picture.kind);
    expect(picture.band).toHaveLength(5);
    for (const { low, middle, high } of picture.band) {
      expect(low).toBeLessThan(middle);
      expect(middle).toBeLessThan(high);
    }
    expect(picture.one).toHaveLength(5);
  });
});

it.each(everyCohort.map((cohort) => [cohort.name, cohort] as const))(
  "%s has a climb and a picture",
  (_, cohort) => {
    const sample = sampleOf(cohort, 1);
    const { levels } = climbOf(sample);
    expect(levels[0]?.lines.length).toBeGreaterThan(1);
    for (const { lines } of levels)
      for (const { name, value } of lines) expect(`${name}: ${value}`).not.toMatch(/NaN|undefined|_/);
    expect(pictureOf(sample).caption).not.toBe("");
  },
);
