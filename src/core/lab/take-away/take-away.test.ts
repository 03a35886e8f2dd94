import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { breathe } from "../../math/breathe.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Table } from "../../table/table.ts";
import { createCsvWriter } from "../../table/write-csv.ts";
import type { Report } from "../../report/report.ts";
import { evaluateTables } from "../evaluate/evaluate-model.ts";
import { factsOfTable } from "./run-facts.ts";
import { sourceFacts } from "./source-facts.ts";
import { takeAway, type SyntheticCsv, type TakeAway, type TakeAwayKind } from "./take-away.ts";

/** Three patients share a ward and two an age that nobody else has; the last letters name them. */
const RARE_WARD = "Ward-QQQ";
const RARE_AGE = 9731;

function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const age = Array.from({ length: rows }, (_, i) => (seed === 1 && i < 2 ? RARE_AGE : 40 + rng.integer(50)));
  return tableOf({
    id: { kind: "identifier", role: "identifier", cells: age.map((_, i) => `P${1000 * seed + i}`) },
    age: { kind: "integer", cells: age },
    ward: {
      kind: "category",
      role: "sensitive",
      cells: age.map((a, i) => (seed === 1 && i < 3 ? RARE_WARD : a > 70 ? "A" : "B")),
    },
    died: {
      kind: "boolean",
      role: "target",
      cells: age.map((a) => (a + rng.integer(60) > 100 ? "yes" : "no")),
    },
  });
}

const [train, holdout, synthetic] = [patients(300, 1), patients(120, 2), patients(300, 3)];
const writer = createCsvWriter(synthetic.schema, {});
const csv = new Uint8Array(Buffer.concat([writer.header(), writer.rows(synthetic)]));
const model = new TextEncoder().encode("a model");

let given: TakeAway & { readonly csv: SyntheticCsv };

beforeAll(async () => {
  const run = {
    table: "ward.csv",
    synthesizer: "independent",
    synthesizerName: "Independent columns",
    params: {},
    seed: 1,
    device: "wasm",
    seconds: 1,
    finishedAt: "2026-11-27T10:00:00.000Z",
  };
  const report = await evaluateTables({ train, holdout, synthetic }, run);
  given = {
    report,
    facts: factsOfTable(synthetic.schema, await sourceFacts(train, undefined, false, breathe)),
    csv: {
      name: "ward-synthetic-300.csv",
      rows: 300,
      delimiter: ",",
      encoding: "utf-8",
      chunks: async function* () {
        for (let at = 0; at < csv.length; at += 1000) {
          await Promise.resolve();
          yield { bytes: csv.subarray(at, at + 1000), rows: Math.min(300, at / 10) };
        }
      },
    },
    withRows: true,
    model,
    settings: { seed: 1 },
  };
}, 60_000);

async function file(kind: TakeAwayKind, changes: Partial<TakeAway> = {}): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of takeAway(kind, { ...given, ...changes })) pieces.push(bytes);
  return Buffer.concat(pieces);
}
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const SHARED = [
  "README.txt",
  "evaluation.html",
  "evaluation.json",
  "model-card.md",
  "datasheet.md",
  "croissant.json",
];

describe("everything in one zip", () => {
  test("two folders: what is meant for others, what stays; a README in each says why", async () => {
    const contents = unzipSync(await file("bundle"));
    expect(Object.keys(contents).toSorted()).toEqual(
      [
        ...SHARED.map((name) => `safe-to-share/${name}`),
        "safe-to-share/synthetic.csv",
        "private/README.txt",
        "private/settings.json",
        "private/model.semblance",
      ].toSorted(),
    );
    expect(contents["safe-to-share/synthetic.csv"]).toEqual(csv);
    expect(contents["private/model.semblance"]).toEqual(model);
    const sha256 = createHash("sha256").update(csv).digest("hex");
    expect(JSON.parse(text(contents["safe-to-share/croissant.json"])).distribution[0]).toMatchObject({
      name: "synthetic.csv",
      sha256,
      contentSize: `${csv.length} B`,
    });
    expect(text(contents["safe-to-share/datasheet.md"])).toContain(sha256);
    const readme = text(contents["safe-to-share/README.txt"]).replace(/\s+/g, " ");
    expect(readme).toContain("It is no promise, no legal assessment and no consent");
    expect(readme).not.toContain("nothing of a single patient");
    expect(readme).toContain("It is no promise");
    expect(readme).toContain("not known: the table was made elsewhere");
    expect(readme.replaceAll("safe-to-share", "")).not.toMatch(/anonym|guarantee|\bsafe\b/i);
    for (const name of [...SHARED.slice(1), "synthetic.csv"]) expect(readme).toContain(name);
    const why = text(contents["private/README.txt"]).replace(/\s+/g, " ");
    expect(why).toContain("cannot be limited");
    expect(why).toContain("which rows the model was learned from");
  });

  test("without the rows, and without a model, it says so and holds neither", async () => {
    const { model: _none, ...elsewhere } = given;
    const pieces: Uint8Array[] = [];
    for await (const { bytes } of takeAway("bundle", { ...elsewhere, withRows: false })) pieces.push(bytes);
    const contents = unzipSync(new Uint8Array(Buffer.concat(pieces)));
    expect(Object.keys(contents).filter((name) => /csv|semblance$/.test(name))).toEqual([]);
    expect(text(contents["private/README.txt"])).toContain("made elsewhere");
    for (const name of ["evaluation.html", "model-card.md", "datasheet.md"]) {
      const said = text(contents[`safe-to-share/${name}`]);
      expect(said).toContain("not known: the table was made elsewhere");
      expect(said).not.toMatch(
        /not differentially private|set aside before|left out on purpose|never learned from/,
      );
    }
    expect(JSON.parse(text(contents["safe-to-share/croissant.json"])).distribution[0].name).toBe(
      "ward-synthetic-300.csv",
    );
  });

  test("same input, same bytes", async () => {
    expect(await file("bundle")).toEqual(await file("bundle"));
    for (const kind of ["html", "json", "model-card", "datasheet", "croissant"] as const)
      expect(await file(kind)).toEqual(await file(kind));
  });

  test("no value of 1 to 4 patients and no identifier is in what is meant for others", async () => {
    const contents = unzipSync(await file("bundle", { withRows: false }));
    for (const [name, bytes] of Object.entries(contents)) {
      expect(text(bytes), name).not.toMatch(/P1\d{3}\b/);
      expect(text(bytes), name).not.toContain(RARE_WARD);
    }
    const { report } = JSON.parse(text(contents["safe-to-share/evaluation.json"])) as { report: Report };
    for (const { chart } of report.columns)
      for (const share of chart.real)
        expect([1, 2, 3, 4]).not.toContain(Math.round(share * report.shape.train));
    expect(text(contents["safe-to-share/evaluation.html"])).not.toMatch(/9,?73\d/);
  });

  test("tells how many rows have been drawn, and stops where it is left", async () => {
    const told: number[] = [];
    let ended = false;
    const chunks = async function* () {
      try {
        yield* given.csv.chunks();
      } finally {
        ended = true;
      }
    };
    for await (const { rows } of takeAway("bundle", { ...given, csv: { ...given.csv, chunks } })) {
      told.push(rows);
      if (rows > 100) break;
    }
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(ended).toBe(true);
  });
});

test("the source is hashed as it was opened, or as a table where there is no file", async () => {
  const bytes = new TextEncoder().encode("age,sex\n1,f\n");
  async function* pieces() {
    await Promise.resolve();
    yield bytes.subarray(0, 5);
    yield bytes.subarray(5);
  }
  const ofFile = await sourceFacts(train, pieces(), false, breathe);
  expect(ofFile).toMatchObject({ of: "file", bytes: 12, rows: 300, columns: 4 });
  expect(ofFile.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  const source = createCsvWriter(train.schema, { source: train });
  const whole = Buffer.concat([source.header(), source.rows(train)]);
  const ofTable = await sourceFacts(train, undefined, true, breathe);
  expect(ofTable).toMatchObject({ of: "table", simulated: true, bytes: whole.length });
  expect(ofTable.sha256).toBe(createHash("sha256").update(whole).digest("hex"));
});
