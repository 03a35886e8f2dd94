import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { CodedColumn, NumericColumn, Table } from "../../table/table.ts";
import { learnDerivations, loadDerivations } from "./derivations.ts";

const NAMES = ["albumin", "calcium", "glucose", "lactate"];
const CENTRES = [40, 2.4, 110, 1.1];
const SPREADS = [4, 0.1, 25, 0.3];

/** 150 readings of each of four analytes, one below the other. */
function labs(seed: number): Table {
  const rng = createRng(seed);
  const codes = Int32Array.from({ length: 600 }, (_, i) => i % 4);
  const values = Float64Array.from(codes, (code) => {
    const [centre, spread] = [CENTRES[code] as number, SPREADS[code] as number];
    return Math.round(10 * (centre + spread * rng.normal())) / 10;
  });
  values[17] = NaN;
  return madeTable([levels("analyte", codes, NAMES), numbers("value", values, { decimals: 1 })]);
}

const valuesOf = (table: Table): Float64Array => (table.columns[1] as NumericColumn).values;
const codesOf = (table: Table): Int32Array => (table.columns[0] as CodedColumn).codes;

describe("a number whose range a category tells", () => {
  test("is learned as its rank within the level, and comes back in the level's range whatever the rank", async () => {
    const table = labs(3);
    const found = await learnDerivations(table);
    expect(found.steps).toMatchObject([{ kind: "within", column: 1, parents: [0] }]);
    const loaded = loadDerivations(JSON.parse(JSON.stringify(found.save())));
    const reduced = loaded.reduce(table);
    const rng = createRng(1);
    const order = rng.permutation(table.rows);
    const scores = (reduced.columns[1] as NumericColumn).values;
    const strangers = loaded.restore({
      ...reduced,
      columns: [
        reduced.columns[0] as CodedColumn,
        { type: "numeric", values: Float64Array.from(order, (i) => scores[i] as number) },
      ],
    });
    const codes = codesOf(strangers);
    const off = valuesOf(strangers).filter((value, i) => {
      const code = codes[i] as number;
      return Math.abs(value - (CENTRES[code] as number)) > 4.5 * (SPREADS[code] as number) + 0.1;
    });
    expect(off).toHaveLength(0);
    expect(valuesOf(strangers).filter(Number.isNaN)).toHaveLength(1);
  });

  test("comes back as it was, nearly, in its own row", async () => {
    const table = labs(4);
    const found = await learnDerivations(table);
    const back = valuesOf(found.restore(found.reduce(table)));
    const near = back.filter((value, i) => {
      const spread = SPREADS[codesOf(table)[i] as number] as number;
      return Math.abs(value - (valuesOf(table)[i] as number)) <= 0.5 * spread + 0.1;
    });
    expect(near.length).toBeGreaterThan(0.97 * table.rows);
  });

  test("holds for hundreds of codes too, most of them rare: each has its own range", async () => {
    const rng = createRng(8);
    const [codes, rows] = [300, 6000];
    const own = Int32Array.from({ length: rows }, () => Math.floor(codes * rng.uniform() ** 1.5));
    const values = Float64Array.from(
      own,
      (code) => 10 + ((37 * code) % 400) + Math.round(20 * rng.normal()) / 10,
    );
    const names = Array.from({ length: codes }, (_, i) => `C${i}`);
    const table: Table = {
      ...madeTable([levels("code", own, names), numbers("value", values, { decimals: 1 })]),
      patients: Int32Array.from(own, (_, row) => Math.floor(row / 4)),
    };
    const found = await learnDerivations(table);
    expect(found.steps).toMatchObject([{ kind: "within", column: 1, parents: [0] }]);
    const reduced = found.reduce(table);
    const zeros = { type: "numeric", values: new Float64Array(rows) } as const;
    const middles = valuesOf(
      found.restore({ ...reduced, columns: [reduced.columns[0] as CodedColumn, zeros] }),
    );
    const near = middles.filter((value, i) => Math.abs(value - 10 - ((37 * (own[i] as number)) % 400)) < 4);
    expect(near.length).toBeGreaterThan(0.99 * rows);
  });

  test("is none where levels overlap, as heights of the sexes do, nor where it is the target", async () => {
    const rng = createRng(5);
    const codes = Int32Array.from({ length: 400 }, (_, i) => i % 2);
    const heights = Float64Array.from(codes, (code) => Math.round(164 + 13 * code + 7 * rng.normal()));
    const people = madeTable([levels("sex", codes, ["f", "m"]), numbers("height", heights, { decimals: 0 })]);
    expect((await learnDerivations(people)).steps).toEqual([]);
    expect((await learnDerivations(labs(6), { keep: [1] })).steps).toEqual([]);
  });
});
