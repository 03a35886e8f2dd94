import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice, tensorCount } from "../nn/device.ts";
import { epsilonOfSpends } from "../private/accounting/total-spent.ts";
import type { Guarantee } from "../private/guarantee.ts";
import { seededNoise } from "../private/noise/noise-source.ts";
import type { PublicFacts } from "../private/public/public-facts.ts";
import { withWrittenWords } from "../private/public/written-words.ts";
import { guaranteeShape } from "../report/report-shape.ts";
import { levels, madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import type { Column, Table } from "../table/table.ts";
import { cells, damagedArtifacts, throughAFile } from "./fixtures/short-fits.ts";
import { findSynthesizer, resolveParams, synthesizers } from "./registry.ts";
import type { Artifact, FitOptions, Model, Params, Progress, Synthesizer } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const day = 86_400_000;
const PLANTED = "Professor Quist";
const LONE = 77_123_457;
const declared: PublicFacts = {
  columns: [
    { name: "sex", levels: { values: ["F", "M"], why: "declared" }, missing: false },
    { name: "crp", range: { from: 0, to: 100, why: "declared" } },
  ],
};

/** Every kind of column that is hard, a target, and in each column something of one patient alone. */
function awkwardTable(rows: number, seed = 1): Table {
  const rng = createRng(seed);
  const of = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
  const age = of(() => Math.round(60 + 12 * rng.normal()));
  return madeTable([
    numbers(
      "age",
      of((i) => (i === 3 ? LONE : (age[i] as number))),
      { decimals: 0 },
    ),
    numbers(
      "crp",
      of(() => (rng.uniform() < 0.2 ? NaN : Math.round(50 * rng.uniform()) / 10)),
      { decimals: 1 },
    ),
    numbers(
      "admitted",
      of(() => Math.round(18_000 + 400 * rng.uniform()) * day),
      { pattern: "YYYY-MM-DD" },
    ),
    numbers(
      "empty",
      of(() => NaN),
      { kind: "decimal", decimals: 0 },
    ),
    numbers(
      "same",
      of(() => 42),
      { decimals: 0 },
    ),
    levels("one level", new Int32Array(rows), ["only"], { kind: "constant" }),
    levels(
      "sex",
      of(() => rng.integer(2)),
      ["F", "M"],
    ),
    texts(
      "clinic",
      of((i) => (i === 5 ? PLANTED : (["north", "south"][rng.integer(2)] as string))),
      {
        reason: `Cell 5 is “${PLANTED}”.`,
        identifies: { what: "name", why: PLANTED },
      },
    ),
    levels(
      "stage",
      of(() => rng.integer(5) - 1),
      ["I", "II", "III", "IV"],
    ),
    levels(
      "died",
      of((i) => (rng.uniform() < 1 / (1 + Math.exp((66 - (age[i] as number)) / 6)) ? 1 : 0)),
      ["no", "yes"],
      {
        kind: "boolean",
        role: "target",
      },
    ),
  ]);
}

/** A network with noise on every step refuses fewer. */
const rowsFor = ({ id }: Synthesizer): number => (id === "dp-network" ? 2600 : 600);
const seeded = (seed = 1): FitOptions => ({
  previewRows: 0,
  previewEvery: 0,
  guarantee: { public: declared, noise: seededNoise(createRng(seed).fork("noise")) },
});

/** Short fits of small networks. */
function quick(synthesizer: Synthesizer): Params {
  const small: Params = { epsilon: 3, delta: 1e-4, steps: 25, width: 32, hidden: 32 };
  const known = Object.entries(small).filter(([name]) => name in synthesizer.params);
  return resolveParams(synthesizer, Object.fromEntries(known));
}

async function fit(
  synthesizer: Synthesizer,
  given: Table,
  options = seeded(),
): Promise<{ model: Model; reports: Progress[] }> {
  const run = synthesizer.fit(given, quick(synthesizer), createRng(1), options);
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, reports };
    reports.push(next.value);
  }
}

const guaranteeOf = ({ state }: Artifact): Guarantee => guaranteeShape.parse(state["guarantee"]);
const written = ({ tensors, ...rest }: Artifact): string =>
  JSON.stringify({
    ...rest,
    tensors: tensors.map(({ data, ...tensor }) => ({ ...tensor, data: [...data] })),
  });

const guaranteed = synthesizers.filter(({ guarantee }) => guarantee === true);

describe.each(guaranteed.map((synthesizer) => [synthesizer.id, synthesizer] as const))(
  "%s",
  (_, synthesizer) => {
    const ROWS = rowsFor(synthesizer);
    const table = awkwardTable(ROWS);
    let model: Model;
    let artifact: Artifact;
    beforeAll(async () => {
      ({ model } = await fit(synthesizer, table));
      artifact = throughAFile(await model.save());
    });
    afterAll(() => model.dispose());

    test("has epsilon and delta first, and keeps its promise: what it spent comes to no more, and to nearly all of it", () => {
      expect(Object.keys(synthesizer.params).slice(0, 2)).toEqual(["epsilon", "delta"]);
      const { epsilon, delta, spent, noise, unit, public: known } = guaranteeOf(artifact);
      expect({ epsilon, delta, noise, unit, public: known }).toEqual({
        epsilon: 3,
        delta: 1e-4,
        noise: "seeded",
        unit: "row",
        public: withWrittenWords(declared, table),
      });
      const came = epsilonOfSpends(spent, delta);
      expect(came).toBeLessThanOrEqual(3 * (1 + 1e-9));
      expect(came).toBeGreaterThan(2.8);
      expect(spent.every(({ what }) => what !== "")).toBe(true);
    });

    test("counts its rows with noise", () => {
      const { rows } = guaranteeOf(artifact);
      expect(Math.abs(rows - ROWS)).toBeLessThan(ROWS / 2);
    });

    test("samples the table's columns, numbers and dates as they are written, levels that are declared or shared, and frees every tensor", async () => {
      const before = tensorCount();
      const { model: own } = await fit(synthesizer, table);
      const drawn = await own.sample(150, createRng(2));
      expect(drawn.rows).toBe(150);
      expect(drawn.schema.columns.map(({ name, kind }) => [name, kind])).toEqual(
        table.schema.columns.map(({ name, kind }) => [name, kind]),
      );
      drawn.columns.forEach((made: Column, i) => {
        expect(made.type).toBe(table.columns[i]?.type);
        if (made.type === "coded")
          expect([...made.codes].every((code) => code < made.levels.length)).toBe(true);
      });
      expect(cells(drawn, "age").every((age) => Number.isNaN(age) || Number.isInteger(age))).toBe(true);
      expect(cells(drawn, "admitted").every((at) => Number.isNaN(at) || at % day === 0)).toBe(true);
      expect(cells(drawn, "crp").every((crp) => Number.isNaN(crp) || (crp >= 0 && crp <= 100))).toBe(true);
      expect(cells(drawn, "sex").every((sex) => sex >= 0)).toBe(true);
      own.dispose();
      own.dispose();
      expect(tensorCount()).toBe(before);
    });

    test("neither its file nor its rows hold a level, number, reason or count of one patient", async () => {
      const drawn = await model.sample(5000, createRng(3));
      const everything =
        written(artifact) +
        JSON.stringify({
          ...drawn,
          columns: drawn.columns.map((one) => (one.type === "coded" ? one.levels : [...one.values])),
        });
      for (const told of [PLANTED, String(LONE), "Cell 5"]) expect(everything).not.toContain(told);
      for (const part of Object.values(artifact.state)) expect(part).not.toBe(ROWS);
    });

    test("the same noise makes the same model, other noise another; the same model and seed the same rows", async () => {
      const again = await fit(synthesizer, table);
      expect(written(await again.model.save())).toBe(written(artifact));
      again.model.dispose();
      const other = await fit(synthesizer, table, seeded(2));
      expect(written(await other.model.save())).not.toBe(written(artifact));
      other.model.dispose();
      const rows = await model.sample(60, createRng(4));
      expect(await model.sample(60, createRng(4))).toEqual(rows);
      expect(await model.sample(60, createRng(5))).not.toEqual(rows);
    });

    test("without noise of a test it says that its noise is cryptographic", async () => {
      const { model: own } = await fit(synthesizer, table, {
        previewRows: 0,
        previewEvery: 0,
        guarantee: { public: declared },
      });
      const made = await own.save();
      own.dispose();
      expect(guaranteeOf(made).noise).toBe("cryptographic");
      expect(written(made)).not.toBe(written(artifact));
    });

    test("draws in chunks from one stream, none of them the same", async () => {
      const rng = createRng(5);
      const chunks = [await model.sample(40, rng), await model.sample(40, rng)];
      const again = createRng(5);
      expect([await model.sample(40, again), await model.sample(40, again)]).toEqual(chunks);
      expect(chunks[0]).not.toEqual(chunks[1]);
      expect((await model.sample(0, rng)).rows).toBe(0);
    });

    test("saved and loaded it samples the same rows, and names the same noisy tables", async () => {
      const before = tensorCount();
      const loaded = await synthesizer.load(artifact);
      expect(await loaded.sample(80, createRng(6))).toEqual(await model.sample(80, createRng(6)));
      expect(findSynthesizer(artifact.synthesizer).guarantee).toBe(true);
      const told = (one: Model): unknown[] =>
        (one.released?.() ?? []).map(({ columns, shares, noise }) => [
          columns,
          [...shares].map((share) => share.toFixed(5)),
          noise.toFixed(5),
        ]);
      expect(told(loaded)).toEqual(told(model));
      const drawn = await model.sample(30, createRng(1));
      for (const { shares, cellsOf, columns } of model.released?.() ?? []) {
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
        expect(columns.every((name) => table.schema.columns.some((one) => one.name === name))).toBe(true);
        expect([...cellsOf(drawn)].every((cell) => cell >= -1 && cell < shares.length)).toBe(true);
      }
      loaded.dispose();
      expect(tensorCount()).toBe(before);
    });

    test("refuses a damaged artifact and keeps nothing of it", async () => {
      const before = tensorCount();
      for (const one of damagedArtifacts(artifact))
        await expect((async () => synthesizer.load(one))()).rejects.toMatchObject({
          fault: { code: expect.stringMatching(/model-(damaged|version)/) as string },
        });
      expect(tensorCount()).toBe(before);
    });

    test("gives rows that meet conditions, or says in words that none do", async () => {
      const where = [{ column: "sex", in: ["M"] }];
      const made = await model.sample(40, createRng(1), { where });
      expect(made.rows).toBe(40);
      const sex = made.columns[6];
      expect(sex?.type === "coded" && [...sex.codes].every((code) => sex.levels[code] === "M")).toBe(true);
      await expect(
        model.sample(5, createRng(1), { where: [{ column: "crp", from: 500 }], tries: 20 }),
      ).rejects.toMatchObject({ fault: { code: "condition-unmet" } });
    });

    test("reports a fraction that never falls, and what it says is no patient's", async () => {
      const { model: own, reports } = await fit(synthesizer, table);
      own.dispose();
      let last = 0;
      for (const { fraction, notice = "", note = "" } of reports) {
        expect(fraction).toBeGreaterThanOrEqual(last);
        expect(fraction).toBeLessThanOrEqual(1);
        last = fraction;
        expect(notice + note).not.toContain(PLANTED);
        expect((notice + note).replaceAll(",", "")).not.toContain(String(ROWS));
      }
      expect(reports.length).toBeGreaterThan(0);
    });

    test.each([0, 1, 2, 5])("cancelled after report %i it frees every tensor", async (reports) => {
      const before = tensorCount();
      const run = synthesizer.fit(table, quick(synthesizer), createRng(1), seeded());
      for (let i = 0; i < reports; i++) {
        const next = await run.next();
        if (next.done) {
          next.value.dispose();
          break;
        }
      }
      await run.return(undefined as never);
      expect(tensorCount()).toBe(before);
    });

    test("many rows of one patient count once", async () => {
      const rows = ROWS + 300;
      const crowded = {
        ...awkwardTable(rows, 4),
        patients: Int32Array.from({ length: rows }, (_v, i) => (i < 300 ? 0 : i)),
      };
      const { model: own } = await fit(synthesizer, crowded);
      const { unit, rows: counted, rowsPerPatient } = guaranteeOf(await own.save());
      own.dispose();
      expect([unit, rowsPerPatient]).toEqual(["patient", 1]);
      expect(Math.abs(counted - ROWS - 1)).toBeLessThan(200);
    });

    test("a seed alone changes no noise: it is not where the noise comes from", async () => {
      const run = synthesizer.fit(table, quick(synthesizer), createRng(99), seeded());
      let next = await run.next();
      while (!next.done) next = await run.next();
      const { rows } = guaranteeOf(await next.value.save());
      next.value.dispose();
      expect(rows).toBe(guaranteeOf(artifact).rows);
    });
  },
);
