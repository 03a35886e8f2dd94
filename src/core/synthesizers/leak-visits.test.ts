import { beforeAll, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice } from "../nn/device.ts";
import { levels, madeTable, numbers } from "../table/fixtures/made-table.ts";
import type { MadeColumn, NumberOptions } from "../table/fixtures/made-table.ts";
import type { Column, Kind, Table } from "../table/table.ts";
import { fit } from "./fixtures/short-fits.ts";
import { synthesizers } from "./registry.ts";
import type { Artifact } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const PATIENTS = 90;
const DAY = 86_400_000;
const BEGIN = Date.UTC(2015, 0, 1);

/** Of one to four patients each, the changing ones at many visits of theirs, and unlike every other number of the table. */
const PLANTED = {
  fixed: 98_765_431,
  fixedOfFour: 77_713,
  decimal: 7313.457,
  lowest: -4411.219,
  wild: 9120.337,
  between: 5.123457,
  ofFour: 88_817,
  start: Date.UTC(2091, 6, 19),
  end: Date.UTC(2093, 2, 5),
  gap: 5417,
} as const;
/** Texts of one to four patients hold this. */
const RARE = "planted";
const SHARED = "shared by five";
const SHARED_NUMBER = 66_617;

interface Visit {
  readonly patient: number;
  readonly visit: number;
  readonly day: number;
  readonly end: number;
}

/** Patient 0 comes late, 1 has one long gap, 2 thirty visits with as many extreme numbers; the others three to eight, some days apart. */
function courses(): Visit[] {
  const rng = createRng(22);
  return Array.from({ length: PATIENTS }, (_, patient): Visit[] => {
    const count = patient === 2 ? 30 : 3 + rng.integer(6);
    const days: number[] = [];
    let day = patient === 0 ? PLANTED.start : BEGIN + DAY * rng.integer(900);
    for (let k = 0; k < count; k++) {
      days.push(day);
      day += DAY * (patient === 1 && k === 1 ? PLANTED.gap : 3 + rng.integer(40));
    }
    const end = patient === 0 ? PLANTED.end : day;
    return days.map((own, visit) => ({ patient, visit, day: own, end }));
  }).flat();
}

function plantedVisits(): Table {
  const rng = createRng(21);
  const visits = courses();
  const reason = `Two values, ${RARE} and other.`;
  const number = (name: string, options: NumberOptions, make: (visit: Visit) => number): MadeColumn =>
    numbers(name, visits.map(make), { ...options, reason });
  const text = (name: string, kind: Kind, make: (visit: Visit) => string): MadeColumn => {
    const texts = visits.map(make);
    const names = [...new Set(texts)].sort();
    return levels(
      name,
      texts.map((cell) => names.indexOf(cell)),
      names,
      { kind, reason },
    );
  };
  const fixed = Array.from({ length: PATIENTS }, () => Math.round(1e6 + 3e5 * rng.normal()));
  const group = Array.from({ length: PATIENTS }, () => rng.integer(3));
  const round = (value: number, decimals: number): number =>
    Math.round(value * 10 ** decimals) / 10 ** decimals;
  const date = { pattern: "YYYY-MM-DD" };
  return madeTable(
    [
      number("day", { ...date, course: "time" }, ({ day }) => day),
      number("end", { ...date, course: "end" }, ({ end }) => end),
      number("fixed", { decimals: 0 }, ({ patient }) =>
        patient === 7 ? PLANTED.fixed : (fixed[patient] as number),
      ),
      number("fixed few", { decimals: 0 }, ({ patient }) => {
        if (patient < 4) return PLANTED.fixedOfFour;
        return patient < 9 ? SHARED_NUMBER : (group[patient] as number);
      }),
      text("fixed level", "category", ({ patient }) => {
        if (patient < 4) return `${RARE} four`;
        return patient < 9 ? SHARED : (["a", "b", "c"][group[patient] as number] as string);
      }),
      text("name", "category", ({ patient }) => `${RARE} patient ${patient}`),
      number("decimal", { decimals: 3 }, ({ patient, visit }) => {
        if (patient === 19) return PLANTED.decimal + visit / 1000;
        if (patient === 2) return round(PLANTED.wild + 1.013 * visit, 3);
        return patient === 20 ? PLANTED.lowest : round(Math.exp(3 + 0.7 * rng.normal()), 3);
      }),
      number("gap", { decimals: 6 }, ({ patient, visit }) =>
        patient === 31 ? PLANTED.between : round(rng.uniform() + (visit % 2) * 10, 6),
      ),
      number("few", { decimals: 0 }, ({ patient }) => {
        if (patient < 4) return PLANTED.ofFour;
        return patient < 9 ? SHARED_NUMBER : rng.integer(5);
      }),
      text("level", "category", ({ patient, visit }) => {
        if (patient === 0) return `${RARE} again and again`;
        if (patient < 5 && visit === 1) return `${RARE} ${patient % 2}`;
        return ["x", "y", "z"][rng.integer(3)] as string;
      }),
      text("state", "category", ({ patient, visit }) =>
        patient < 3 && visit > 1 ? `${RARE} state` : visit > 4 ? "late" : "early",
      ),
    ],
    { patients: Int32Array.from(visits, ({ patient }) => patient) },
  );
}

const rareNumbers: readonly number[] = [
  ...Object.values(PLANTED),
  PLANTED.gap * DAY,
  ...Array.from({ length: 9 }, (_, visit) => Math.round(1000 * PLANTED.decimal + visit) / 1000),
  ...Array.from({ length: 30 }, (_, visit) => Math.round(1000 * PLANTED.wild + 1013 * visit) / 1000),
];

/** Every number and text of a saved model that must not be there. */
function foundIn({ tensors, ...rest }: Artifact): string[] {
  const json = JSON.stringify(rest);
  const stored = new Set(
    [...json.matchAll(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g)].map((match) => Number(match[0])),
  );
  const single = new Set(rareNumbers.map(Math.fround));
  return [
    ...(json.includes(RARE) ? [json.slice(json.indexOf(RARE) - 40, json.indexOf(RARE) + 40)] : []),
    ...rareNumbers.filter((value) => stored.has(value)).map(String),
    ...tensors.flatMap(({ name, data }) => [...data].filter((value) => single.has(value)).map(() => name)),
  ];
}

const columnOf = (table: Table, name: string): Column =>
  table.columns[table.schema.columns.findIndex((one) => one.name === name)] as Column;
const valuesOf = (table: Table, name: string): Float64Array => {
  const column = columnOf(table, name);
  return column.type === "numeric" ? column.values : Float64Array.from(column.codes);
};

/** Each patient's changing numbers, visit after visit, and when they were after the first. */
function exactCourses(table: Table): Set<string> {
  const own = new Map<number, string[]>();
  const begin = new Map<number, number>();
  const [day, decimal, gap] = ["day", "decimal", "gap"].map((name) => valuesOf(table, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  (table.patients as Int32Array).forEach((patient, row) => {
    if (!begin.has(patient)) begin.set(patient, day[row] as number);
    const visit = [(day[row] as number) - (begin.get(patient) as number), decimal[row], gap[row]].join(" ");
    own.set(patient, [...(own.get(patient) ?? []), visit]);
  });
  return new Set([...own.values()].filter(({ length }) => length > 1).map((visits) => visits.join("; ")));
}

const ofCourses = synthesizers.filter(({ needs }) => needs === "courses");

test.each(ofCourses.map((synthesizer) => [synthesizer.id, synthesizer] as const))(
  "%s keeps and draws nothing that fewer than five patients share, however many visits they have",
  { timeout: 120_000 },
  async (_, synthesizer) => {
    const table = plantedVisits();
    const { model, reports } = await fit(synthesizer, table, 3);
    expect(foundIn(await model.save())).toEqual([]);
    expect(reports.map(({ notice }) => notice ?? "").join(" ")).not.toContain(RARE);
    const real = exactCourses(table);
    const rare = new Set(rareNumbers);
    const rng = createRng(5);
    const most = new Map<string, number>();
    const least = new Map<string, number>();
    let [longest, shared] = [0, 0];
    for (let chunk = 0; chunk < 4; chunk++) {
      const drawn = (await model.courses?.sample(1500, rng)) as Table;
      for (const { name } of drawn.schema.columns) {
        const column = columnOf(drawn, name);
        if (column.type === "coded") {
          expect(
            column.levels.filter((level) => level.includes(RARE)),
            name,
          ).toEqual([]);
          if (name === "name") expect(column.codes.every((code) => code === -1)).toBe(true);
          continue;
        }
        expect(
          column.values.filter((value) => rare.has(value)),
          name,
        ).toHaveLength(0);
        const present = column.values.filter(Number.isFinite);
        most.set(
          name,
          present.reduce((a, b) => Math.max(a, b), most.get(name) ?? -Infinity),
        );
        least.set(
          name,
          present.reduce((a, b) => Math.min(a, b), least.get(name) ?? Infinity),
        );
      }
      shared += valuesOf(drawn, "few").filter((value) => value === SHARED_NUMBER).length;
      const made = exactCourses(drawn);
      expect([...made].filter((course) => real.has(course))).toEqual([]);
      const visits = new Map<number, number>();
      drawn.patients?.forEach((patient) => visits.set(patient, (visits.get(patient) ?? 0) + 1));
      longest = Math.max(longest, ...visits.values());
    }
    expect(most.get("decimal")).toBeLessThan(PLANTED.decimal / 2);
    expect(least.get("decimal")).toBeGreaterThan(PLANTED.lowest / 2);
    expect(most.get("fixed")).toBeLessThan(PLANTED.fixed / 2);
    expect(most.get("day")).toBeLessThan(PLANTED.start);
    expect(most.get("end")).toBeLessThan(PLANTED.end);
    expect(longest).toBeLessThan(30);
    expect(shared).toBeGreaterThan(0);
    model.dispose();
  },
);
