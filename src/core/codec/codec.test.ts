import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import type { Column, Table } from "../table/table.ts";
import type { Codec, CodecState } from "./codec.ts";
import { loadCodec } from "./load-codec.ts";
import { createQuantileNormalCodec } from "./quantile-normal.ts";
import { learnTableCode } from "./columns/table-code.ts";
import { createTokenCodec } from "./token.ts";
import { withheldIn, withheldNotice } from "./columns/withheld.ts";

const makers: readonly [string, (table: Table) => Codec][] = [
  ["quantile-normal", createQuantileNormalCodec],
  ["token", createTokenCodec],
];

function there(make: (table: Table) => Codec, table: Table, seed = 1): Table {
  const codec = make(table);
  const rng = createRng(seed);
  return codec.decode(codec.encode(table, rng), rng);
}

const valuesOf = (table: Table, i = 0): number[] => {
  const column = table.columns[i] as Column;
  return column.type === "numeric" ? [...column.values] : [...column.codes];
};

const textsOf = (table: Table, i = 0): (string | null)[] => {
  const column = table.columns[i] as Column & { type: "coded" };
  return Array.from(column.codes, (code) => (code < 0 ? null : (column.levels[code] as string)));
};

const repeatedTexts = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([text, times]) => new Array<string>(times).fill(text));

const repeated = (values: readonly number[], times: number): number[] =>
  values.flatMap((value) => Array.from({ length: times }, () => value));

describe.each(makers)("%s", (_, make) => {
  test("keeps categories of at least five rows and what is missing", () => {
    const level = fc.option(fc.constantFrom("a", "b", "", "π", "<x>"), { nil: null });
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 16 }), (list) => {
        const cells = list.flatMap((cell) => new Array<string | null>(5).fill(cell));
        const table = madeTable([texts("c", cells)]);
        expect(textsOf(there(make, table))).toEqual(cells);
      }),
    );
  });

  test("levels that fewer than five patients share come out missing, beside what was missing", () => {
    const cells = [...repeatedTexts({ a: 300, b: 100, scarce: 4, scarcer: 2, scarcest: 1 }), null, null];
    const table = madeTable([texts("c", cells)]);
    const codec = make(table);
    expect(JSON.stringify(codec.save())).not.toContain("scarce");
    const back = there(make, table);
    expect(textsOf(back)).toEqual(cells.map((cell) => (cell?.startsWith("scarce") === true ? null : cell)));
    const saved = loadCodec(JSON.parse(JSON.stringify(codec.save())) as CodecState);
    expect(textsOf(saved.decode(saved.encode(table, createRng(1)), createRng(1)))).toEqual(textsOf(back));
  });

  test("or as one level in common, where that is asked for, whatever the source's levels are called", () => {
    const counts = { a: 300, "other (rare levels)": 20, scarce: 4, scarcer: 2 };
    const table = madeTable([texts("c", [...repeatedTexts(counts), null], { rareLevels: "common" })]);
    const back = textsOf(there(make, table));
    const of = (name: string | null): number => back.filter((cell) => cell === name).length;
    expect([of("a"), of("other (rare levels)"), of("other (rare levels) 2"), of(null)]).toEqual([
      300, 20, 6, 1,
    ]);
    const codec = make(table);
    const saved = loadCodec(JSON.parse(JSON.stringify(codec.save())) as CodecState);
    expect(textsOf(saved.decode(saved.encode(table, createRng(1)), createRng(1)))).toEqual(back);
    expect(withheldNotice(learnTableCode(table))).toBe(
      "Levels that fewer than 5 patients share come out as one common level: “c” (6 cells) as “other (rare levels) 2”.",
    );
  });

  test("fewer than five such patients in all come out missing, also where a common level is asked for", () => {
    const cells = repeatedTexts({ F: 60, M: 40, X: 1 });
    const table = madeTable([texts("sex", cells, { rareLevels: "common" })]);
    expect(textsOf(there(make, table))).toEqual(cells.map((cell) => (cell === "X" ? null : cell)));
    expect(JSON.stringify(make(table).save())).toContain('"missing":2.5');
  });

  test("a patient's many visits do not make a level known, nor a count of one patient stored", () => {
    const cells = [...repeatedTexts({ a: 100, b: 60 }), ...new Array<string>(40).fill("one patient's")];
    const patients = Int32Array.from(cells, (cell, i) => (cell.startsWith("one") ? 999 : i));
    const table = madeTable([texts("c", cells)], { patients });
    expect(textsOf(there(make, table)).slice(160)).toEqual(new Array<null>(40).fill(null));
    expect(JSON.stringify(make(table).save())).toContain('"missing":2.5');
  });

  test("withheld levels are apart from the pooled ones, which are drawn by their own shares", () => {
    const counts = Object.fromEntries(
      Array.from({ length: 130 }, (_value, i) => [`level ${i}`, i < 110 ? 12 : 6]),
    );
    const cells = repeatedTexts({ ...counts, once: 1, twice: 2, thrice: 3, fourfold: 4 });
    const known = cells.slice(0, -10);
    const of = (list: readonly (string | null)[], name: string | null): number =>
      list.filter((cell) => cell === name).length;
    const back = textsOf(there(make, madeTable([texts("c", cells)])));
    for (let i = 0; i < 100; i++) expect(of(back, `level ${i}`)).toBe(12);
    expect(of(back, null)).toBe(10);
    const apart = textsOf(there(make, madeTable([texts("c", cells, { rareLevels: "common" })])));
    expect(of(apart, "other (rare levels)")).toBe(10);
    expect(apart.filter((cell) => cell !== null && cell in counts).length).toBe(known.length);
  });

  test("a column of which no level is shared by five rows comes out empty", () => {
    const cells = Array.from({ length: 30 }, (_value, i) => (i % 5 === 0 ? null : `patient ${i}`));
    const table = madeTable([
      texts("c", cells),
      numbers(
        "x",
        cells.map((_cell, i) => (i < 4 ? 12.34 + i : NaN)),
        { decimals: 2 },
      ),
    ]);
    const codec = make(table);
    expect(JSON.stringify(codec.save())).not.toMatch(/patient|1[2345][.]34/);
    const back = there(make, table);
    expect(textsOf(back).every((cell) => cell === null)).toBe(true);
    expect(valuesOf(back, 1).every(Number.isNaN)).toBe(true);
    expect(withheldIn(learnTableCode(table))).toEqual([
      { column: "c", levels: 24, rows: 24 },
      { column: "x", levels: 4, rows: 4 },
    ]);
    expect(withheldNotice(learnTableCode(table))).toMatch(/“c”, “x” come out empty/);
  });

  test("levels are matched by name, whatever their order in another table", () => {
    const table = madeTable([texts("c", repeatedTexts({ a: 9, b: 7, c: 5 }))]);
    const other = madeTable([texts("c", ["c", "a", null, "b"])]);
    const codec = make(
      madeTable([texts("c", [...repeatedTexts({ a: 9, b: 7, c: 5 }), ...new Array<null>(6).fill(null)])]),
    );
    expect(textsOf(codec.decode(codec.encode(other, createRng(1)), createRng(1)))).toEqual([
      "c",
      "a",
      null,
      "b",
    ]);
    expect(make(table).width).toBe(3);
  });

  test("keeps which numbers are missing, and never leaves the range", () => {
    const cell = fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { nil: NaN });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 120 }), (cells) => {
        const table = madeTable([numbers("x", cells, { decimals: 3 })]);
        const back = valuesOf(there(make, table));
        const present = cells.filter((value) => !Number.isNaN(value));
        expect(back.map(Number.isNaN)).toEqual(cells.map((cell) => Number.isNaN(cell) || present.length < 5));
        if (present.length < 5) return;
        for (const value of back.filter((item) => !Number.isNaN(item))) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...present) - 1);
          expect(value).toBeLessThanOrEqual(Math.max(...present) + 1);
        }
      }),
    );
  });

  test("values of at least five rows come back exactly", () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        distinct,
        fc.integer({ min: 5, max: 9 }),
        fc.integer({ min: 0, max: 3 }),
        (list, times, decimals) => {
          const values = repeated(list, times).map((value) => value / 10 ** decimals);
          const table = madeTable([numbers("x", [...values, NaN], { kind: "decimal", decimals })]);
          expect(valuesOf(there(make, table))).toEqual([...values, NaN]);
        },
      ),
    );
  });

  test("integers stay integers and date-times stay on their day", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 5, maxLength: 200 }),
        (days) => {
          const table = madeTable([
            numbers("x", days, { decimals: 0 }),
            numbers(
              "d",
              days.map((day) => day * 86_400_000),
              { pattern: "YYYY-MM-DD" },
            ),
            numbers(
              "m",
              days.map((day) => Date.UTC(2000, day)),
              { pattern: "MM/YYYY" },
            ),
          ]);
          const back = there(make, table);
          expect(valuesOf(back).every(Number.isInteger)).toBe(true);
          expect(valuesOf(back, 1).every((value) => value % 86_400_000 === 0)).toBe(true);
          expect(valuesOf(back, 2).every((value) => new Date(value).getUTCDate() === 1)).toBe(true);
        },
      ),
    );
  });

  test("saved and loaded it decodes the same", () => {
    const rng = createRng(4);
    const values = Array.from({ length: 300 }, (_value, i) =>
      i % 7 === 0 ? NaN : i % 3 === 0 ? 0 : rng.normal(),
    );
    const table = madeTable([
      numbers("x", values, {
        number: { decimals: 4, leastDecimals: 0, exact: true, decimalMark: ".", thousandsMark: "" },
      }),
      texts(
        "c",
        values.map((value) => (value > 0.5 ? "high" : value > 0 ? "low" : null)),
      ),
      numbers(
        "d",
        values.map((_value, i) => i * 60_000),
        { kind: "datetime", date: { pattern: "DD.MM.YYYY HH:mm", exact: false } },
      ),
    ]);
    const codec = make(table);
    const matrix = codec.encode(table, createRng(1));
    const loaded = loadCodec(JSON.parse(JSON.stringify(codec.save())) as CodecState);
    expect(loaded.spans).toEqual(codec.spans);
    expect(loaded.decode(matrix, createRng(2)).schema).toEqual(table.schema);
    expect(loaded.decode(matrix, createRng(2))).toEqual(codec.decode(matrix, createRng(2)));
    expect(loaded.encode(table, createRng(3))).toEqual(codec.encode(table, createRng(3)));
  });

  test("encodes chosen rows as it encodes them all", () => {
    const cells = Array.from({ length: 60 }, (_value, i) => ["a", "b", "c", null][i % 4] as string | null);
    const table = madeTable([texts("c", cells)]);
    const codec = make(table);
    const all = codec.encode(table, createRng(1));
    const some = codec.encode(table, createRng(1), [7, 2, 7]);
    const row = (i: number): number[] => [...all.data.subarray(i * all.width, (i + 1) * all.width)];
    expect(some.rows).toBe(3);
    expect([...some.data]).toEqual([...row(7), ...row(2), ...row(7)]);
  });

  test("constant, all-missing, few rows and none are survived; what fewer than five rows share is left out", () => {
    const awkward = (rows: number): Table =>
      madeTable([
        numbers("constant", new Array<number>(rows).fill(7), { decimals: 0 }),
        numbers("empty", new Array<number>(rows).fill(NaN), { decimals: 1 }),
        texts("level", new Array<string>(rows).fill("only"), { kind: "constant" }),
        texts("void", new Array<null>(rows).fill(null)),
        numbers(
          "two",
          Array.from({ length: rows }, (_value, i) => i * 100),
          { decimals: 0 },
        ),
      ]);
    for (const rows of [0, 1, 2, 4, 5, 6]) {
      const table = awkward(rows);
      const back = there(make, table);
      expect(back.rows).toBe(rows);
      expect(valuesOf(back, 1)).toEqual(valuesOf(table, 1));
      expect(textsOf(back, 2)).toEqual(rows < 5 ? new Array<null>(rows).fill(null) : textsOf(table, 2));
      expect(textsOf(back, 3)).toEqual(textsOf(table, 3));
      if (rows >= 5) expect(valuesOf(back)).toEqual(valuesOf(table));
      else expect([...valuesOf(back), ...valuesOf(back, 4)].every(Number.isNaN)).toBe(true);
    }
  });

  test("extreme numbers do not overflow", () => {
    const values = Array.from({ length: 60 }, (_value, i) => (i % 2 ? 1 : -1) * 1.7e308 * (i / 60));
    const back = valuesOf(there(make, madeTable([numbers("x", values, { kind: "decimal", decimals: 0 })])));
    expect(back.every(Number.isFinite)).toBe(true);
    const tiny = Array.from({ length: 60 }, (_value, i) => i * 1e-9);
    const small = valuesOf(there(make, madeTable([numbers("x", tiny, { decimals: 2 })])));
    expect(new Set(small).size).toBeGreaterThan(20);
  });

  test("20,000 levels take a bounded width and keep their frequencies; single ones are not named", () => {
    const rows = 60_000;
    const cells = Array.from({ length: rows }, (_value, i) =>
      i % 2 === 0 ? "frequent" : i % 4 === 1 ? `level ${i % 5000}` : `single ${i}`,
    );
    const table = madeTable([texts("c", cells)]);
    const codec = make(table);
    expect(codec.width).toBeLessThanOrEqual(102);
    const back = codec.decode(codec.encode(table, createRng(1)), createRng(1));
    const column = back.columns[0] as Column & { type: "coded" };
    expect(textsOf(back).filter((text) => text === "frequent").length).toBe(rows / 2);
    expect(new Set(column.codes).size).toBeGreaterThan(1200);
    expect(column.levels.some((level) => level.startsWith("single"))).toBe(false);
  });

  test("no value of fewer than five rows is stored", () => {
    const rng = createRng(9);
    const values = Array.from({ length: 400 }, (_value, i) =>
      i % 4 === 0 ? 5 : Math.round(1e6 * Math.exp(rng.normal())) / 1e4,
    );
    const state = JSON.stringify(make(madeTable([numbers("x", values, { decimals: 4 })])).save());
    const stored = new Set(
      [...state.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map((match) => Number(match[0])),
    );
    const rare = values.filter((value) => value > 20 && value !== Math.round(value));
    expect(rare.length).toBeGreaterThan(250);
    expect(rare.filter((value) => stored.has(value))).toEqual([]);
  });

  test("no count of one to four rows is stored", () => {
    const cells = [
      "a",
      "b",
      "b",
      "c",
      "c",
      "c",
      "d",
      "d",
      "d",
      "d",
      null,
      ...new Array<string>(30).fill("e"),
    ];
    const values = cells.map((_cell, i) => (i < 3 ? NaN : i < 6 ? 1 : 2));
    const table = madeTable([texts("c", cells), numbers("x", values, { decimals: 0 })]);
    const { columns } = (make(table).save() as CodecState & { table: { columns: unknown } }).table;
    const [level, number] = columns as { code: { counts: number[]; missing: number } }[];
    expect(level?.code).toMatchObject({ counts: [30], common: -1, missing: 11 });
    expect(number?.code.missing).toBe(2.5);
    expect(number?.code.counts.every((count) => count >= 5)).toBe(true);
  });

  test("a damaged state is refused", () => {
    const table = madeTable([numbers("x", [1, 2, 3, 4, 5, 6], { decimals: 0 })]);
    const state = JSON.parse(JSON.stringify(make(table).save())) as CodecState;
    const damage = (change: (columns: Record<string, unknown>[]) => void): CodecState => {
      const copy = structuredClone(state) as CodecState & { table: { columns: Record<string, unknown>[] } };
      change(copy.table.columns);
      return copy;
    };
    for (const hurt of [
      damage((columns) => columns.pop()),
      damage((columns) => ((columns[0] as Record<string, unknown>)["code"] = null)),
      damage((columns) => ((columns[0] as Record<string, unknown>)["type"] = "__proto__")),
      { ...state, codec: "constructor" },
      { ...state, version: 3 },
      { ...state, table: [] },
    ])
      expect(() => loadCodec(hurt)).toThrow(/model file cannot be opened/);
  });
});

test("few different values have a bin each, and rare ones share one with their neighbours", () => {
  const rng = createRng(10);
  const values = Array.from({ length: 3000 }, () => Math.round(50 + 14 * rng.normal()));
  const rows = new Map<number, number>();
  for (const value of values) rows.set(value, (rows.get(value) ?? 0) + 1);
  const binsOf = (lattice: boolean) => {
    const [column] = learnTableCode(madeTable([numbers("x", values, { decimals: 0 })]), {
      lattice,
    }).columns;
    if (column?.type !== "numeric") throw new Error("a number is expected");
    return column.code.bins;
  };
  expect(rows.size).toBeGreaterThan(80);
  const spikes = binsOf(true).flatMap(({ knots }) => (knots.length === 1 ? [knots[0] as number] : []));
  expect(spikes.sort((a, b) => a - b)).toEqual(
    [...rows].flatMap(([value, count]) => (count >= 5 ? [value] : [])).sort((a, b) => a - b),
  );
  expect(binsOf(true).length).toBeLessThanOrEqual(spikes.length + 2);
  expect(binsOf(false).length).toBeLessThan(70);
});

test("one row far away does not set the edge, and its value never comes out", () => {
  const rng = createRng(13);
  const values = Array.from({ length: 200 }, (_value, i) =>
    i === 0 ? 1e6 : Math.round(1000 * rng.uniform()) / 10,
  );
  const back = valuesOf(there(createTokenCodec, madeTable([numbers("x", values, { decimals: 1 })])));
  expect(Math.max(...back)).toBeLessThan(130);
  const few = Array.from({ length: 200 }, (_value, i) => (i < 4 ? 77 : i % 5));
  const token = createTokenCodec(madeTable([numbers("x", few, { decimals: 0 })]));
  expect(JSON.stringify(token.save())).not.toContain("77");
  expect(token.width).toBe(5);
});

test("five rows of one patient are one patient's", () => {
  const rng = createRng(14);
  const rows = 600;
  const patients = Int32Array.from({ length: rows }, (_value, i) => Math.floor(i / 10));
  const age = Array.from({ length: 60 }, () => 40 + Math.round(1e6 * 30 * rng.uniform()) / 1e6);
  const columns = [
    numbers(
      "age",
      [...patients].map((patient) => age[patient] as number),
      { decimals: 6 },
    ),
    numbers(
      "stage",
      [...patients].map((patient, i) => (patient === 3 ? 77 : i % 4)),
      { decimals: 0 },
    ),
    texts(
      "place",
      [...patients].map((patient) => (patient < 4 ? "rare" : `place ${patient % 3}`)),
    ),
  ];
  const stored = (table: Table): string => JSON.stringify(createTokenCodec(table).save());
  const alone = stored(madeTable(columns));
  expect(age.filter((value) => alone.includes(String(value))).length).toBe(60);
  expect(alone).toMatch(/77.*"rare",/);
  const known = stored(madeTable(columns, { patients }));
  expect(age.filter((value) => known.includes(String(value)))).toEqual([]);
  expect(known).not.toMatch(/\b77\b|"rare",/);
  const back = createTokenCodec(madeTable(columns, { patients }));
  const drawn = valuesOf(back.decode(back.encode(madeTable(columns), rng), rng));
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b) / list.length;
  expect(mean(drawn)).toBeCloseTo(mean(age), 0);
});

test("ten rows are two honest bins", () => {
  const values = Array.from({ length: 10 }, (_value, i) => 10 * i);
  const back = valuesOf(there(createTokenCodec, madeTable([numbers("x", values, { decimals: 0 })])));
  expect(Math.min(...back)).toBeGreaterThanOrEqual(19);
  expect(Math.max(...back)).toBeLessThanOrEqual(71);
});

test("decoded numbers follow the column's distribution closely", () => {
  const rng = createRng(11);
  const values = Array.from({ length: 3000 }, () => Math.round(100 * Math.exp(0.6 * rng.normal())) / 10);
  const table = madeTable([numbers("x", values, { decimals: 1 })]);
  const codec = createQuantileNormalCodec(table);
  const data = Float32Array.from({ length: 3000 }, () => rng.normal());
  const drawn = valuesOf(codec.decode({ rows: 3000, width: 1, data }, rng)).sort((a, b) => a - b);
  const sorted = [...values].sort((a, b) => a - b);
  const below = (list: readonly number[], at: number): number =>
    list.filter((value) => value <= at).length / 3000;
  const gaps = sorted
    .filter((_value, i) => i % 50 === 0)
    .map((at) => Math.abs(below(sorted, at) - below(drawn, at)));
  expect(Math.max(...gaps)).toBeLessThan(0.035);
});

test("normal scores are standard normal, spikes and integers included", () => {
  const rng = createRng(12);
  const values = Array.from({ length: 4000 }, () =>
    rng.uniform() < 0.4 ? 0 : Math.round(5 + 3 * rng.normal()),
  );
  const codec = createQuantileNormalCodec(madeTable([numbers("x", values, { decimals: 0 })]));
  const { data } = codec.encode(madeTable([numbers("x", values, { decimals: 0 })]), rng);
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const variance = data.reduce((a, b) => a + (b - mean) ** 2, 0) / data.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.06);
});
