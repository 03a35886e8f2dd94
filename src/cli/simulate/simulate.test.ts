import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cohorts } from "../../core/lab/lab.ts";
import { run } from "../run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string; output: string }> {
  let [error, output] = ["", ""];
  const stderr = { write: (text: string) => (error += text) };
  const status = await run(["simulate", ...args], {
    stdout: { write: (text: string) => (output += text) },
    stderr,
  });
  return { status, error, output };
}

const lines = async (name: string): Promise<string[]> =>
  (await readFile(at(name), "utf8")).trimEnd().split("\n");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-simulate-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("simulating from a terminal", () => {
  test("without a name the cohorts are listed, and nothing is written", async () => {
    const { status, output } = await semblance();
    expect(status).toBe(0);
    for (const { id, summary } of cohorts) {
      expect(output).toContain(id);
      expect(output).toContain(summary);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test("the same words give the same file, whole and in a folder, and another seed another", async () => {
    const words = ["diabetes", "--level", "3", "--rows", "5000"];
    expect((await semblance(...words, "--out", at("a.csv"))).status).toBe(0);
    expect((await semblance(...words, "--out", at("dir"))).status).toBe(0);
    expect((await semblance(...words, "--seed", "2", "--out", at("b.csv"))).status).toBe(0);
    const [one, same, other] = [
      await lines("a.csv"),
      await lines("dir/diabetes_simulated.csv"),
      await lines("b.csv"),
    ];
    expect(one).toHaveLength(5001);
    expect(new Set(one.map((row) => row.split(",")[0])).size).toBe(5001);
    expect(same).toEqual(one);
    expect(other.slice(1)).not.toEqual(one.slice(1));
  });

  test("rows are written as the name ends, over time too", async () => {
    const words = ["icu", "--level", "4", "--patients", "100"];
    expect((await semblance(...words, "--out", at("icu.csv"))).status).toBe(0);
    expect((await semblance(...words, "--out", at("icu.ndjson"))).status).toBe(0);
    const rows = await lines("icu.csv");
    expect(await lines("icu.ndjson")).toHaveLength(rows.length - 1);
    expect(new Set(rows.slice(1).map((row) => row.split(",")[0])).size).toBe(100);
  });

  test("several hospitals are a column, and own units say which they are", async () => {
    const words = ["diabetes", "--level", "3", "--rows", "400", "--hospitals", "3", "--units", "own"];
    expect((await semblance(...words, "--out", at("three.csv"))).status).toBe(0);
    const rows = (await lines("three.csv")).map((row) => row.split(","));
    const column = rows[0]?.indexOf("hospital") ?? -1;
    expect(new Set(rows.slice(1).map((row) => row[column]))).toEqual(
      new Set(["Hospital A", "Hospital B", "Hospital C"]),
    );
  });

  test("longitudinal tables and FHIR are files of a folder, a Bundle one file", async () => {
    const words = ["icu", "--level", "4", "--patients", "100"];
    expect((await semblance(...words, "--format", "tables", "--out", at("tables"))).status).toBe(0);
    expect(await readdir(at("tables"))).toEqual(
      expect.arrayContaining(["measurements.csv", "patients.csv", "visits.csv"]),
    );
    expect(await lines("tables/patients.csv")).toHaveLength(101);
    expect((await semblance(...words, "--format", "fhir", "--out", at("fhir"))).status).toBe(0);
    expect(await lines("fhir/Patient.ndjson")).toHaveLength(100);
    expect(await lines("fhir/Encounter.ndjson")).toHaveLength(100);
    expect((await semblance(...words, "--format", "fhir", "--out", at("whole.json"))).status).toBe(0);
    const bundle: unknown = JSON.parse(await readFile(at("whole.json"), "utf8"));
    expect(bundle).toMatchObject({ resourceType: "Bundle", entry: expect.any(Array) });
    const both = await semblance(...words, "--format", "tables", "--out", at("whole.csv"));
    expect(both).toMatchObject({ status: 2, error: expect.stringContaining("say different things") });
  });

  test("a pyramid takes the place of the cohort's own ages", async () => {
    await writeFile(at("old.csv"), "age,women,men\n70-79,1,0\n80-84,0,0\n");
    const words = ["diabetes", "--level", "1", "--rows", "300", "--pyramid", at("old.csv")];
    expect((await semblance(...words, "--out", at("old-out.csv"))).status).toBe(0);
    const rows = (await lines("old-out.csv")).map((row) => row.split(","));
    const [age, sex] = [rows[0]?.indexOf("age") ?? -1, rows[0]?.indexOf("sex") ?? -1];
    for (const row of rows.slice(1)) {
      expect(Number(row[age])).toBeGreaterThanOrEqual(70);
      expect(Number(row[age])).toBeLessThanOrEqual(80);
      expect(row[sex]).toBe("Female");
    }
    await writeFile(at("none.csv"), "age,women,men\n70-79,0,0\n");
    const refused = await semblance("diabetes", "--pyramid", at("none.csv"), "--out", at("x.csv"));
    expect(refused).toMatchObject({ status: 2, error: expect.stringContaining("sums to 0") });
  });

  test("a pyramid in another encoding is read, and of it only whom the cohort can have", async () => {
    await writeFile(
      at("latin.csv"),
      Buffer.from("Alter;Frauen;M\xE4nner\n0-19;1,5;2\n30-39;1;0\n", "latin1"),
    );
    await writeFile(at("utf16.csv"), Buffer.from("\uFEFFage,women,men\n0-14,1,1\n30-39,1,1\n", "utf16le"));
    for (const name of ["latin.csv", "utf16.csv"]) {
      const words = ["maternity", "--level", "1", "--rows", "100", "--pyramid", at(name)];
      const { status, error } = await semblance(...words, "--out", at("mothers.csv"));
      expect({ status, error }, name).toMatchObject({ status: 0 });
      const ages = (await lines("mothers.csv")).slice(1).map((row) => Number(row.split(",")[1]));
      expect(ages.every((age) => age >= 15 && age < 50)).toBe(true);
    }
  });

  test("a folder where there can be none is refused, and soon", async () => {
    for (const folder of ["/proc/semblance-none", "/proc/semblance-none/deeper"]) {
      const { status, error } = await semblance("icu", "--level", "1", "--rows", "100", "--out", folder);
      expect({ status, error }).toMatchObject({
        status: 1,
        error: expect.stringContaining("file-unwritable"),
      });
    }
  });

  test("numbers go out, are edited, and come back; what was changed is said", async () => {
    expect((await semblance("--write-numbers", at("numbers.json"))).status).toBe(0);
    const text = await readFile(at("numbers.json"), "utf8");
    const edited = text.replace('"id":"device.sbp.error","value":4', '"id":"device.sbp.error","value":0');
    expect(edited).not.toBe(text);
    await writeFile(at("edited.json"), edited);
    const words = ["diabetes", "--level", "1", "--rows", "300", "--numbers", at("edited.json")];
    const { status, error } = await semblance(...words, "--out", at("exact.csv"));
    expect(status).toBe(0);
    expect(error).toContain("device.sbp.error is 0 mmHg in the place of the published 4");
    await writeFile(at("broken.json"), text.replace('"value":4,', '"value":"four",'));
    const broken = await semblance("icu", "--numbers", at("broken.json"), "--out", at("y.csv"));
    expect(broken.status).toBe(1);
    expect(broken.error).toMatch(/numbers-file-unreadable: .*Row \d+ of broken\.json \(.*"four"/);
  });

  test.each([
    [["diabetes", "--rows", "10000000"], "Ask for 100 to 1,000,000 rows."],
    [["diabetes", "--rows", "99"], "Ask for 100 to 1,000,000 rows."],
    [["diabetes", "--rows", "-5"], "Ask for 100 to 1,000,000 rows."],
    [["diabetes", "--rows", "99999999999999999999"], "Ask for 100 to 1,000,000 rows."],
    [["diabetes", "--rows", "NaN"], "--rows must be a whole number, not “NaN”"],
    [["diabetes", "--patients", ""], "--patients must be a whole number, not “”"],
    [["diabetes", "--hospitals", "0"], "Ask for 1 to 12 of them."],
    [["--hospitals", "3"], "COHORT is missing"],
    [["diabetes", "--rows", "200", "--patients", "200"], "do not go together"],
    [["diabetes", "--level", "5"], "--level must be a whole number from 1 to 4"],
    [["diabetes", "--hospitals", "100"], "Ask for 1 to 12 of them."],
    [["diabetes", "--units", "mine"], "--units is one or own"],
    [["diabetes", "--format", "pdf"], "--format is one of csv"],
    [["pirates"], "There is no cohort “pirates”; there are icu, diabetes"],
    [["--rows", "200"], "COHORT is missing"],
  ])("%j is refused in words, and leaves no file", async (words, said) => {
    const { status, error } = await semblance(...words, "--out", at("refused.csv"));
    expect(status).toBe(2);
    expect(error).toContain(said);
    expect(await readdir(folder)).not.toContain("refused.csv");
    expect(await readdir(folder)).not.toContain("refused.csv.part");
  });
});
