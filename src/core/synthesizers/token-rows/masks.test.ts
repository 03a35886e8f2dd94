import { beforeAll, describe, expect, test } from "vitest";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice } from "../../nn/device.ts";
import type { Constraint } from "../../rules/constraint.ts";
import type { Expression } from "../../rules/expression.ts";
import { findNever } from "../../rules/finding/find-never.ts";
import { learnedRule } from "../../rules/learned-rule.ts";
import { ruleColumns } from "../../rules/language/rule-columns.ts";
import { readRule } from "../../rules/read-rule.ts";
import { countRule } from "../../rules/rule-test.ts";
import { gatedTable } from "../../rules/fixtures/gated-table.ts";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { autoregressive } from "../autoregressive/autoregressive.ts";
import { cart } from "../cart/cart.ts";
import { resolveParams } from "../registry.ts";
import type { Artifact, Model, Synthesizer } from "../synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const methods = [autoregressive, cart] as const;

/** Little trained, so that masks have much to do. */
async function fitted(method: Synthesizer, train: Table, rules?: readonly Constraint[]): Promise<Model> {
  const params = resolveParams(method, "steps" in method.params ? { steps: 60, members: 1 } : {});
  const run = method.fit(train, params, createRng(2), {
    previewRows: 0,
    previewEvery: 0,
    ...(rules && { rules }),
  });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

/** Cells of a column as texts; null = missing. */
function cells({ schema, columns }: Table, name: string): (string | null)[] {
  const column = columns[schema.columns.findIndex((one) => one.name === name)];
  if (column?.type === "numeric")
    return Array.from(column.values, (value) => (Number.isFinite(value) ? String(value) : null));
  return Array.from(column?.codes ?? [], (code) => column?.levels[code] ?? null);
}

/** Pairs of known cells of two columns with the rows that have them. */
function pairsOf(table: Table, one: string, other: string): Map<string, number> {
  const out = new Map<string, number>();
  const second = cells(table, other);
  cells(table, one).forEach((cell, i) => {
    if (cell === null || second[i] === null) return;
    const key = `${cell} | ${second[i]}`;
    out.set(key, (out.get(key) ?? 0) + 1);
  });
  return out;
}

/** Rows of `table` that break a rule of the questionnaire that `train` is. */
function breaking(table: Table, train: Table): string[] {
  const column = (name: string): (string | null)[] => cells(table, name);
  const [smoker, packs, brand] = [column("smoker"), column("packs"), column("brand")];
  const [sex, pregnant] = [column("sex"), column("pregnant")];
  const broken = smoker.flatMap((smokes, i) => [
    ...(smokes === "no" && packs[i] !== null ? ["packs"] : []),
    ...(smokes === "no" && brand[i] !== null ? ["brand"] : []),
    ...(sex[i] === "M" && pregnant[i] === "yes" ? ["pregnant"] : []),
  ]);
  const known = new Set([...pairsOf(train, "clinic", "ward")].filter(([, n]) => n >= 5).map(([key]) => key));
  const others = [...pairsOf(table, "clinic", "ward").keys()].filter((key) => !known.has(key));
  return [...broken, ...others];
}

const throughAFile = ({ tensors, ...rest }: Artifact): Artifact => ({
  ...(JSON.parse(JSON.stringify(rest)) as Omit<Artifact, "tensors">),
  tensors,
});

const rulesOf = async (train: Table): Promise<Constraint[]> =>
  (await findNever(train)).map(({ constraint }) => constraint);

const is = (name: string, value: string | number): Expression => ({
  type: "compare",
  operands: [
    { type: "column", name },
    typeof value === "number" ? { type: "number", value } : { type: "text", value },
  ],
  comparisons: ["="],
});
const both = (...parts: Expression[]): Expression => ({ type: "and", parts });

/**
 * 2,000 rows: a fifth live in hamlets of one row each in four counties, two fifths in 150 villages of those, the rest in
 * the city county's; a tenth of the counties are lost.
 */
function withVillages(): Table {
  const rng = createRng(91);
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const county = rng.integer(4);
    const kind = rng.uniform();
    const village =
      kind < 0.2
        ? `hamlet ${i}`
        : kind < 0.6
          ? `village ${county} ${rng.integer(30)}`
          : `quarter city ${rng.integer(30)}`;
    const own = kind < 0.6 ? `county ${county}` : "county city";
    return { village, county: rng.uniform() < 0.1 ? null : own };
  });
  return madeTable([
    texts(
      "village",
      rows.map(({ village }) => village),
    ),
    texts(
      "county",
      rows.map(({ county }) => county),
    ),
    numbers(
      "age",
      rows.map(() => Math.round(50 + 15 * rng.normal())),
      { decimals: 0 },
    ),
  ]);
}

describe.each(methods.map((method) => [method.id, method] as const))("%s", (_, method) => {
  test.each([
    [200, 0],
    [1000, 0],
    [5000, 0],
    [1000, 0.2],
    [5000, 0.2],
    [1000, 0.5],
  ])("keeps what was found in %i rows, %d of the cells lost", async (rows, missing) => {
    const train = gatedTable({ rows, seed: 21, missing });
    const model = await fitted(method, train, await rulesOf(train));
    const drawn = await model.sample(4000, createRng(5));
    expect(breaking(drawn, train)).toEqual([]);
    const without = await fitted(method, train);
    expect(breaking(await without.sample(4000, createRng(5)), train).length).toBeGreaterThan(0);
  });

  test("keeps it where rows are asked for and where they are completed", async () => {
    const train = gatedTable({ rows: 1000, seed: 22, missing: 0.1 });
    const model = await fitted(method, train, await rulesOf(train));
    const where = [
      { column: "pregnant", in: ["yes"] },
      { column: "ward", in: ["east 0", "lake1"] },
    ];
    const asked = await model.sample(500, createRng(6), { where });
    expect(breaking(asked, train)).toEqual([]);
    expect(new Set(cells(asked, "sex"))).not.toContain("M");
    const given = gatedTable({ rows: 300, seed: 23, missing: 0.4 });
    const filled = await model.sample(given.rows, createRng(7), { complete: given });
    expect(breaking(filled, train)).toEqual([]);
    const pregnant = cells(given, "pregnant");
    cells(given, "sex").forEach((sex, i) => {
      if (sex === null && pregnant[i] === "yes") expect(cells(filled, "sex")[i]).toBe("F");
    });
  });

  test("a saved model draws the same rows; damaged masks are refused", async () => {
    const train = gatedTable({ rows: 600, seed: 24 });
    const model = await fitted(method, train, await rulesOf(train));
    const saved = throughAFile(await model.save());
    const again = await method.load(saved);
    expect((await again.sample(300, createRng(8))).columns).toEqual(
      (await model.sample(300, createRng(8))).columns,
    );
    const masks = saved.state["masks"] as {
      factors: { places: number[]; layers: object[] }[];
      tuples: object[];
    };
    const [first] = masks.factors;
    for (const damage of [
      { ...masks, factors: [{ ...first, places: [1, 0] }] },
      { ...masks, factors: [{ ...first, places: [0, 99] }] },
      { ...masks, factors: [{ ...first, layers: first?.layers.slice(1) }] },
      { ...masks, factors: [{ places: [0], layers: [{ classOf: [0, 0], next: [-1] }] }] },
      { ...masks, tuples: masks.tuples.map((item) => ({ ...item, patients: [1] })) },
      7,
    ])
      await expect(
        (async () => method.load({ ...saved, state: { ...saved.state, masks: damage } }))(),
      ).rejects.toThrow(FaultError);
  });

  test("without rules a model is what it was", async () => {
    const train = gatedTable({ rows: 300, seed: 25 });
    const [plain, empty] = [await fitted(method, train), await fitted(method, train, [])];
    expect((await plain.save()).state).not.toHaveProperty("masks");
    expect(await empty.sample(200, createRng(9))).toEqual(await plain.sample(200, createRng(9)));
  });

  test("one of several is 1, ranges and missing cells together are kept", async () => {
    const rng = createRng(31);
    const which = Array.from({ length: 800 }, () => rng.integer(4));
    const columns = [0, 1, 2, 3].map((k) =>
      numbers(
        `is ${k}`,
        which.map((own) => (own === k ? 1 : 0)),
        { decimals: 0 },
      ),
    );
    const lost = which.map(() => rng.uniform() < 0.3);
    const readings = ["a", "b"].map((name) =>
      numbers(
        name,
        lost.map((is) => (is ? NaN : Math.round(50 + 10 * rng.normal()))),
        { decimals: 0 },
      ),
    );
    const rules: Constraint[] = [
      { kind: "one-hot", columns: ["is 0", "is 1", "is 2", "is 3"] },
      { kind: "missing-together", columns: ["a", "b"] },
    ];
    const model = await fitted(method, madeTable([...columns, ...readings]), rules);
    const drawn = await model.sample(2000, createRng(10));
    const ones = [0, 1, 2, 3].map((k) => cells(drawn, `is ${k}`));
    for (let i = 0; i < drawn.rows; i++) expect(ones.filter((own) => own[i] === "1")).toHaveLength(1);
    const [a, b] = [cells(drawn, "a"), cells(drawn, "b")];
    expect(a.every((cell, i) => (cell === null) === (b[i] === null))).toBe(true);
    expect(a.filter((cell) => cell === null).length / drawn.rows).toBeCloseTo(0.3, 0);
  });

  test("a place is left a token by the places before it", async () => {
    const rng = createRng(41);
    const names = ["x", "y", "z"];
    const random = (name: string) =>
      texts(
        name,
        Array.from({ length: 900 }, () => names[rng.integer(3)] as string),
      );
    // Beside a = x, c is not x or y; beside b = x, c is not z: so a and b are not both x.
    const rules: Constraint[] = [
      { kind: "never", when: both(is("a", "x"), is("c", "x")) },
      { kind: "never", when: both(is("a", "x"), is("c", "y")) },
      { kind: "never", when: both(is("b", "x"), is("c", "z")) },
    ];
    const model = await fitted(method, madeTable([random("a"), random("b"), random("c")]), rules);
    const drawn = await model.sample(3000, createRng(11));
    const [a, b, c] = [cells(drawn, "a"), cells(drawn, "b"), cells(drawn, "c")];
    a.forEach((own, i) => {
      expect([own, b[i]]).not.toEqual(["x", "x"]);
      if (own === "x") expect(c[i]).toBe("z");
    });
  });

  test("rows that are left nothing are begun anew", async () => {
    const rng = createRng(51);
    const coin = (name: string) =>
      texts(
        name,
        Array.from({ length: 900 }, () => (rng.uniform() < 0.5 ? "0" : "1")),
      );
    // Three rules of three columns each, which no pair of places tells.
    const rules: Constraint[] = ["0", "1"].map((last) => ({
      kind: "never",
      when: both(is("a", "1"), is(last === "0" ? "b" : "c", "1"), is("d", last)),
    }));
    const model = await fitted(method, madeTable(["a", "b", "c", "d"].map(coin)), rules);
    const drawn = await model.sample(3000, createRng(12));
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => cells(drawn, name)) as (string | null)[][];
    for (let i = 0; i < drawn.rows; i++) {
      expect(`${a?.[i]}${b?.[i]}${d?.[i]}`).not.toBe("110");
      expect(`${a?.[i]}${c?.[i]}${d?.[i]}`).not.toBe("111");
      expect(`${a?.[i]}${b?.[i]}${c?.[i]}`).not.toBe("111");
    }
  });

  test.each([
    "smoker = yes or packs is missing",
    'never sex = "F" and ward in ("north 0", "south 1") and clinic = "clinic 0"',
    'if brand = "red" then packs < 4 or packs is missing',
    "packs in 3..9",
    "later >= noise",
    "noise < later",
    "smoker, brand only in known pairs",
    "noise, later missing together",
  ])("every row keeps: %s", async (text) => {
    const rng = createRng(81);
    const table = gatedTable({ rows: 1200, seed: 26, missing: 0.1 });
    const noise = table.columns[table.columns.length - 1];
    const later = Float64Array.from(noise?.type === "numeric" ? noise.values : [], (value) =>
      rng.uniform() < 0.1 ? NaN : value + rng.integer(9) - 3,
    );
    const added = numbers("later", later, { decimals: 0 });
    const train: Table = {
      ...table,
      columns: [...table.columns, added.column],
      schema: { ...table.schema, columns: [...table.schema.columns, added.schema] },
    };
    const rule = readRule(text, ruleColumns(train));
    const count = async (model: Model): Promise<number> =>
      countRule(rule, await model.sample(2000, createRng(14)), learnedRule(rule, train)).broken;
    const [without, kept] = [
      await count(await fitted(method, train)),
      await count(await fitted(method, train, [rule])),
    ];
    expect(without).toBeGreaterThan(0);
    // Bins that a bound cuts in two are left to whoever judges whole rows.
    const cuts = /packs (<|in)|later|noise </.test(text) && !/together/.test(text);
    expect(kept).toBeLessThanOrEqual(cuts ? without / 4 : 0);
  });

  test("beside a withheld level what is left goes with what is known", async () => {
    const train = withVillages();
    const rules = await rulesOf(train);
    const model = await fitted(method, train, rules);
    const drawn = await model.sample(6000, createRng(15));
    const [village, county] = [cells(drawn, "village"), cells(drawn, "county")];
    let [known, empty] = [0, 0];
    village.forEach((own, i) => {
      if (own === null) {
        empty++;
        // The city county has no village of fewer than five patients.
        expect(county[i]).not.toBe("county city");
      } else if (county[i] !== null) {
        known++;
        expect(county[i]).toBe(`county ${own.split(" ")[1]}`);
      }
    });
    expect(known).toBeGreaterThan(3000);
    expect(Math.abs(empty / drawn.rows - 0.2)).toBeLessThan(0.06);
    const shares = (of: (string | null)[], at: (string | null)[]): number[] =>
      [0, 1, 2, 3].map((k) => {
        const own = at.filter((_cell, i) => isNone(of[i]));
        return own.filter((cell) => cell === `county ${k}`).length / own.length;
      });
    const isNone = (cell: string | null | undefined): boolean => cell?.startsWith("hamlet") ?? true;
    const real = shares(cells(train, "village"), cells(train, "county"));
    shares(village, county).forEach((share, k) =>
      expect(Math.abs(share - (real[k] as number))).toBeLessThan(0.12),
    );
  });

  test("5,000 levels keep their combinations", async () => {
    const rng = createRng(61);
    const rows = 40_000;
    const town = Int32Array.from({ length: rows }, () => rng.integer(5000));
    const count = new Int32Array(5000);
    for (const own of town) count[own] = (count[own] as number) + 1;
    const name = (k: number): string => `${k}`;
    const train = madeTable([
      levels(
        "county",
        town.map((own) => own % 60),
        Array.from({ length: 60 }, (_unused, k) => `county ${k}`),
      ),
      levels(
        "town",
        town,
        Array.from({ length: 5000 }, (_unused, k) => name(k)),
      ),
    ]);
    const rules = await rulesOf(train);
    expect(rules).toContainEqual({ kind: "combinations", columns: ["county", "town"] });
    const model = await fitted(method, train, rules);
    const drawn = await model.sample(5000, createRng(13));
    const [county, own] = [cells(drawn, "county"), cells(drawn, "town")];
    let known = 0;
    own.forEach((at, i) => {
      if (at === null) return;
      known++;
      expect(`county ${Number(at) % 60}`).toBe(county[i]);
      expect(count[Number(at)]).toBeGreaterThanOrEqual(5);
    });
    expect(known).toBeGreaterThan(3000);
    expect(new Set(own).size).toBeGreaterThan(1500);
  });
});
