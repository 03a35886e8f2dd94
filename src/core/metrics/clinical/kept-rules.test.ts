import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { noticed } from "../fixtures/notice-reference.ts";
import type { Tables } from "../metric.ts";
import { keptRules } from "./kept-rules.ts";

const DAY = 86_400_000;
const CITIES = ["Bath", "Bristol", "Exeter", "Truro"];
const COUNTIES = ["Somerset", "Devon", "Cornwall"];
const COUNTY_OF = [0, 0, 1, 2];

/** Stays in whole days by the dates, parts that add up, a BMI, a temperature in two units, a city in its county; heart rate and sodium are free. */
function stays(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const list = Array.from({ length: rows }, () => {
    const [admitted, stay] = [
      Date.UTC(2020, 0, 1) + rng.integer(900) * DAY + rng.integer(1440) * 60_000,
      Math.exp(1.6 + 0.7 * rng.normal()),
    ];
    const [height, weight] = [1.7 + 0.1 * rng.normal(), 75 + 12 * rng.normal()];
    const [ward, icu, celsius] = [rng.integer(9), rng.integer(4), 37 + 0.7 * rng.normal()];
    return {
      admitted,
      discharged: admitted + stay * DAY,
      stay,
      height,
      weight,
      ward,
      icu,
      celsius,
      city: rng.integer(4),
      rate: 80 + 12 * rng.normal(),
      sodium: 139 + 3 * rng.normal(),
    };
  });
  const of = (pick: (row: (typeof list)[number]) => number, decimals = 0): number[] =>
    list.map((row) => Math.round(pick(row) * 10 ** decimals) / 10 ** decimals);
  const minutes = (values: number[]): number[] => values.map((value) => Math.floor(value / 60_000) * 60_000);
  return madeTable([
    numbers("admitted", minutes(list.map(({ admitted }) => admitted)), { pattern: "YYYY-MM-DD HH:mm" }),
    numbers("discharged", minutes(list.map(({ discharged }) => discharged)), { pattern: "YYYY-MM-DD HH:mm" }),
    numbers(
      "stay",
      of(({ stay }) => Math.floor(stay)),
      { decimals: 0 },
    ),
    numbers(
      "ward_days",
      of(({ ward }) => ward),
      { decimals: 0 },
    ),
    numbers(
      "icu_days",
      of(({ icu }) => icu + 0),
      { decimals: 0 },
    ),
    numbers(
      "bed_days",
      of(({ ward, icu }) => ward + icu),
      { decimals: 0 },
    ),
    numbers(
      "height",
      of(({ height }) => height, 2),
      { decimals: 2 },
    ),
    numbers(
      "weight",
      of(({ weight }) => weight, 1),
      { decimals: 1 },
    ),
    numbers(
      "bmi",
      of(({ height, weight }) => Math.round(weight * 10) / 10 / (Math.round(height * 100) / 100) ** 2, 1),
      { decimals: 1 },
    ),
    numbers(
      "celsius",
      of(({ celsius }) => celsius, 1),
      { decimals: 1 },
    ),
    numbers(
      "fahrenheit",
      of(({ celsius }) => 32 + 1.8 * (Math.round(celsius * 10) / 10), 1),
      { decimals: 1 },
    ),
    numbers(
      "heart_rate",
      of(({ rate }) => rate),
      { decimals: 0 },
    ),
    numbers(
      "sodium",
      of(({ sodium }) => sodium),
      { decimals: 0 },
    ),
    levels(
      "city",
      list.map(({ city }) => city),
      CITIES,
    ),
    levels(
      "county",
      list.map(({ city }) => COUNTY_OF[city] as number),
      COUNTIES,
    ),
  ]);
}

const place = (table: Table, name: string): number =>
  table.schema.columns.findIndex((column) => column.name === name);

function shuffled(table: Table, name: string, rows = table.rows): Table {
  const [at, rng] = [place(table, name), createRng(9)];
  const values = (table.columns[at] as NumericColumn).values.slice();
  const order = rng.permutation(rows);
  const moved = values.map((value, row) => (row < rows ? (values[order[row] as number] as number) : value));
  return { ...table, columns: table.columns.with(at, { type: "numeric", values: moved }) };
}

const real = { train: stays(480, 1), holdout: stays(160, 2) };

async function rulesIn(tables: Tables) {
  const { detail } = await noticed(keptRules, tables);
  if (detail?.type !== "rules") throw new Error("no rules");
  return detail.rules;
}

describe("rules that real rows keep", () => {
  it("lists what ties the columns, with what the real rows say of it, and nothing about those that are free", async () => {
    const listed = await rulesIn({ ...real, synthetic: stays(640, 3) });
    const kept = " (all 640 real rows keep it; may fail in up to 0.5%)";
    expect(listed.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(
        [
          "stay is the time from admitted to discharged in whole days",
          "discharged is not before admitted",
          "bed_days is icu_days + ward_days",
          "bed_days is at least icu_days",
          "bed_days is at least ward_days",
          "bmi is weight / height²",
          "fahrenheit is 32 + 1.8 × celsius",
          "county follows from city",
        ].map((words) => `${words}${kept}`),
      ),
    );
    expect(listed.filter(({ rule }) => /heart_rate|sodium/.test(rule))).toEqual([]);
    expect(
      listed.every(({ real: share, synthetic, rows }) => share === 0 && synthetic === 0 && rows === 640),
    ).toBe(true);
  });

  it("a stay that its dates contradict is told with its counts in both", async () => {
    const { verdict, sentence, value } = await noticed(keptRules, {
      ...real,
      synthetic: shuffled(stays(640, 3), "stay"),
    });
    expect(verdict).toBe("much-worse");
    const [, broken] =
      /^(\d+) of 640 synthetic rows \(\d+\.\d%\) break “stay is the time from admitted to discharged in whole days”, which all 640 real rows keep/.exec(
        sentence,
      ) ?? [];
    const synthetic = shuffled(stays(640, 3), "stay");
    const [a, d, s] = ["admitted", "discharged", "stay"].map(
      (name) => (synthetic.columns[place(synthetic, name)] as NumericColumn).values,
    ) as [Float64Array, Float64Array, Float64Array];
    const counted = s.filter(
      (days, i) => days !== Math.floor(((d[i] as number) - (a[i] as number)) / DAY),
    ).length;
    expect(Number(broken)).toBe(counted);
    expect(value).toBeCloseTo(counted / 640, 9);
  });

  it("one row in ten is enough to be worse; fresh rows are good", async () => {
    const tenth = await noticed(keptRules, { ...real, synthetic: shuffled(stays(640, 4), "fahrenheit", 64) });
    expect(tenth.verdict).toMatch(/worse/);
    expect(tenth.value).toBeGreaterThan(0.07);
    for (const seed of [5, 6, 7]) {
      const fresh = await noticed(keptRules, { ...real, synthetic: stays(640, seed) });
      expect(fresh.value).toBe(0);
      expect(fresh.verdict).not.toMatch(/worse/);
      expect(fresh.sentence).toMatch(/^No synthetic row breaks one of \d+ rules/);
    }
  });

  it("a city in another county breaks the lookup", async () => {
    const synthetic = stays(640, 8);
    const at = place(synthetic, "county");
    const column = synthetic.columns[at];
    if (column?.type !== "coded") throw new Error("no levels");
    const codes = column.codes.map((code, row) => (row % 10 === 0 ? (code + 1) % 3 : code));
    const { detail } = await noticed(keptRules, {
      ...real,
      synthetic: { ...synthetic, columns: synthetic.columns.with(at, { ...column, codes }) },
    });
    if (detail?.type !== "rules") throw new Error("no rules");
    expect(detail.rules[0]).toMatchObject({ real: 0, synthetic: 0.1, rows: 640 });
    expect(detail.rules[0]?.rule).toMatch(/^county follows from city |^city and county only in pairs /);
  });

  it("says nothing of a table in which nothing follows", async () => {
    const free = (rows: number, seed: number): Table => {
      const table = stays(rows, seed);
      const names = ["heart_rate", "sodium"];
      const at = names.map((name) => place(table, name));
      return {
        ...table,
        columns: at.map((i) => table.columns[i] as never),
        schema: { ...table.schema, columns: at.map((i) => table.schema.columns[i] as never) },
      };
    };
    const tables = { train: free(480, 1), holdout: free(160, 2), synthetic: free(480, 3) };
    await expect(noticed(keptRules, tables)).rejects.toThrow(/No rule holds between columns/);
  });

  it("a rule that a person set is listed as theirs, broken or not by real rows; one that was found is told once", async () => {
    const rules = ["heart_rate >= 60", "admitted <= discharged"];
    const listed = await rulesIn({ ...real, synthetic: stays(640, 3), rules });
    const set = listed.filter(({ rule }) => rule.includes("set by a person"));
    expect(set).toHaveLength(1);
    const rate = (table: Table): Float64Array =>
      (table.columns[place(table, "heart_rate")] as NumericColumn).values;
    const low = (table: Table): number => rate(table).filter((value) => value < 60).length;
    const broken = low(real.train) + low(real.holdout);
    expect(set[0]?.rule).toBe(
      `heart_rate is at least 60 (set by a person; ${640 - broken} of 640 real rows keep it)`,
    );
    expect(set[0]?.real).toBeCloseTo(broken / 640, 9);
    expect(set[0]?.synthetic).toBeCloseTo(low(stays(640, 3)) / 640, 9);
    expect(listed.filter(({ rule }) => rule.startsWith("discharged is not before admitted"))).toHaveLength(1);
  });

  it("says how many rules of the run cannot be asked, and how many real patients break one only from five on", async () => {
    const few = stays(480, 1);
    const at = place(few, "stay");
    const values = (few.columns[at] as NumericColumn).values.map((value, row) =>
      row < 3 ? value + 400 : value,
    );
    const train = { ...few, columns: few.columns.with(at, { type: "numeric" as const, values }) };
    const rules = ["ward_of_another_table > 3", "stay <= 300"];
    const { note, detail } = await noticed(keptRules, { ...real, train, synthetic: stays(640, 3), rules });
    expect(note).toBe("1 of the run's rules cannot be asked of these columns.");
    if (detail?.type !== "rules") throw new Error("no rules");
    const listed = detail.rules.find(({ rule }) => rule.includes("set by a person"));
    expect(listed?.rule).toContain("(set by a person; fewer than 5 real patients break it)");
    expect(listed?.real).toBe(0);
  });
});
