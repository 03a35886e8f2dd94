import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../core/math/rng.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout: { write: () => true }, stderr }), error };
}

const header = "id,day,sex,age,crp,stage,visit_id";
const PATIENTS = 120;

/** Visits about every 30 days; a fever that rises and falls; every third patient dies at the end. */
function ward(): string[] {
  const rng = createRng(4);
  let visit = 100_000;
  return Array.from({ length: PATIENTS }, (_, p) => {
    const [sex, age, dies] = [rng.uniform() < 0.5 ? "f" : "m", 40 + rng.integer(40), p % 3 === 0];
    const visits = 3 + rng.integer(4);
    let [day, crp] = [0, 5 + 10 * rng.uniform()];
    return Array.from({ length: visits }, (_, v) => {
      if (v > 0) day += 25 + rng.integer(11);
      crp = Math.max(1, crp + 4 * (rng.uniform() - 0.5));
      const stage = dies && v === visits - 1 ? "dead" : crp > 10 ? "high" : "low";
      const empty = rng.uniform() < 0.1;
      return [2000 + 7 * p, day, sex, age, empty ? "" : crp.toFixed(1), stage, `V${++visit}`].join(",");
    });
  }).flat();
}

const rowsOf = async (name: string): Promise<Record<string, string>[]> => {
  const [names = "", ...lines] = (await readFile(at(name), "utf8")).trim().split("\n");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.split(",").map((column, i) => [column, cells[i] ?? ""]));
  });
};
const by = (
  rows: readonly Record<string, string>[],
  column: string,
): Map<string, Record<string, string>[]> => {
  const groups = new Map<string, Record<string, string>[]>();
  for (const row of rows) {
    const key = row[column] ?? "";
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
};
const rises = (rows: readonly Record<string, string>[]): boolean =>
  rows.every((row, i) => i === 0 || Number(row["day"]) >= Number(rows[i - 1]?.["day"]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-patients-"));
  await writeFile(at("ward.csv"), `${header}\n${ward().join("\n")}\n`);
  const table = ["--patient", "id", "--time", "day", "--synthesizer", "visits", "--steps", "150"];
  const made = ["--out", at("synthetic.csv"), "--model", at("m")];
  const { status, error } = await semblance("synthesize", at("ward.csv"), ...table, ...made);
  expect(error).toContain("120 patients with");
  expect(status).toBe(0);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("patients over time from the terminal", () => {
  test("as many as were learned from, with one made-up id each and visits in the order of time", async () => {
    const [real, rows] = [await rowsOf("ward.csv"), await rowsOf("synthetic.csv")];
    const patients = by(rows, "id");
    expect(patients.size).toBe(PATIENTS);
    const ids = new Set(real.map(({ id }) => id));
    expect([...patients.keys()].filter((id) => ids.has(id))).toEqual([]);
    const visits = new Set(real.map((row) => row["visit_id"]));
    expect(rows.filter((row) => visits.has(row["visit_id"]))).toEqual([]);
    expect(new Set(rows.map((row) => row["visit_id"])).size).toBe(rows.length);
    for (const own of patients.values()) {
      expect(rises(own)).toBe(true);
      expect(new Set(own.map(({ sex, age }) => `${sex} ${age}`)).size).toBe(1);
    }
    expect(rows.map(({ id }) => id)).toEqual([...patients.values()].flat().map(({ id }) => id));
  });

  test("more of them keep the first ones; rows are whole patients with the last one cut", async () => {
    await semblance("sample", at("m"), "--out", at("five.csv"), "--patients", "5");
    await semblance("sample", at("m"), "--out", at("hundred.csv"), "--patients", "100");
    const [five, hundred] = [
      await readFile(at("five.csv"), "utf8"),
      await readFile(at("hundred.csv"), "utf8"),
    ];
    expect(hundred.startsWith(five)).toBe(true);
    expect(by(await rowsOf("hundred.csv"), "id").size).toBe(100);
    const whole = by(await rowsOf("hundred.csv"), "id");
    const visits = [...whole.values()].map((own) => own.length);
    const next = visits.findIndex((count, i) => i > 0 && count > 1);
    const rows = visits.slice(0, next).reduce((sum, count) => sum + count, 1);
    const cut = await semblance("sample", at("m"), "--out", at("cut.csv"), "--rows", String(rows));
    expect(await rowsOf("cut.csv")).toHaveLength(rows);
    expect(cut.error).toContain("The last patient is cut after one visit");
    expect(hundred.startsWith(await readFile(at("cut.csv"), "utf8"))).toBe(true);
  });

  test("under conditions on what does not change, with so many visits, until a time", async () => {
    const asked = ["--where", "sex=f", "--visits", "2-3", "--until", "40"];
    const { status, error } = await semblance(
      "sample",
      at("m"),
      "--out",
      at("w.csv"),
      "--patients",
      "12",
      ...asked,
    );
    expect(`${status} ${error}`).toMatch(/^0[^]*patients drawn met the conditions/);
    const patients = by(await rowsOf("w.csv"), "id");
    expect(patients.size).toBe(12);
    for (const own of patients.values()) {
      expect(own.every(({ sex }) => sex === "f")).toBe(true);
      expect([2, 3]).toContain(own.length);
      expect(Number(own.at(-1)?.["day"]) - Number(own[0]?.["day"])).toBeLessThanOrEqual(40);
    }
  });

  test("given ones are continued: their ids, what stays, later visits only; who has died gets no row", async () => {
    const given = [
      "5,0,f,70,8.5,low,V1",
      "5,30,f,70,9.5,low,V2",
      "6,10,m,51,12.0,high,V3",
      "6,44,m,51,,dead,V4",
    ];
    await writeFile(at("given.csv"), `${header}\n${given.join("\n")}\n`);
    const asked = ["--continue", at("given.csv"), "--futures", "8"];
    const { status, error } = await semblance("sample", at("m"), ...asked, "--out", at("f.csv"));
    expect(`${status} ${error}`).toMatch(/^0[^]*Patient 6 has no row: the course had already ended/);
    expect(error).toContain("continues your real patients");
    const rows = await rowsOf("f.csv");
    expect(Object.keys(rows[0] ?? {})).toEqual([
      "id",
      "future",
      "day",
      "sex",
      "age",
      "crp",
      "stage",
      "visit_id",
    ]);
    expect(rows.length).toBeGreaterThan(0);
    expect(
      rows.every(({ id, sex, age, day }) => id === "5" && sex === "f" && age === "70" && Number(day) > 30),
    ).toBe(true);
    for (const own of by(rows, "future").values()) expect(rises(own)).toBe(true);
    expect(rows.every(({ future }) => Number(future) >= 1 && Number(future) <= 8)).toBe(true);
  });

  test("gaps are filled, and every other cell stays", async () => {
    const { status } = await semblance(
      "sample",
      at("m"),
      "--complete",
      at("ward.csv"),
      "--out",
      at("full.csv"),
    );
    expect(status).toBe(0);
    const [before, after] = [await rowsOf("ward.csv"), await rowsOf("full.csv")];
    expect(after.filter(({ crp }) => crp === "").length).toBeLessThan(
      before.filter(({ crp }) => crp === "").length,
    );
    const kept = after.every((row, i) =>
      Object.entries(before[i] ?? {}).every(([name, cell]) => cell === "" || cell === row[name]),
    );
    expect(kept).toBe(true);
  });

  test.each([
    [["--rows", "5", "--patients", "5"], "do not go together"],
    [["--where", "crp>=3"], "changes from visit to visit"],
    [["--visits", "3-2"], "a range such as 3-8"],
    [["--shares", "sex:f=0.5,m=0.5"], "models of rows"],
    [["--futures", "3"], "goes with --continue"],
    [["--continue", "given.csv", "--patients", "3"], "do not go together"],
    [["--continue", "other.csv"], "no column “id”"],
  ])("%s is refused in words", async (asked, words) => {
    await writeFile(at("other.csv"), "patient,day,sex,age,crp,stage\n1,2,f,60,3.0,low\n1,9,f,60,4.0,low\n");
    const paths = asked.map((text) => (text.endsWith(".csv") ? at(text) : text));
    const { status, error } = await semblance("sample", at("m"), "--out", at("none.csv"), ...paths);
    expect(status).not.toBe(0);
    expect(error).toContain(words);
    await expect(readFile(at("none.csv"))).rejects.toThrow();
  });

  test("a model of rows knows no patients over time", async () => {
    const only = ward().filter((_, i) => i % 4 === 0);
    await writeFile(at("rows.csv"), `${header}\n${only.join("\n")}\n`);
    const made = [
      "synthesize",
      at("rows.csv"),
      "--synthesizer",
      "independent",
      "--out",
      at("r.csv"),
      "--model",
      at("r"),
    ];
    expect((await semblance(...made)).status).toBe(0);
    for (const asked of [
      ["--patients", "5"],
      ["--until", "5"],
      ["--continue", at("rows.csv")],
    ]) {
      const { status, error } = await semblance("sample", at("r"), "--out", at("none.csv"), ...asked);
      expect(`${status} ${error}`).toMatch(/draws rows, not patients over time/);
    }
  }, 60_000);
});
