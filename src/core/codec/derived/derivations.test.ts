import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import type { Derivations } from "./derivations.ts";
import { learnDerivations, loadDerivations } from "./derivations.ts";
import { roundest } from "./lookup.ts";

const round = (value: number, decimals = 0): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

const dates = (name: string, values: readonly number[]): MadeColumn =>
  numbers(name, values, { pattern: "YYYY-MM-DD" });

/** Texts, whose levels stand in alphabetical order. */
function texts(name: string, cells: readonly (string | null)[]): MadeColumn {
  const names = [...new Set(cells.filter((cell) => cell !== null))].sort();
  return levels(
    name,
    cells.map((cell) => (cell === null ? -1 : names.indexOf(cell))),
    names,
  );
}

const list = (rows: number, make: (i: number) => number): number[] =>
  Array.from({ length: rows }, (_, i) => make(i));

const cellsOf = (table: Table, name: string): (number | string | null)[] => {
  const column = table.columns[table.schema.columns.findIndex((schema) => schema.name === name)] as Column;
  return column.type === "numeric"
    ? Array.from(column.values)
    : Array.from(column.codes, (code) => column.levels[code] ?? null);
};

const stepsOf = (derivations: Derivations, table: Table): string[] => {
  const name = (j: number): string => table.schema.columns[j]?.name ?? "";
  return derivations.steps.map((step) => {
    const parents = step.kind === "lookup" ? [step.parent] : "parents" in step ? [...step.parents] : [];
    return `${name(step.column)} < ${parents.map(name).sort().join(", ")}`;
  });
};

const bandOf = (age: number): string => (age < 40 ? "under 40" : age < 65 ? "40 to 64" : "65 and over");
const DAY = 86_400_000;

/** A ward's table: an age, its band and months, weight, height and BMI, stay, a copy, codes of names, some cells lost. */
function ward(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const age = list(rows, () => Math.min(99, Math.max(18, Math.round(60 + 16 * rng.normal()))));
  const months = age.map((years) => 12 * years + rng.integer(12));
  const height = list(rows, () => round(1.7 + 0.09 * rng.normal(), 2));
  const bmi = list(rows, () => 18 + 3 * Math.exp(1 + 0.4 * rng.normal()));
  const weight = height.map((h, i) => round((bmi[i] as number) * h * h, 1));
  const lost = list(rows, () => rng.uniform());
  const admitted = list(rows, () => (18_000 + rng.integer(1500)) * DAY);
  const stay = list(rows, () => 1 + Math.floor(8 * rng.uniform() ** 3 * 4));
  const place = list(rows, () => rng.integer(6));
  return madeTable([
    numbers("age", age, { decimals: 0 }),
    texts("age band", age.map(bandOf)),
    numbers("months", months, { decimals: 0 }),
    numbers(
      "weight",
      weight.map((value, i) => ((lost[i] as number) < 0.05 ? NaN : value)),
      { decimals: 1 },
    ),
    numbers("height", height, { decimals: 2 }),
    numbers(
      "bmi",
      weight.map((value, i) =>
        (lost[i] as number) < 0.05 ? NaN : round(value / (height[i] as number) ** 2, 1),
      ),
      { decimals: 1 },
    ),
    dates("admitted", admitted),
    dates(
      "discharged",
      admitted.map((day, i) => day + (stay[i] as number) * DAY),
    ),
    numbers("stay", stay, { decimals: 0 }),
    texts(
      "ward",
      place.map((i) => `W${i}`),
    ),
    texts(
      "ward name",
      place.map((i) => (i === 5 ? null : (["East", "West", "North", "South", "East"][i] as string))),
    ),
    numbers(
      "creatinine",
      list(rows, () => round(Math.exp(0.4 * rng.normal()), 2)),
      { decimals: 2 },
    ),
    texts(
      "sex",
      list(rows, () => rng.integer(2)).map((i) => (i ? "F" : "M")),
    ),
  ]);
}

describe("identities of a ward's table", async () => {
  const table = ward(900, 1);
  const derivations = await learnDerivations(table);
  const reduced = derivations.reduce(table);

  test("are found, and no others", () => {
    const steps = stepsOf(derivations, table);
    expect(steps).toContain("ward name < ward");
    expect(steps.filter((step) => step.startsWith("age band <")).length).toBe(1);
    expect(steps.some((step) => /^(weight < bmi, height|bmi < height, weight)$/.test(step))).toBe(true);
    expect(steps.some((step) => /^(age < months|months < age)$/.test(step))).toBe(true);
    expect(steps.some((step) => /^stay < (discharged, admitted|admitted, discharged)$/.test(step))).toBe(
      true,
    );
    expect(steps.some((step) => /^(discharged < admitted|admitted < discharged)$/.test(step))).toBe(true);
    expect(steps.some((step) => /creatinine|sex/.test(step))).toBe(false);
    expect(steps.length).toBe(6);
    expect(reduced.columns.length).toBeLessThan(table.columns.length);
    expect(reduced.schema.columns.length).toBe(reduced.columns.length);
  });

  test("what was taken out comes back as it was", () => {
    const back = derivations.restore(reduced);
    expect(back.schema).toEqual(table.schema);
    for (const { name } of table.schema.columns) {
      const [was, is] = [cellsOf(table, name), cellsOf(back, name)];
      const same = was.filter(
        (cell, i) => Object.is(cell, is[i]) || Math.abs(Number(cell) - Number(is[i])) < 1e-9,
      );
      expect(same.length, name).toBeGreaterThan(0.998 * table.rows);
    }
  });

  test("hold in made-up rows", () => {
    const rng = createRng(3);
    const made = derivations.restore(shuffledColumns(reduced, rng));
    const of = (name: string): number[] =>
      cellsOf(made, name).map((cell) => (cell === null ? NaN : Number(cell)));
    const [age, months, weight, height, bmi] = ["age", "months", "weight", "height", "bmi"].map(
      of,
    ) as number[][];
    expect(cellsOf(made, "age band")).toEqual((age as number[]).map(bandOf));
    const kept = (holds: (i: number) => boolean): number =>
      list(made.rows, (i) => +holds(i)).reduce((a, b) => a + b) / made.rows;
    expect(kept((i) => Math.floor((months?.[i] as number) / 12) === age?.[i])).toBeGreaterThan(0.9);
    const offBy = (i: number): number =>
      Math.abs((weight?.[i] as number) / (height?.[i] as number) ** 2 - (bmi?.[i] as number));
    const present = list(made.rows, (i) => i).filter(
      (i) => Number.isFinite(weight?.[i]) && Number.isFinite(bmi?.[i]),
    );
    expect(present.length).toBeGreaterThan(0.85 * made.rows);
    expect(present.filter((i) => offBy(i) <= 0.1).length).toBeGreaterThan(0.97 * present.length);
    const [admitted, discharged, stay] = ["admitted", "discharged", "stay"].map(of) as number[][];
    expect(
      kept((i) => (discharged?.[i] as number) - (admitted?.[i] as number) === (stay?.[i] as number) * DAY),
    ).toBeGreaterThan(0.99);
  });

  test("are kept through a file", () => {
    const loaded = loadDerivations(JSON.parse(JSON.stringify(derivations.save())));
    expect(loaded.restore(reduced)).toEqual(derivations.restore(reduced));
    expect(loaded.reduce(table)).toEqual(reduced);
  });

  test("a damaged state is refused", () => {
    const state = JSON.parse(JSON.stringify(derivations.save())) as {
      version: number;
      columns: unknown[];
      steps: Record<string, unknown>[];
    };
    const [first] = state.steps as [Record<string, unknown>];
    for (const hurt of [
      { ...state, version: 2 },
      { ...state, steps: [...state.steps, first] },
      { ...state, steps: state.steps.map((step) => ({ ...step, column: 99 })) },
      { ...state, steps: state.steps.map((step) => ({ ...step, kind: "relation" })) },
      { ...state, columns: state.columns.slice(1) },
      { ...state, steps: [{ ...first, parent: first["column"] }] },
    ])
      expect(() => loadDerivations(hurt)).toThrow(/model file cannot be opened/);
  });

  test("columns that are to be kept are not taken out", async () => {
    const keep = table.schema.columns.map((_, j) => j);
    expect((await learnDerivations(table, { keep })).steps).toEqual([]);
    const some = (await learnDerivations(table, { keep: [1, 5] })).steps.map(({ column }) => column);
    expect(some.length).toBeGreaterThan(2);
    expect(some).not.toContain(1);
    expect(some).not.toContain(5);
  });
});

/** Every column in an order of its own: rows that nobody had. */
function shuffledColumns(table: Table, rng: Rng): Table {
  const columns = table.columns.map((column): Column => {
    const order = rng.permutation(table.rows);
    return column.type === "numeric"
      ? { type: "numeric", values: Float64Array.from(order, (i) => column.values[i] as number) }
      : { ...column, codes: Int32Array.from(order, (i) => column.codes[i] as number) };
  });
  return { ...table, columns };
}

test("copies and sums leave nothing to learn", async () => {
  const rng = createRng(4);
  const a = list(300, () => round(10 * rng.normal(), 1));
  const b = list(300, () => round(10 * rng.normal(), 1));
  const table = madeTable([
    numbers("a", a, { decimals: 1 }),
    numbers("copy", a, { decimals: 1 }),
    numbers("b", b, { decimals: 1 }),
    numbers(
      "mean",
      a.map((value, i) => round((value + (b[i] as number)) / 2, 2)),
      { decimals: 2 },
    ),
    texts(
      "level",
      a.map((value) => (value > 3 ? "high" : "low")),
    ),
    texts(
      "same",
      a.map((value) => (value > 3 ? "hoch" : "tief")),
    ),
  ]);
  const derivations = await learnDerivations(table);
  const reduced = derivations.reduce(table);
  expect(reduced.columns.length).toBe(2);
  const back = derivations.restore(reduced);
  for (const { name } of table.schema.columns)
    cellsOf(back, name).forEach((cell, i) => {
      const was = cellsOf(table, name)[i];
      if (typeof was === "number") expect(cell).toBeCloseTo(was, 8);
      else expect(cell).toBe(was);
    });
});

test("independent columns and wide, small noise show no relation", async () => {
  const rng = createRng(5);
  for (const [rows, columns] of [
    [120, 120],
    [1000, 30],
  ] as const) {
    const parts = Array.from({ length: columns }, (_, j): MadeColumn => {
      if (j % 4 === 0)
        return numbers(
          `n${j}`,
          list(rows, () => round(Math.exp(rng.normal()), 2)),
          { decimals: 2 },
        );
      if (j % 4 === 1)
        return numbers(
          `i${j}`,
          list(rows, () => rng.integer(9)),
          { decimals: 0 },
        );
      const rare = j % 8 < 4 ? 0.5 : 0.1;
      return texts(
        `t${j}`,
        list(rows, () => rng.uniform()).map((u) => (u < rare ? "yes" : u > 0.98 ? null : "no")),
      );
    });
    expect((await learnDerivations(madeTable(parts))).steps).toEqual([]);
  }
});

test("strongly related columns are not taken for functions", async () => {
  const rng = createRng(6);
  const x = list(800, () => 50 + 10 * rng.normal());
  const table = madeTable([
    numbers(
      "x",
      x.map((value) => round(value, 1)),
      { decimals: 1 },
    ),
    numbers(
      "y",
      x.map((value) => round(value + 2 * rng.normal(), 1)),
      { decimals: 1 },
    ),
    numbers(
      "z",
      x.map((value) => round(3 * value + 0.9 * rng.normal(), 3)),
      { decimals: 3 },
    ),
    texts(
      "high",
      x.map((value) => (value + rng.normal() > 60 ? "yes" : "no")),
    ),
  ]);
  expect((await learnDerivations(table)).steps).toEqual([]);
});

test("a date is learned as the time since another that is near", async () => {
  const rng = createRng(12);
  const admitted = list(500, () => (18_000 + rng.integer(700)) * DAY);
  const discharged = admitted.map((day) => day + (1 + Math.floor(40 * rng.uniform() ** 2)) * DAY);
  const born = list(500, () => (rng.integer(18_000) - 9000) * DAY);
  const table = madeTable([
    dates("born", born),
    dates("admitted", admitted),
    dates("discharged", discharged),
  ]);
  const derivations = await learnDerivations(table);
  expect(stepsOf(derivations, table).length).toBe(1);
  const made = derivations.restore(shuffledColumns(derivations.reduce(table), rng));
  const [from, to] = ["admitted", "discharged"].map((name) => cellsOf(made, name).map(Number)) as number[][];
  expect(
    from?.every((day, i) => (to?.[i] as number) > day && Number.isInteger((to?.[i] as number) / DAY)),
  ).toBe(true);
});

test("nothing that fewer than five rows share is kept", async () => {
  const rng = createRng(7);
  const code = list(400, (i) => (i < 3 ? 777_123 : rng.integer(8)));
  const score = list(400, (i) => (i === 9 ? 41_999.37 : round(100 * rng.uniform(), 2)));
  const table = madeTable([
    numbers("code", code, { decimals: 0 }),
    texts(
      "name",
      code.map((value) => (value > 100 ? "planted name" : `name ${value}`)),
    ),
    numbers("score", score, { decimals: 2 }),
    texts(
      "grade",
      score.map((value) => (value < 33.3 ? "low" : value < 70 ? "middle" : "high")),
    ),
    texts(
      "place",
      code.map((value, i) => (i % 100 === 0 ? `planted place ${i}` : `place ${value % 4}`)),
    ),
    numbers(
      "twice",
      score.map((value) => round(2 * value + 1, 2)),
      { decimals: 2 },
    ),
  ]);
  const derivations = await learnDerivations(table);
  const steps = stepsOf(derivations, table);
  for (const step of [/^(name < code|code < name)$/, /^grade < /, /^(twice < score|score < twice)$/])
    expect(
      steps.some((found) => step.test(found)),
      String(step),
    ).toBe(true);
  const saved = JSON.stringify(derivations.save());
  expect(saved).not.toContain("planted");
  expect(saved).not.toMatch(/777123|41999|83999/);
});

test("what fewer than five patients share is kept neither, however many their rows", async () => {
  const patients = Int32Array.from({ length: 600 }, (_, i) => Math.floor(i / 6));
  const code = [...patients].map((patient) => (patient === 7 ? "planted" : `code ${patient % 5}`));
  const table = madeTable(
    [
      texts("code", code),
      texts(
        "name",
        code.map((text) => `name of ${text}`),
      ),
    ],
    { patients },
  );
  const derivations = await learnDerivations(table);
  expect(derivations.steps.length).toBe(1);
  expect(JSON.stringify(derivations.save())).not.toContain("planted");
});

test("edges of bands are round numbers", () => {
  expect(roundest(39, 40)).toBe(40);
  expect(roundest(39.97, 40.02)).toBe(40);
  expect(roundest(17, 22)).toBe(20);
  expect(roundest(-3, 4)).toBe(0);
  expect(roundest(-12.4, -11.8)).toBe(-12);
  const edge = roundest(5.12001, 5.123457);
  expect(edge).toBeGreaterThan(5.12001);
  expect(edge).toBeLessThan(5.123457);
});

test("100,000 rows of 50 columns are searched in seconds", async () => {
  const rows = 100_000;
  const rng = createRng(9);
  const drawn = Float64Array.from({ length: rows }, () => round(rng.normal(), 3));
  const shifted = (j: number): Float64Array => drawn.map((_, i) => drawn[(i + 997 * j) % rows] as number);
  const parts = Array.from({ length: 48 }, (_, j): MadeColumn => {
    if (j % 3 > 0) return numbers(`n${j}`, shifted(j), { decimals: 3 });
    const codes = Int32Array.from(shifted(j), (value) => (value > 1 ? 2 : value > 0 ? 1 : 0));
    return levels(`t${j}`, codes, ["a", "b", "c"]);
  });
  const other = shifted(2);
  const sum = shifted(1).map((value, i) => round(value + (other[i] as number), 3));
  const bands = Int32Array.from(drawn, (value) => Math.floor(value / 2) + 4);
  const names = list(9, (i) => i).map(String);
  parts.push(numbers("sum", sum, { decimals: 3 }));
  parts.push(numbers("n", drawn, { decimals: 3 }));
  parts.push(levels("band", bands, names));
  const table = madeTable(parts);
  const from = process.cpuUsage();
  const found = await learnDerivations(table);
  expect(process.cpuUsage(from).user / 1e6).toBeLessThan(4);
  expect(stepsOf(found, table).sort()).toEqual([
    expect.stringMatching(/^band < n$/),
    expect.stringMatching(/^(n1 < n2, sum|n2 < n1, sum|sum < n1, n2)$/),
    expect.stringMatching(/^t0 < n$/),
  ]);
});

describe("a city in its county, where small places were left out", () => {
  /** A quarter of the rows have no city; one city in each county carries a tenth of its rows. */
  const places = (rows: number, common?: string): Table => {
    const rng = createRng(77);
    const county = list(rows, () => rng.integer(6));
    const lost = list(rows, () => rng.uniform());
    return madeTable([
      levelsOf(
        "city",
        county.map((at, i) =>
          (lost[i] as number) < 0.25 ? (common ?? null) : `city ${at}.${rng.integer(4)}`,
        ),
        common,
      ),
      texts(
        "county",
        county.map((at) => `county ${at}`),
      ),
    ]);
  };
  const levelsOf = (name: string, cells: (string | null)[], common?: string): MadeColumn => {
    const made = texts(name, cells);
    return common === undefined ? made : { ...made, schema: { ...made.schema, rareLevels: "common" } };
  };

  test.each([undefined, "other (rare levels)"])(
    "the county follows where the city is known (%s)",
    async (common) => {
      const table = places(800, common);
      const found = await learnDerivations(table);
      expect(stepsOf(found, table)).toEqual(["county < city"]);
      expect(found.steps[0]).toMatchObject({ kind: "lookup", partial: true });
      expect(found.taken.size).toBe(0);
      expect(found.reduce(table)).toEqual(table);
      const broken = {
        ...table,
        columns: table.columns.map((column, j): Column =>
          j === 1 && column.type === "coded" ? { ...column, codes: column.codes.map(() => 0) } : column,
        ),
      };
      const saved = loadDerivations(JSON.parse(JSON.stringify(found.save())));
      for (const derivations of [found, saved]) {
        const [city, county] = ["city", "county"].map((name) => cellsOf(derivations.restore(broken), name));
        city?.forEach((cell, i) => {
          const known = cell !== null && cell !== common;
          expect(county?.[i]).toBe(known ? `county ${String(cell).slice(5, 6)}` : "county 0");
        });
      }
    },
  );

  test("nothing is taken for one where the city tells the county only in part", async () => {
    const rng = createRng(78);
    const table = places(800);
    const shuffled = table.columns.map((column, j): Column =>
      j === 1 && column.type === "coded"
        ? { ...column, codes: column.codes.map((code) => (rng.uniform() < 0.1 ? rng.integer(6) : code)) }
        : column,
    );
    expect((await learnDerivations({ ...table, columns: shuffled })).steps).toEqual([]);
  });
});
