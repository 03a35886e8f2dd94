import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keysOf } from "./join.ts";
import { csvName } from "./out-file.ts";
import { run } from "./run.ts";
import { numbered } from "./several-tables.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout: { write: () => undefined }, stderr }), error };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-join-"));
  const rows = (row: (i: number) => string): string =>
    Array.from({ length: 60 }, (_, i) => row(i)).join("\n");
  await writeFile(
    at("visits.csv"),
    `visit,patient,age\n${rows((i) => `V${i},${i % 30},${20 + (i % 50)}`)}\n`,
  );
  await writeFile(at("people.csv"), `pid,sex\n${rows((i) => `${i},${i % 2 ? "f" : "m"}`)}\n`);
  await writeFile(at("vitals.csv"), `visit,pulse\n${rows((i) => `V${i},${60 + i}\nV${i},${70 + i}`)}\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("joining from a terminal", () => {
  test("files are joined one after another, and the rows are written as their name ends", async () => {
    const people = ["--join", at("people.csv"), "--key", "patient=pid"];
    const vitals = ["--join", at("vitals.csv"), "--key", "visit", "--keep", "mean,count"];
    const out = ["--synthesizer", "independent", "--rows", "5", "--out", at("out.ndjson.gz")];
    const made = await semblance("synthesize", at("visits.csv"), ...people, ...vitals, ...out);
    expect(made.error).toContain("60 of 60 rows of visits.csv have rows in people.csv");
    expect(made.error).toContain("Of several rows of vitals.csv for one row these are kept: mean, count");
    expect(made.status).toBe(0);
    const text = new TextDecoder().decode(gunzipSync(await readFile(at("out.ndjson.gz"))));
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(Object.keys(JSON.parse(lines[0] as string) as object)).toEqual([
      "visit",
      "patient",
      "age",
      "sex",
      "vitals_count",
      "pulse_mean",
    ]);
  });

  test("two files give one row a visit with --keep visits, and the patients' times are found", async () => {
    const day = (i: number): string => new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
    const rows = Array.from(
      { length: 58 },
      (_, i) => `${i},${day(i + 40)},${60 + i}\n${i},${day(i)},${70 + (i % 9)}`,
    );
    await writeFile(at("pulses.csv"), `pid,taken_on,pulse\n${rows.join("\n")}\n`);
    const joined = ["--join", at("pulses.csv"), "--key", "pid", "--keep", "visits"];
    const out = ["--synthesizer", "independent", "--rows", "5", "--out", at("out.csv")];
    const made = await semblance("synthesize", at("people.csv"), ...joined, ...out);
    expect(made.error).toContain("2 have none and are left out, as there is no visit of them.");
    expect(made.error).toContain(
      "Every row of pulses.csv stays as a visit, with the other columns repeated: 116 rows.",
    );
    expect(made.error).toContain(
      "Patients over time: 58 patients by pid have 116 rows. Visits are ordered by taken_on, which",
    );
    expect(made.error).toContain("1 column never changes within a patient: sex.");
    expect(made.status).toBe(0);
    const both = await semblance(
      "synthesize",
      at("people.csv"),
      ...joined.slice(0, -1),
      "visits,first",
      ...out,
    );
    expect(both.error).toContain("--keep visits keeps every row, so nothing else goes with it.");
    expect(both.status).toBe(2);
  });

  test("what cannot be joined, and what is asked wrongly, is one line", async () => {
    const ask = async (...args: string[]): Promise<string> => {
      const { status, error } = await semblance(
        "synthesize",
        at("visits.csv"),
        "--out",
        at("o.csv"),
        ...args,
      );
      return `${status} ${error.trimEnd().split("\n").at(-1)}`;
    };
    expect(await ask("--join", at("people.csv"), "--key", "visit=sex")).toMatch(
      /^1 semblance: join-impossible/,
    );
    expect(await ask("--join", at("people.csv"), "--key", "nope")).toMatch(
      /^1 semblance: join-impossible: .*visits.csv has no column “nope”/,
    );
    expect(await ask("--key", "visit")).toMatch(/^2 semblance: bad-use: --key goes with --join/);
    expect(await ask("--join", at("vitals.csv"), "--keep", "best")).toMatch(
      /^2 semblance: bad-use: --keep must be of/,
    );
    expect(await ask("--join", at("o.csv"))).toMatch(/^2 semblance: bad-use: --out/);
  });

  test("too many rows for a sheet are refused before the training", async () => {
    const many = ["--rows", "1048576", "--out", at("o.xlsx")];
    const { status, error } = await semblance("synthesize", at("visits.csv"), ...many);
    expect(status).toBe(1);
    expect(error).toMatch(/export-impossible: .*1,048,576 rows/);
    expect(error).not.toContain("Training");
  });

  test("keys and names are read as they are written", () => {
    expect(keysOf("site,nr", ["site", "nr"])).toHaveLength(2);
    expect(keysOf("a,b", ["a,b"])).toEqual([{ left: "a,b", right: "a,b" }]);
    expect(keysOf("patient=pid, site", ["patient", "site"])).toEqual([
      { left: "patient", right: "pid" },
      { left: "site", right: "site" },
    ]);
    expect(csvName("/x/out.xlsx")).toBe("out.csv");
    expect(csvName("out.csv.gz")).toBe("out.csv");
    expect(csvName("out.txt")).toBe("out.txt");
    expect(numbered("a/out.csv.gz", 2)).toBe("a/out-2.csv.gz");
  });
});
