import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice } from "../nn/device.ts";
import { madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import type { Table } from "../table/table.ts";
import { findSynthesizer, resolveParams, synthesizers } from "./registry.ts";
import type { Artifact, Model, Params, Synthesizer } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const ROWS = 400;
const DRAWN = 1000;
const COMMON = "other (rare levels)";
const COUNTIES = 4;

/**
 * A quarter of the rows live in places of one row each, the others in 20 cities, five a county. One patient has a sex of
 * its own, and a tenth have a ward that at most four have, which are to come out as one common level.
 */
function withRareLevels(): Table {
  const rng = createRng(31);
  const order = rng.permutation(ROWS);
  const county = Array.from(order, (at) => at % COUNTIES);
  const city = Array.from(order, (at, i) =>
    at < ROWS / 4 ? `hamlet ${at}` : `city ${county[i]} ${Math.floor(at / COUNTIES) % 5}`,
  );
  const ward = (_: number, i: number): string => {
    if (i % 10 === 0) return `ward of ${i % 100}`;
    return rng.uniform() < 0.3 ? "east" : "west";
  };
  return madeTable([
    texts("city", city),
    texts(
      "county",
      county.map((at) => `county ${at}`),
    ),
    texts(
      "sex",
      Array.from(order, (at) => (at === 0 ? "one patient's" : rng.uniform() < 0.4 ? "F" : "M")),
    ),
    texts("ward", Array.from(order, ward), { rareLevels: "common" }),
    numbers(
      "age",
      Array.from(order, () => Math.round(50 + 15 * rng.normal())),
      { decimals: 0 },
    ),
  ]);
}

/** As quick as lets a network learn its margins. */
function quick(synthesizer: Synthesizer, given: Params): Params {
  const small = { steps: 150, hidden: 32, width: 32, members: 1, batch: 32 };
  const known = Object.entries(small).filter(([name]) => name in synthesizer.params);
  return resolveParams(synthesizer, { ...Object.fromEntries(known), ...given });
}

async function fit(synthesizer: Synthesizer, table: Table, given: Params): Promise<Model> {
  let asked = 0;
  const run = synthesizer.fit(table, quick(synthesizer, given), createRng(2), {
    previewRows: 0,
    previewEvery: 0,
    enough: () => given["recipe"] !== undefined && ++asked > 12,
  });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

function cells({ schema, columns }: Table, name: string): (string | null)[] {
  const column = columns[schema.columns.findIndex((one) => one.name === name)];
  if (column?.type !== "coded") throw new TypeError(`${name} has no levels`);
  return Array.from(column.codes, (code) => column.levels[code] ?? null);
}

const shareOf = (table: Table, name: string, level: string | null): number =>
  cells(table, name).filter((cell) => cell === level).length / table.rows;

/** Cities that do not lie in their county, as the number in their names says. */
const misplaced = (table: Table): number => {
  const county = cells(table, "county");
  return cells(table, "city").filter((city, i) => city !== null && city.split(" ")[1] !== county[i]?.at(-1))
    .length;
};

const rareNames = (table: Table): (string | null)[] =>
  ["city", "sex", "ward"].flatMap((name) =>
    cells(table, name).filter((cell) => cell !== null && /hamlet|ward of|one patient/.test(cell)),
  );

const throughAFile = ({ tensors, ...rest }: Artifact): Artifact => ({
  ...(JSON.parse(JSON.stringify(rest)) as Omit<Artifact, "tensors">),
  tensors,
});

const ofRows = synthesizers.filter(({ needs, guarantee }) => needs === undefined && guarantee !== true);

describe.each(ofRows.map((synthesizer) => [synthesizer.id, synthesizer] as const))("%s", (_, synthesizer) => {
  const table = withRareLevels();
  const related = synthesizer.id !== "independent";
  let model: Model;
  beforeAll(async () => {
    model = await fit(synthesizer, table, {});
  }, 60_000);
  afterAll(() => model.dispose());

  test("withheld levels come out as what was chosen, as often, and never as another level", async () => {
    const drawn = await model.sample(DRAWN, createRng(5));
    expect(Math.abs(shareOf(drawn, "city", null) - 0.25)).toBeLessThan(0.1);
    expect(Math.abs(shareOf(drawn, "ward", COMMON) - 0.1)).toBeLessThan(0.07);
    expect(shareOf(drawn, "ward", null)).toBe(0);
    expect(shareOf(drawn, "sex", null)).toBeLessThan(0.05);
    for (const [name, level] of [
      ["ward", "east"],
      ["ward", "west"],
      ["sex", "F"],
      ["sex", "M"],
      ["county", "county 0"],
    ] as const)
      expect(Math.abs(shareOf(drawn, name, level) - shareOf(table, name, level)), level).toBeLessThan(0.1);
    expect(rareNames(drawn)).toEqual([]);
    if (related) expect(misplaced(drawn)).toBe(0);
    const again = await synthesizer.load(throughAFile(await model.save()));
    expect(await again.sample(DRAWN, createRng(5))).toEqual(drawn);
    again.dispose();
  });

  test("rows can be asked for by them", async () => {
    const asked = await model.sample(5, createRng(6), {
      where: [
        { column: "ward", in: [COMMON] },
        { column: "city", missing: true },
      ],
    });
    expect(new Set(cells(asked, "ward"))).toEqual(new Set([COMMON]));
    expect(new Set(cells(asked, "city"))).toEqual(new Set([null]));
  });

  test(
    "in completion they are kept, and a city lies in the county that is given",
    { timeout: 30_000 },
    async () => {
      const holes = madeTable([
        texts("city", ["hamlet 3", null, "city 2 1", null, "city 3 0"]),
        texts("county", ["county 3", "county 1", null, "county 2", "county 3"]),
        texts("sex", ["F", "M", null, "one patient's", "M"]),
        texts("ward", ["ward of 3", null, "east", "west", null], { rareLevels: "common" }),
        numbers("age", [NaN, 50, 60, NaN, 40], { decimals: 0 }),
      ]);
      const complete = await model.sample(5, createRng(7), { complete: holes });
      expect(cells(complete, "city")[0]).toBe("hamlet 3");
      expect(cells(complete, "ward")[0]).toBe("ward of 3");
      expect(cells(complete, "sex")[3]).toBe("one patient's");
      if (!related) return;
      expect(cells(complete, "city")[1] ?? "city 1").toMatch(/^city 1/);
      expect(cells(complete, "county")[2]).toBe("county 2");
      expect(cells(complete, "city")[3] ?? "city 2").toMatch(/^city 2/);
    },
  );
});

test.each([
  ["gan", "ctgan"],
  ["vae", "tvae"],
])("%s as published keeps to it too", { timeout: 60_000 }, async (id, recipe) => {
  const synthesizer = findSynthesizer(id);
  const model = await fit(synthesizer, withRareLevels(), { recipe, steps: 10 });
  const drawn = await model.sample(200, createRng(5));
  expect(rareNames(drawn)).toEqual([]);
  expect(shareOf(drawn, "ward", null)).toBe(0);
  expect(misplaced(drawn)).toBe(0);
  model.dispose();
});
